"""The content of a call as values, as rows, and from one to the other."""
