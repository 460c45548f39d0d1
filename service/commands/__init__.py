"""One file a command: what `rewards` does when a person or a machine types it."""
