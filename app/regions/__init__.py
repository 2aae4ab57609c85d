"""Service areas (werkingsgebieden) and the people who answer for them."""

import app.regions.messages  # noqa: F401  registers the Dutch sentences
