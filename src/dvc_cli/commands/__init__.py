"""One file per command: declare flags, collect them into an options value, run with what `deps` hands in, return a Result."""
