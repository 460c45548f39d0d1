"""Read models of one page each."""
