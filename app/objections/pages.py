"""All pages of objections on one blueprint."""

from app.decisions.later.hooks import NOTIFIED_HOOKS
from app.objections import views_judging as views_judging
from app.objections.reassessing import views as views_reassessing  # noqa: F401
from app.objections.reassessing import views_sheet as views_reassessing_sheet  # noqa: F401
from app.objections.reassessing.services import settle_reassessment
from app.objections.views import blueprint as blueprint

NOTIFIED_HOOKS.append(settle_reassessment)
