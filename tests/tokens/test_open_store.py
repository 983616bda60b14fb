from __future__ import annotations

import subprocess
import sys

import pytest

from dvc_cli.errors import UsageError
from dvc_cli.paths import find_paths
from dvc_cli.tokens import open_store


def test_memory_keeps_for_the_object_and_touches_no_disk(tmp_path):
    store = open_store("memory", find_paths({"DVC_HOME": str(tmp_path)}))
    store.probe()
    store.put("b", "2")
    store.put("a", "1")
    store.delete("b")
    store.delete("b")
    assert (store.name, store.get("a"), store.get("b"), store.records()) == ("memory", "1", None, ("a",))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["keyring", "file", "memory"])
def test_opening_touches_nothing(tmp_path, kind):
    assert open_store(kind, find_paths({"DVC_HOME": str(tmp_path)})).name == kind
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_kind_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError) as caught:
        open_store("paper", find_paths({"DVC_HOME": str(tmp_path)}))
    assert caught.value.problems[0].code == "A-USAGE"


def test_importing_the_rooms_loads_nothing_heavy():
    code = (
        "import dvc_cli.tokens, dvc_cli.tokens.file_store, dvc_cli.tokens.keyring_store, dvc_cli.desk, dvc_cli.config, sys;"
        "print(sorted({'nacl', 'sqlite3', 'keyring'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
