"""The counter of a ward in tests: `dvc` with answers on standard input, the citizens of the worked cases, the clock on the wall."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import yaml

from conftest import PASSPHRASE, Dvc, Outcome

CASES = Path(__file__).resolve().parents[1] / "cases"
PHUONG = "092196999001"
HA = "001301999003"
PASSWORD = "Gac-Bong7-tim!"
PERSON = {
    "subject": "cong_dan",
    "method": "thue_bao_di_dong",
    "id_number": PHUONG,
    "full_name": "TRẦN THỊ MAI PHƯƠNG",
    "birth_date": "1996-03-14",
    "phone": "0900000001",
}
HA_PERSON = PERSON | {"id_number": HA, "full_name": "LÊ NGỌC HÀ", "birth_date": "2001-12-21", "phone": "0900000002"}


def case_a() -> dict[str, object]:
    """The worked case A as flat answers, every scalar a text."""
    raw = yaml.load((CASES / "birth_a.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    flat: dict[str, object] = {}
    for key, value in raw.items():
        flat |= value if isinstance(value, dict) else {key: value}
    return flat


class Counter(Dvc):
    """One workstation; what is said with `where` stays on every later command line."""

    where: tuple[str, ...] = ()

    def plain(self, *words: str, typed: str | bytes = "", **extra: str) -> Outcome:
        return super().plain(*words, *(self.where if words[0] != "sandbox" else ()), typed=typed, **extra)

    def at(self, time: str) -> Self:
        """It is that late on the day of the worked case."""
        self.extra["DVC_NOW"] = f"2026-11-09T{time}"
        return self

    def copy(self, name: str) -> Self:
        """The same workstation as it stands now, in a home of its own."""
        target = self.home.parent / name
        shutil.copytree(self.home, target, symlinks=True)
        return type(self)(target, **self.extra)

    def register(self, person: dict[str, str] = PERSON, **changes: str) -> Outcome:
        return self("register", answers=person | changes)

    def otp(self, *words: str, code: str = "") -> Outcome:
        """Give the newest code, or another."""
        return self("verify-otp", *words, answers={"otp": code or self.code()})

    def wrong_code(self) -> str:
        return "000000" if self.code() != "000000" else "111111"

    def set_password(self, password: str = PASSWORD, again: str | None = None) -> Outcome:
        return self("set-password", answers={"password": password, "password_again": password if again is None else again})

    def open_account(self) -> Outcome:
        self.register()
        self.otp()
        return self.set_password()

    def login(self, password: str = PASSWORD, **more: str) -> Outcome:
        return self("login", answers={"id_number": PHUONG, "password": password, **more})

    def vneid(self, id_number: str = PHUONG, password: str = "", **more: str) -> Outcome:
        secret = password or str(self.person(PHUONG)["vneid_password"])
        return self("login-vneid", answers={"id_number": id_number, "password": secret, **more})

    def file(self, *words: str, without: tuple[str, ...] = (), **changes: object) -> Outcome:
        """Case A with some answers changed."""
        answers = {key: value for key, value in (case_a() | changes).items() if key not in without}
        return self("khai-sinh", *words, answers=answers)

    def paper(self, name: str, size: int = 2_000, head: bytes = b"%PDF-1.7\n", id: str = "ct01", slot: int = 2) -> dict[str, object]:  # noqa: A002
        """A file of this size in the folder of the answers, as an item of `attachments`."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(head + b"0" * (size - len(head)))
        return {"slot": slot, "id": id, "file": name}


@contextmanager
def desk_of(counter: Counter) -> Iterator[object]:
    """The desk itself, for a state that an older version of the program left."""
    from dvc_cli.desk import open_desk
    from dvc_cli.paths import find_paths
    from dvc_cli.tokens import open_store

    paths = find_paths({"DVC_HOME": str(counter.home)})
    with open_desk(paths, open_store("file", paths, lambda: PASSPHRASE)) as desk:
        yield desk
