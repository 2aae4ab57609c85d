"""The outbox: mail is decided on inside a transaction, and delivered afterwards by a worker."""

import app.notifications.messages  # noqa: F401  registers the Dutch sentences
