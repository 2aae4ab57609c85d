"""All pages of objections on one blueprint."""

from app.addenda.guard import CALL_GUARDS
from app.decisions.later.hooks import NOTIFIED_HOOKS
from app.objections import views_files as views_files
from app.objections import views_judging as views_judging
from app.objections.reassessing import views as views_reassessing  # noqa: F401
from app.objections.reassessing import views_sheet as views_reassessing_sheet  # noqa: F401
from app.objections.reassessing.guard import without_first_ranking, without_first_scores
from app.objections.reassessing.services import settle_reassessment
from app.objections.views import blueprint as blueprint
from app.proposals.policy import SCORE_GUARDS

NOTIFIED_HOOKS.append(settle_reassessment)
SCORE_GUARDS.append(without_first_scores)
CALL_GUARDS.append(without_first_ranking)
