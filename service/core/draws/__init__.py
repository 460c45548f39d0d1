"""Prize draws and names from a hat: bowls, slips, fairness, prizes owed."""
