"""How firm a ranking is, how severe jurors are and how far they agree."""
