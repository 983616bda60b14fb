"""`dvc`: the terminal assistant of the Vietnamese ward counter."""

__version__ = "0.1.0"
