"""Messages from other systems: sources, receiving and review."""
