"""The published call as everybody reads it, and finding it."""
