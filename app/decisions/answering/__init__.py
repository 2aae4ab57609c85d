"""What selected organisations answer within their own term, and how each was told (again)."""

from app.decisions.answering import messages as messages
