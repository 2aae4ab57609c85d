"""A document beside what was made of it: accepted, corrected, moved, read in again."""
