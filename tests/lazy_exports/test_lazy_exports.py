"""A package that loads its names when they are asked for has all of them, and no others."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pytest

LAZY = ["dvc_cli.desk"]


@pytest.mark.parametrize("package", LAZY)
def test_every_listed_name_is_there(package: str) -> None:
    module = import_module(package)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.mark.parametrize("package", LAZY)
def test_other_names_are_attribute_errors(package: str) -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        import_module(package).nothing_of_the_kind  # noqa: B018


@pytest.mark.parametrize("package", LAZY)
def test_no_name_is_hidden_by_a_module(package: str) -> None:
    module = import_module(package)
    for found in iter_modules(module.__path__, f"{package}."):
        import_module(found.name)
    assert [name for name in module.__all__ if isinstance(getattr(module, name), ModuleType)] == []


@pytest.mark.parametrize(("package", "spared"), [("dvc_cli.desk", "keys")])
def test_importing_the_package_does_not_load_everything(package: str, spared: str) -> None:
    program = f"import sys, {package}; print('{package}.{spared}' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
