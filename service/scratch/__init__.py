"""Redis: what may be lost. Nothing here can cost anyone a point."""
