"""Rewards, redemptions, what becomes of lost ones, and write-offs of stock."""
