"""All pages of organisations on one blueprint."""

from app.organisations import views_parts as views_parts
from app.organisations.views import blueprint as blueprint
