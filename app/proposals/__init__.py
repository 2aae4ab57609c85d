"""Proposals (kandidaturen): writing, handing in, the seal and its opening."""

from app.proposals import messages as messages
