"""Events from files: reading lines, recording them, and running imports in the background."""
