"""A TOML file read through what is kept of it is the TOML file: kept once, never used for other content, never in the way."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import dvc_cli
from dvc_cli.toml_tables import read_shipped, read_toml

SHIPPED = sorted(Path(dvc_cli.__file__).parent.rglob("*.toml"))
EVERY_TYPE = """
text = "Cái Khế \\u0000 ' \\""
days = [2026-09-01, 2026-09-01T08:00:00+07:00, 08:30:00]
numbers = [1, -1.5, inf, true]
[table]
inner = { vi = "có", empty = {} }
"""


@pytest.fixture
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


def kept(file: Path) -> Path:
    return file.parent / "__pycache__" / f"{file.name}.{sys.implementation.cache_tag}.pyc"


def a_file(folder: Path, text: str = EVERY_TYPE) -> Path:
    file = folder / "form.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_a_shipped_file_reads_as_its_own_text(file: Path, tmp_path: Path, keeping: None) -> None:
    copied = a_file(tmp_path, file.read_text(encoding="utf-8"))
    expected = tomllib.loads(copied.read_text(encoding="utf-8"))
    assert read_toml(copied) == expected
    assert kept(copied).exists()
    assert read_toml(copied) == expected


def test_every_type_of_toml_is_kept(tmp_path: Path, keeping: None) -> None:
    file = a_file(tmp_path)
    first, again = read_toml(file), read_toml(file)
    assert first == again == tomllib.loads(EVERY_TYPE)
    assert first["table"] is not again["table"]


def test_what_is_kept_is_used_while_the_file_is_the_same(tmp_path: Path, keeping: None, monkeypatch: pytest.MonkeyPatch) -> None:
    file = a_file(tmp_path)
    read_toml(file)
    monkeypatch.setattr(tomllib, "loads", None)
    assert read_toml(file)["text"] == "Cái Khế \u0000 ' \""


def test_an_edited_file_is_read_anew_even_at_the_same_time_and_size(tmp_path: Path, keeping: None) -> None:
    file = a_file(tmp_path, "limit = 1\n")
    assert read_toml(file) == {"limit": 1}
    assert read_toml(a_file(tmp_path, "limit = 2\n")) == {"limit": 2}
    assert read_toml(file) == {"limit": 2}


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b"half"])
def test_a_damaged_table_is_not_believed(damage: bytes, tmp_path: Path, keeping: None) -> None:
    file = a_file(tmp_path)
    read_toml(file)
    whole = kept(file).read_bytes()
    for content in (damage, whole[:16] + damage, whole[: len(whole) // 2]):
        kept(file).write_bytes(content)
        assert read_toml(file) == tomllib.loads(EVERY_TYPE)


def test_where_byte_code_is_not_wanted_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    file = a_file(tmp_path)
    assert read_toml(file) == tomllib.loads(EVERY_TYPE)
    assert list(tmp_path.iterdir()) == [file]


def test_where_nothing_can_be_written_the_file_is_read(tmp_path: Path, keeping: None) -> None:
    file = a_file(tmp_path)
    (tmp_path / "__pycache__").write_text("not a folder")
    assert read_toml(file) == tomllib.loads(EVERY_TYPE)


def test_faults_are_those_of_toml_and_of_the_disk(tmp_path: Path, keeping: None) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        read_toml(a_file(tmp_path, "= nothing"))
    with pytest.raises(FileNotFoundError):
        read_toml(tmp_path / "none.toml")
    with pytest.raises(FileNotFoundError):
        read_shipped("dvc_cli.data", "none.toml")


def test_a_zipped_package_is_read_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("zipped/__init__.py", "")
        archive.writestr("zipped/table.toml", "limit = 3")
    program = """
import sys
sys.path.insert(0, sys.argv[1])
from dvc_cli.toml_tables import read_shipped
print(read_shipped("zipped", "table.toml"))
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "all.zip")], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "{'limit': 3}"
