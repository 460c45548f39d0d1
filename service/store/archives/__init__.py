"""Archives of one clinic: all its rows, out of one database and into another that has other keys."""
