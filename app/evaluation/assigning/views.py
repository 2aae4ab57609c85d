"""Dividing the proposals among the jurors."""
