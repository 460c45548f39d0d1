"""`rewards verify`: recompute the books from the facts and name every fault."""
