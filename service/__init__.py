"""The rewards service: verified behaviors in, exact awards, balances and redemptions out."""
