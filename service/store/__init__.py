"""PostgreSQL: what must not be lost. The only folder with SQL."""
