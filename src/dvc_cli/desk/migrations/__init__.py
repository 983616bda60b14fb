"""The numbered steps of the desk's tables."""
