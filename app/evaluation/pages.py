"""The blueprint with all its pages, and what the jury has to say to the features before it."""

from app.addenda.guard import TOGETHER_GUARDS
from app.evaluation import seats, views_beside, views_history, views_ranking, views_rounds, views_sheets
from app.evaluation.assigning import views as assigning_views
from app.evaluation.declaring import all_declared, chair_since, chairs_of, declared_first
from app.evaluation.deliberating import views as deliberating_views
from app.evaluation.firmness import views as firmness_views
from app.evaluation.juries import views as juries_views
from app.evaluation.pitchday import views as pitchday_views
from app.evaluation.reports import views as reports_views
from app.evaluation.views import blueprint
from app.proposals.policy import CHAIR_SINCE, CHAIRS_OF, READ_GUARDS

__all__ = [
    "assigning_views",
    "blueprint",
    "deliberating_views",
    "firmness_views",
    "juries_views",
    "pitchday_views",
    "reports_views",
    "views_beside",
    "views_history",
    "views_ranking",
    "views_rounds",
    "views_sheets",
]

READ_GUARDS.append(declared_first)
TOGETHER_GUARDS.append(all_declared)
CHAIR_SINCE.append(chair_since)
CHAIRS_OF.append(chairs_of)
seats.register()
