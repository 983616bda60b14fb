"""The numbered steps of the encrypted token file."""
