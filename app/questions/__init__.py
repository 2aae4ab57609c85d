"""Questions about a call, answered for everybody at once and without naming who asked."""

from app.questions import messages as messages
