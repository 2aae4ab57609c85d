"""People: signing in, passwords, invitations, and the administrator's list."""

import app.accounts.messages  # noqa: F401  registers the Dutch sentences
