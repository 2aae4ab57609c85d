"""All pages of decisions on one blueprint."""

from app.decisions import views_telling as views_telling
from app.decisions.views import blueprint as blueprint
