"""Reward providers: a clinic's accounts, their catalogs, what is on order, and the daily match."""
