"""All pages of objections on one blueprint."""

from app.objections import views_judging as views_judging
from app.objections.views import blueprint as blueprint
