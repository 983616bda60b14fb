"""An example backend for `dvc`: one counter that lives in memory."""
