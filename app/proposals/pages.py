"""All pages of proposals on one blueprint."""

from app.proposals import views_amended as views_amended
from app.proposals import views_archive as views_archive
from app.proposals import views_attachments as views_attachments
from app.proposals import views_copying as views_copying
from app.proposals import views_editor as views_editor
from app.proposals import views_general as views_general
from app.proposals import views_opened as views_opened
from app.proposals import views_opening as views_opening
from app.proposals import views_preview as views_preview
from app.proposals import views_submission as views_submission
from app.proposals.views import blueprint as blueprint
