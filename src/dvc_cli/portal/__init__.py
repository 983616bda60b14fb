"""The sandbox portal: a complete public service portal for invented people, kept in one SQLite file."""
