"""Rewards, redemptions and write-offs of stock."""
