"""A small form with one field of every type and every kind of life, and complete answers to it. All people are invented."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.forms import Context, Field, Form, load_form
from dvc_cli.language import Text

RAW = tomllib.loads(Path(__file__).with_name("toy.toml").read_text(encoding="utf-8"))
FORM: Form = load_form(RAW)
CONTEXT = Context(on=date(2026, 11, 9), now=datetime(2026, 11, 9, 9, 30, tzinfo=VN_TZ), calendar=working_calendar())

COMPLETE = {
    "requester_full_name": "Trần Thị Ví Dụ",
    "requester_phone": "0900000001",
    "id_number": "000196000001",
    "surname": "Trần",
    "given_name": "Dụ",
    "birth_date": "02/11/2026",
    "province": "Thành phố Cần Thơ",
    "ward": "Phường Cái Khế",
    "ethnicity": "Kinh",
    "married": "không",
    "householder": "Trần Văn Ví",
    "want_copies": "có",
    "copies_count": "5",
    "funeral_groups": "none",
    "relation": "me",
}

PARTNER = {"married": "có", "partner_province": "Cần Thơ", "partner_ward": "Cái Khế", "partner_birth": "1990"}


def context(**changes: object) -> Context:
    return replace(CONTEXT, **changes)


def field(kind: str, **attributes: object) -> Field:
    """A field of one type on its own."""
    return Field(key="it", section="rest", type=kind, label=Text("Nó", "It"), **attributes)


def with_field(**changes: object) -> dict[str, object]:
    """The raw toy form with one more field."""
    extra = {
        "section": "rest",
        "key": "extra",
        "type": "boolean",
        "label": {"vi": "Thêm", "en": "Extra"},
        "source": "invented",
        "confidence": "own",
    }
    return RAW | {"fields": [*RAW["fields"], extra | changes]}


def changed(key: str, **changes: object) -> dict[str, object]:
    """The raw toy form with one field changed; None takes an attribute away."""
    fields = []
    for item in RAW["fields"]:
        merged = item | changes if item["key"] == key else item
        fields.append({name: value for name, value in merged.items() if value is not None})
    return RAW | {"fields": fields}
