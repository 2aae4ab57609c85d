"""Decisions after the first: a reserve moves up, a new evaluation, something that has to be put right."""
