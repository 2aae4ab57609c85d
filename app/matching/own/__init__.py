"""For an organisation: which open calls fit what it offers, and who completes it there."""
