"""The web: who is it, call one flow, answer."""
