"""Who reads what: all to all, or so many jurors per proposal."""
