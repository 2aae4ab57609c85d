"""The enrichment session (verrijkingssessie): phones in a room, notes that become findings."""

from app.workshops import messages as messages
