"""TOML files that ship with a package, parsed once per installation instead of once per run.

Python keeps the byte code of a module beside it; the same machinery keeps the tables of a TOML file there, as
`__pycache__/form.toml.cpython-311.pyc`. The TOML file stays the only source: what is kept carries a checksum of its content and is not
used for any other. Where nothing may be written, or byte code is not wanted (PYTHONDONTWRITEBYTECODE), the file is parsed each time.

What is kept runs as code does: only for files that are installed as code is, never for one that a person hands over.
"""

from __future__ import annotations

from importlib import import_module
from importlib.machinery import SourceFileLoader
from importlib.util import source_hash
from pkgutil import get_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from types import CodeType

_AS_MODULE = ".py"  # the ending without which Python would not name the kept file after the whole name of the TOML file


def read_toml(path: str | PathLike[str]) -> dict[str, object]:
    """The tables of the TOML file at `path`, each time anew. Raises OSError and what `tomllib` raises."""
    file = str(path)
    loader = _TomlLoader(file, file + _AS_MODULE)
    names: dict[str, object] = {"inf": float("inf"), "nan": float("nan")}
    try:
        exec(loader.get_code(file), names)  # type: ignore[arg-type]  # noqa: S102 - a literal that this module wrote; see above
    except (EOFError, ImportError, TypeError, ValueError):  # what was kept is damaged, or the file itself is no TOML
        return _parse(loader.get_data(file))
    tables = names["tables"]
    return tables if isinstance(tables, dict) else {}


def read_shipped(package: str, name: str) -> dict[str, object]:
    """The tables of the TOML file `name` in the folder of `package`, zipped or not. FileNotFoundError when it is not shipped."""
    folder = import_module(package).__path__[0]
    try:
        return read_toml(f"{folder}/{name}")
    except OSError:
        return _parse(get_data(package, name) or b"")


class _TomlLoader(SourceFileLoader):
    """Compiles a TOML file to a module with one literal, `tables`, and keeps its byte code as that of any module is kept."""

    def path_stats(self, path: str) -> dict[str, int]:
        """What must be unchanged for a kept table to be used: in the place of the time, a checksum."""
        content = self.get_data(path)
        return {"mtime": int.from_bytes(source_hash(content)[:4], "little"), "size": len(content)}

    def get_data(self, path: str) -> bytes:
        """The content of the TOML file, or what was kept of it."""
        return super().get_data(path.removesuffix(_AS_MODULE))

    def source_to_code(self, data: bytes, path: str, **_options: object) -> CodeType:  # type: ignore[override]
        """The module that a TOML file becomes."""
        literal = repr(_parse(data))
        needed = "import datetime\n" if "datetime." in literal else ""
        return compile(f"{needed}tables = {literal}\n", path, "exec", dont_inherit=True)


def _parse(content: bytes) -> dict[str, object]:
    import tomllib

    return tomllib.loads(content.decode("utf-8"))
