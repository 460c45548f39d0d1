"""The rules and the ledger's law: pure functions, given time, chance and ids."""
