"""The sandbox portal as an HTTP server: an ASGI application without a state of its own; everything it knows is in the database."""
