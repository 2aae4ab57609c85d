"""Partnerships (partnerschappen): formed once every window is closed and every objection has a ruling."""

from app.partnerships import messages as messages
