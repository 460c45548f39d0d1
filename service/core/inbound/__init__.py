"""Messages from other systems: sources, mappings to events."""
