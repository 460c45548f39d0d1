"""The English of sentences about awards, misses and what is next."""
