"""Publishing and reading programs."""
