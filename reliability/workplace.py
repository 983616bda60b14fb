"""A workstation for the campaigns: LÊ NGỌC HÀ of case B is signed in, two papers lie ready, and what must hold after a crash is asked."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from conftest import PASSPHRASE, Dvc, Outcome, environ_of
from dvc_cli.desk import Draft, open_desk
from dvc_cli.paths import find_paths
from dvc_cli.tokens import open_store

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / "tests" / "cases" / "birth_b.yaml"
NOW = "2026-11-12T15:20"
HA = "001301999003"
PAPERS = {"giay-chung-sinh.pdf": 640_000, "ct01-ky.pdf": 820_000}
# What is typed at the wizard, by the label of its question: required answers, so that each is asked. The others come from a file.
TYPED = {
    "Họ người được khai sinh": ("child_surname", "LÊ"),
    "Tên người được khai sinh": ("child_given_name", "KHÔI"),
    "Họ, chữ đệm, tên chủ hộ": ("householder_full_name", "PHẠM THỊ LAN"),
    "Số định danh chủ hộ": ("householder_id_number", "001170999004"),
    "Địa chỉ chi tiết nơi đề nghị thường trú": ("residence_address_detail", "Số 7 ngõ Ví Dụ"),
    "Mã nơi khám chữa bệnh ban đầu": ("initial_care_facility_code", "99912"),
}


class Workplace(Dvc):
    """One home in a folder of its own, with the papers and two answers files beside it: all of case B, and what is not typed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "home", DVC_NOW=NOW)

    @property
    def all_answers(self) -> Path:
        """Case B with its papers and the pledge."""
        return self.folder / "all.yaml"

    @property
    def untyped(self) -> Path:
        """Case B without what is typed, attached and pledged at the wizard."""
        return self.folder / "rest.yaml"

    def environ(self) -> dict[str, str]:
        """The environment of a process at this workstation."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONPATH") if name in os.environ}
        return kept | {"PYTHONUTF8": "1"} | environ_of(self.home, DVC_NOW=NOW)

    def set_up(self, most: int = 1_000_000) -> None:
        """Sign in and lay the papers ready, none larger than `most` bytes."""
        assert self.sign_in_vneid(HA).exit_code == 0
        for name, size in PAPERS.items():
            (self.folder / name).write_bytes(b"%PDF-1.7\n" + name.encode() + os.urandom(min(size, most)))
        answers = yaml.load(CASE.read_text(encoding="utf-8"), yaml.BaseLoader)
        self.all_answers.write_text(yaml.safe_dump(answers, allow_unicode=True), encoding="utf-8")
        typed = {key for key, _value in TYPED.values()}
        rest = {
            name: {key: text for key, text in part.items() if key not in typed} for name, part in answers.items() if isinstance(part, dict)
        }
        self.untyped.write_text(yaml.safe_dump(rest, allow_unicode=True), encoding="utf-8")

    def copy(self, folder: Path) -> Workplace:
        """The same workstation in a folder of its own."""
        shutil.copytree(self.folder, folder)
        return Workplace(folder)

    def drafts(self) -> tuple[Draft, ...]:
        """The drafts as they stand on the disk; every attached file is read and held against its hash."""
        paths = find_paths({"DVC_HOME": str(self.home)})
        with open_desk(paths, open_store("file", paths, lambda: PASSPHRASE)) as desk:
            found = desk.drafts.list()
            for file in (file for draft in found for file in draft.attachments):
                assert hashlib.sha256(desk.drafts.read_blob(file.sha256)).hexdigest() == file.sha256
        return found

    def filed(self) -> int:
        """How many dossiers the portal has."""
        return self._sandbox("SELECT count(*) FROM dossiers")

    def files(self) -> int:
        """How many files the portal has with them."""
        return self._sandbox("SELECT count(*) FROM attachments")

    def leftovers(self) -> list[str]:
        """Half-written files that nobody would remove any more."""
        return [str(path.relative_to(self.home)) for path in self.home.rglob("*.tmp")]

    def _sandbox(self, query: str) -> int:
        connection = sqlite3.connect(self.home / "data" / "sandbox" / "sandbox.sqlite3")
        try:
            return int(connection.execute(query).fetchone()[0])
        finally:
            connection.close()


def examine(place: Workplace, acknowledged: Mapping[str, str], papers: Sequence[str] = ()) -> list[str]:
    """What is wrong at a workstation whose `dvc` was killed, after everything has been taken up again; [] when nothing is.

    `acknowledged` are the answers (field key → value) after which the program went on, `papers` the names of files that it said to have
    attached: none of them may be missing. Then the work is finished, twice; one dossier has to come of it.
    """
    faults = _broken_files(place)
    drafts, before = place.drafts(), place.filed()
    if len(drafts) > 1 or before > 1:
        faults.append(f"{len(drafts)} drafts, {before} dossiers")
    if not before:
        held = dict(drafts[0].answers) if drafts else {}
        faults += [f"lost: {key}" for key, value in acknowledged.items() if held.get(key) != value]
        attached = {file.name for draft in drafts for file in draft.attachments}
        faults += [f"lost paper: {name}" for name in papers if name not in attached]
    draft = drafts[0].id if drafts else ""
    return faults + _finished(place, draft) + _broken_files(place)


def _finished(place: Workplace, draft: str) -> list[str]:
    faults = []
    waiting = place("outbox", "list").data["outbox"]
    first = ["outbox", "send"] if waiting else ["khai-sinh", "--answers", "all.yaml", *(["--draft", draft] if draft else [])]
    for words in (first, ["khai-sinh", "--answers", "all.yaml"]):
        done = place(*words)
        if done.exit_code:
            faults.append(f"not finished by {words[:2]}: {done.exit_code} {_codes(done)}")
    listed = {
        name: len(place(command, "list").data[name])
        for command, name in {"drafts": "drafts", "outbox": "outbox", "ho-so": "dossiers"}.items()
    }
    counts = listed | {"filed": place.filed(), "files": place.files()}
    if counts != {"drafts": 0, "outbox": 0, "dossiers": 1, "filed": 1, "files": len(PAPERS)}:
        faults.append(f"after finishing: {counts}")
    left = place.leftovers()
    return faults + ([f"left behind: {left}"] if left else [])


def _codes(outcome: Outcome) -> list[str]:
    try:
        return outcome.codes
    except (ValueError, AssertionError):
        return [outcome.err[-200:]]


def _broken_files(place: Workplace) -> list[str]:
    faults = []
    for name in ("data/desk.db", "data/tokens.db", "data/sandbox/sandbox.sqlite3"):
        path = place.home / name
        if not path.exists():
            continue
        connection = sqlite3.connect(path)
        try:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            found = type(error).__name__
        finally:
            connection.close()
        if found != "ok":
            faults.append(f"{name}: {found}")
    return faults + [f"card: {path.name}" for path in (place.home / "state").rglob("*.json") if not _is_json(path)]


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True
