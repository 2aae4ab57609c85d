"""Matching: obstacles beside what is proposed for them."""

from app.matching import messages as messages
