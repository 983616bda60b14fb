"""`dvc`, `dvcqg` and `python -m dvc_cli`."""

from __future__ import annotations

import gc
import sys

from dvc_cli.cli import main as run


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    # Imports make tens of thousands of objects that live to the end: collecting among them is a tenth of a short command's time.
    gc.set_threshold(50_000, 20, 20)
    sys.exit(run())


if __name__ == "__main__":
    main()
