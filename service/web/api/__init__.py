"""The clinic API: one file a resource, each route parses, calls one flow and answers."""
