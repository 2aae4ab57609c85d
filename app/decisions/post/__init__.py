"""The post of a call: what left, what became of it, and what did not arrive."""

import app.decisions.post.messages  # noqa: F401  registers the Dutch sentences
