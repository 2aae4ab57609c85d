"""All pages of proposals on one blueprint: whoever imports this has them all."""

# ruff: noqa: F401
from app.proposals.amended import views as amended_views
from app.proposals.files import views as files_views
from app.proposals.files import views_archive
from app.proposals.handing_in import views as handing_in_views
from app.proposals.seal import views_opened, views_opening
from app.proposals.views import blueprint as blueprint
from app.proposals.writing import views as writing_views
from app.proposals.writing import views_copying, views_general, views_preview
