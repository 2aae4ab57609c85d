"""All pages of calls on one blueprint."""

from app.addenda import views_cloning as views_cloning
from app.addenda import views_drafts as views_drafts
from app.addenda import views_editor as views_editor
from app.addenda import views_imports as views_imports
from app.addenda import views_ordering as views_ordering
from app.addenda import views_publishing as views_publishing
from app.addenda import views_review as views_review
from app.addenda.amending import views as amending_views  # noqa: F401
from app.addenda.following import views as following_views  # noqa: F401
from app.addenda.takeaway import views as takeaway_views  # noqa: F401
from app.addenda.views import blueprint as blueprint
