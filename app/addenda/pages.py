"""All pages of calls on one blueprint: whoever imports this has them all."""

# ruff: noqa: F401
from app.addenda import views_clock, views_drafts
from app.addenda.amending import views as amending_views
from app.addenda.cloning import views as cloning_views
from app.addenda.criteria import views as criteria_views
from app.addenda.editor import views as editor_views
from app.addenda.editor import views_ordering
from app.addenda.following import views as following_views
from app.addenda.publishing import views as publishing_views
from app.addenda.publishing import views_discarding as discarding_views
from app.addenda.reading import views as reading_views
from app.addenda.reviewing import views as reviewing_views
from app.addenda.takeaway import views as takeaway_views
from app.addenda.views import blueprint as blueprint
