"""What an installation does once: the byte code of the modules and the parsed tables of the TOML files, kept beside them."""

from __future__ import annotations

import compileall
import sys
from pathlib import Path

from dvc_cli.toml_tables import read_toml

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "dvc_cli"


def main() -> None:
    """Keep both, whatever the environment says about byte code."""
    sys.dont_write_bytecode = False
    compileall.compile_dir(PACKAGE, quiet=1)
    for file in sorted(PACKAGE.rglob("*.toml")):
        read_toml(file)


if __name__ == "__main__":
    main()
