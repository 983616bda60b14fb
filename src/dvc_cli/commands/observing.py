"""What the log of a run learns while the backend is called: which call, how long, how it ended; and which texts are a person's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from dvc_cli.backends.gate import Observe
from dvc_cli.errors import DvcError
from dvc_cli.journal import Journal

_SILENT = frozenset({"capabilities", "now", "close"})  # say nothing of what happened
PERSONAL = frozenset({"full_name", "id_number", "phone", "email", "address_detail", "title", "mother_id_number", "social_insurance_number"})


def observer(journal: Journal) -> Observe:
    """Writes each call of a backend to `journal`; a person's texts in the answer are told to it first."""

    def observe(method: str, seconds: float, answer: object) -> None:
        if method in _SILENT and not isinstance(answer, BaseException):
            return
        journal.know(personal_texts(answer))
        journal.note("call", method=method, ms=round(seconds * 1000), ended=_ended(answer))

    return observe


def personal_texts(value: object) -> Iterator[str]:
    """The texts in a value of the contract that are about a person."""
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            found: object = getattr(value, each.name)
            if each.name in PERSONAL and isinstance(found, str):
                yield found
            else:
                yield from personal_texts(found)
    elif isinstance(value, tuple | list):
        for entry in value:
            yield from personal_texts(entry)
    elif isinstance(value, Mapping):
        yield from personal_texts(list(value.values()))


def _ended(answer: object) -> str:
    if not isinstance(answer, BaseException):
        return "ok"
    codes = ",".join(item.code for item in answer.problems) if isinstance(answer, DvcError) else ""
    return f"{type(answer).__name__} {codes}".rstrip()
