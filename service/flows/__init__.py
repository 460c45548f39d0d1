"""One file an operation: each has its one transaction, asks the core, writes, and returns."""
