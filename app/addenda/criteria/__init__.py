"""Criteria: templates of a region, and changing them after publication."""
