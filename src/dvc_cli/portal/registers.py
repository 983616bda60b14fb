"""What the registers behind the portal tell while a dossier is judged: the requester's block, the parents, their marriage, the newborn.

Also the one rule of who may be in a sandbox at all: invented people only.
"""

from __future__ import annotations

import sqlite3

from dvc_cli.errors import Problem, problem
from dvc_cli.forms import Evaluation
from dvc_cli.language import _
from dvc_cli.portal.people import person_row

# Numbers that no citizen has: the generated people, and the serials that the worked examples use.
_GENERATED = "000"
_EXAMPLE_SERIAL = "999"
_SERIAL_FROM = 6

_REQUESTER_COLUMNS = (
    *("full_name", "id_number", "birth_date", "gender", "id_issue_date", "id_issue_place"),
    *("residence_type", "province", "ward", "address_detail"),
)
_COUNTRY = "VN"
_PARENTS = ("mother", "father")


def is_training_number(number: str) -> bool:
    """Whether a personal number can only be an invented person's: it begins with 000, or its serial is 999xxx."""
    return number.startswith(_GENERATED) or number[_SERIAL_FROM:].startswith(_EXAMPLE_SERIAL)


def refused_number(field: str) -> Problem:
    """The refusal of a number that may be a citizen's."""
    detail = _("Sandbox chỉ nhận số tập huấn (000… hoặc 999xxx).")
    hint = _("Không dùng số định danh của người thật; xem dvc sandbox people.")
    return problem("BE-REFUSED", field, detail=detail, hint=hint, source="sandbox")


def requester_block(connection: sqlite3.Connection, id_number: str) -> dict[str, str]:
    """The `requester_…` values of the session's person as canonical texts, as the register has them; empty for an unknown number."""
    row = person_row(connection, id_number)
    if row is None:
        return {}
    block = {f"requester_{column}": str(row[column]) for column in _REQUESTER_COLUMNS if row[column]}
    return {**block, "requester_country": _COUNTRY}


def known_facts(connection: sqlite3.Connection, case: Evaluation) -> dict[str, str]:
    """Look-up facts for the rules and papers of a birth; a key is absent when there was nothing to look up.

    `notification` found or missing, `notification_birth_date` ISO; `mother`, `father`, `marriage` found or missing;
    `mother_hometown_province`, `father_hometown_province` codes.
    """
    return {**_notification(connection, case), **_parents(connection, case), **_marriage(connection, case)}


def _notification(connection: sqlite3.Connection, case: Evaluation) -> dict[str, str]:
    code = case.text("birth_notification_no")
    if case.text("birth_data_source") != "csdl_bao_hiem" or not code:
        return {}
    row = connection.execute(
        "SELECT birth_date FROM birth_notifications WHERE code = ? AND mother_id_number = ?",
        (code.upper(), case.text("birth_notification_mother_id")),
    ).fetchone()
    return {"notification": "missing"} if row is None else {"notification": "found", "notification_birth_date": str(row["birth_date"])}


def _parents(connection: sqlite3.Connection, case: Evaluation) -> dict[str, str]:
    facts: dict[str, str] = {}
    for parent in _PARENTS:
        number = case.text(f"{parent}_id_number")
        if number:
            row = person_row(connection, number)
            facts[parent] = "missing" if row is None else "found"
            if row is not None and row["hometown_province"]:
                facts[f"{parent}_hometown_province"] = str(row["hometown_province"])
    return facts


def _marriage(connection: sqlite3.Connection, case: Evaluation) -> dict[str, str]:
    father, mother = case.text("father_id_number"), case.text("mother_id_number")
    if case.text("parents_married") != "true" or not (father and mother):
        return {}
    found = connection.execute("SELECT 1 FROM marriages WHERE husband_id = ? AND wife_id = ?", (father, mother)).fetchone()
    return {"marriage": "missing" if found is None else "found"}
