"""The heat map, reminders and what moved."""
