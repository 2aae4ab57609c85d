"""Following a call by mail: confirmed first, stopped with one click."""
