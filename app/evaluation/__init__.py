"""The jury: seats, conflicts, score sheets, the pitch day, deliberation and the ranking."""

from app.evaluation import messages as messages
