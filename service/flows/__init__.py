"""One file a deed: each has its one transaction, asks the core, writes, and returns."""
