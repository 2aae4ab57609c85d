"""All pages of organisations on one blueprint."""

from app.organisations import views_admin as views_admin
from app.organisations import views_documents as views_documents
from app.organisations import views_merging as views_merging
from app.organisations import views_ownership as views_ownership
from app.organisations import views_parts as views_parts
from app.organisations import views_references as views_references
from app.organisations.views import blueprint as blueprint
