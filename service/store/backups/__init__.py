"""Backups of the whole database: made by PostgreSQL's programs, with a signed manifest, and restored."""
