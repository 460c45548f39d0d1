"""Balances, statements, caps, manual awards, tax and reports."""
