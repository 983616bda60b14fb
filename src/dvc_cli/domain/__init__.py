"""Values and rules of the field, pure: no input or output, no clock, no environment."""
