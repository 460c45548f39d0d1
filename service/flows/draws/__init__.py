"""Prize draws, prizes owed, seeds, and names from the hat."""
