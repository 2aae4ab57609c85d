"""The new evaluation of one proposal after an objection that was upheld."""

from app.objections.reassessing import messages as messages
