"""The jury: seats, conflicts, score sheets, the pitch day, deliberation and the ranking."""

from app.evaluation import messages as messages
from app.evaluation.assigning import models as _assigning
from app.evaluation.deliberating import models as _deliberating
from app.evaluation.juries import models as _juries
from app.evaluation.pitchday import day_messages as _day_messages
from app.evaluation.pitchday import models as _pitchday

__all__ = ["_assigning", "_day_messages", "_deliberating", "_juries", "_pitchday", "messages"]
