"""Availability, the schedule and the day itself."""
