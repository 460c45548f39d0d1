"""The published language: every shape that crosses the service's border, and nothing that acts."""
