"""Submissions: handed in, their pictures made anew, verified by an event or given back, and forgotten."""
