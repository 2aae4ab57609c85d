"""Availability, the schedule and the day itself."""

from app.evaluation.pitchday import views_day as views_day
