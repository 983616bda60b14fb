"""The only room that prints: streams, the JSON envelope, text, and the gate that cleans hostile text."""
