"""Words in English and Spanish: sentences about awards, misses and what is next."""
