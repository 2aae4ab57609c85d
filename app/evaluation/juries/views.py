"""The rule on the jury, likely conflicts and the chair's page."""
