"""A package whose names are loaded when they are first asked for: importing one of its modules does not load the others.

if TYPE_CHECKING:
    from dvc_cli.desk.draft import Draft
else:
    __getattr__ = exports(__name__, draft="Draft", opening="Desk open_desk")
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module


def exports(package: str, /, **names: str) -> Callable[[str], object]:
    """The `__getattr__` of `package`: for each of its modules the names, between spaces, that the package exports from it."""
    homes = {name: module for module, listed in names.items() for name in listed.split()}

    def get(name: str) -> object:
        if name not in homes:
            msg = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(msg)
        found: object = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(import_module(package), name, found)
        return found

    return get
