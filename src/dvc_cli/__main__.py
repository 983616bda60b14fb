"""`dvc`, `dvcqg` and `python -m dvc_cli`."""

from __future__ import annotations

import sys

from dvc_cli.cli import main as run


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    sys.exit(run())


if __name__ == "__main__":
    main()
