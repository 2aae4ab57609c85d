"""Decisions (beslissingen): proposed, confirmed by another person, and communicated to all in one act."""

from app.decisions import messages as messages
