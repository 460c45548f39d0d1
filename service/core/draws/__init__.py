"""Prize draws and names from a hat: bowls, slips, fairness, prizes owed; and days drawn by lot."""
