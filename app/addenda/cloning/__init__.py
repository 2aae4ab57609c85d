"""A new draft from an earlier call."""
