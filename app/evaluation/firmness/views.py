"""How firm the ranking is."""
