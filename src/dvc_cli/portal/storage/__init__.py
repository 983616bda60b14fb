"""Where the sandbox portal keeps its tables: one SQLite file, its key file, numbered migrations in plain SQL."""
