"""The enrichment session (verrijkingssessie): phones in a room, notes that become findings."""
