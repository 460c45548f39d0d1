"""Messages from other systems: sources, signatures, mappings to events."""
