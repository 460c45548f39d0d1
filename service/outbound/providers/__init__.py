"""Reward providers: one adapter each behind one small interface, all over the same bounded calls."""
