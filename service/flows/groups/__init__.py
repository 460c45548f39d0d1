"""Groups: making and changing them, their members, and sessions."""
