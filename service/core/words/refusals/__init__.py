"""Refusals in words: one catalog from reason to sentence, by noun, and how it is said in a language."""
