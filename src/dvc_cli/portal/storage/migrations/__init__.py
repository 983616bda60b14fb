"""Numbered migrations: `0001_portal.sql`, `0002_….sql`, each run once and in order."""
