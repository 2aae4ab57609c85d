"""The pitch day: availability, a schedule, its published versions, calendars, and the day itself."""
