"""The only room that asks. Everyone else knows the `Prompter` protocol alone."""
