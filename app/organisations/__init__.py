"""Organisations that may apply: profile, offers, colleagues."""

import app.organisations.messages  # noqa: F401  registers the Dutch sentences
