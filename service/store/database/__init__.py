"""The connection to PostgreSQL: pool, migrations, field encryption, ids."""
