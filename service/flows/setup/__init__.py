"""Creating a clinic, its first run and its starter programs."""
