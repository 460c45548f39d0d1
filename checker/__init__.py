"""The checker that lies in every audit pack, and works it out again by Python's standard library alone.

It imports nothing of the service. Its reading of the rules, in `rules.py` and `visits.py`, was written from
docs/programs.md and not from the engine, so that the two can find each other's mistakes.
"""
