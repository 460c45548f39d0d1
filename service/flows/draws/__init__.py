"""Prize draws, prizes owed, seeds, names from the hat, and days drawn by lot."""
