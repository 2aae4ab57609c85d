"""The jury: seats, conflicts, score sheets, the pitch day, deliberation and the ranking."""

from app.evaluation import messages as messages
from app.evaluation.assigning import messages as _assigning_messages
from app.evaluation.assigning import models as _assigning
from app.evaluation.deliberating import messages as _deliberating_messages
from app.evaluation.deliberating import models as _deliberating
from app.evaluation.juries import messages as _juries_messages
from app.evaluation.juries import models as _juries
from app.evaluation.pitchday import day_messages as _day_messages
from app.evaluation.pitchday import models as _pitchday

__all__ = [
    "_assigning",
    "_assigning_messages",
    "_day_messages",
    "_deliberating",
    "_deliberating_messages",
    "_juries",
    "_juries_messages",
    "_pitchday",
    "messages",
]
