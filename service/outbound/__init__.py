"""The world outside: which addresses may be spoken to, and one bounded POST."""
