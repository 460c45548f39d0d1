"""The audit trail: keying its chain, and signed checkpoints of its head."""
