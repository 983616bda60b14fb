"""What the registers behind the portal tell while a dossier is judged: the requester's block, and whatever its procedure looks up.

Also the one rule of who may be in a sandbox at all: invented people only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping

from dvc_cli.contract.facts import Facts, missing, notice_facts, notification_facts, person_facts
from dvc_cli.errors import Problem, problem
from dvc_cli.forms import Evaluation
from dvc_cli.language import _
from dvc_cli.portal.people import birth_notification_in, death_notice_in, person_in, person_row
from dvc_cli.procedures.lookups import BIRTH_NOTIFICATION, DEATH_NOTICE, FOUND, MARRIAGE, MISSING, PERSON, Lookup

# Numbers that no citizen has: the generated people, and the serials that the worked examples use.
_GENERATED = "000"
_EXAMPLE_SERIAL = "999"
_SERIAL_FROM = 6

_REQUESTER_COLUMNS = (
    *("full_name", "id_number", "birth_date", "gender", "id_issue_date", "id_issue_place"),
    *("residence_type", "province", "ward", "address_detail"),
)
_COUNTRY = "VN"

Asked = tuple[str, ...]
"""The texts that a register is asked by, in the order of the look-up."""


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


def known_facts(connection: sqlite3.Connection, case: Evaluation, lookups: Iterable[Lookup]) -> Facts:
    """The facts of a procedure's look-ups for one case; a key is absent when there was nothing to look up."""
    facts: Facts = {}
    for item in lookups:
        asked = tuple(case.text(key) for key in item.inputs)
        if all(asked) and item.when.holds(case.texts):
            facts |= _REGISTERS[item.kind](connection, item.fact, asked)
    return facts


def _person(connection: sqlite3.Connection, fact: str, asked: Asked) -> Facts:
    found = person_in(connection, *asked)
    return person_facts(fact, found) if found else missing(fact)


def _notification(connection: sqlite3.Connection, fact: str, asked: Asked) -> Facts:
    found = birth_notification_in(connection, *asked)
    return notification_facts(fact, found) if found else missing(fact)


def _notice(connection: sqlite3.Connection, fact: str, asked: Asked) -> Facts:
    found = death_notice_in(connection, *asked)
    return notice_facts(fact, found) if found else missing(fact)


def _marriage(connection: sqlite3.Connection, fact: str, asked: Asked) -> Facts:
    found = connection.execute("SELECT 1 FROM marriages WHERE husband_id = ? AND wife_id = ?", asked).fetchone()
    return {fact: MISSING if found is None else FOUND}


_REGISTERS: Mapping[str, Callable[[sqlite3.Connection, str, Asked], Facts]] = {
    PERSON: _person,
    BIRTH_NOTIFICATION: _notification,
    DEATH_NOTICE: _notice,
    MARRIAGE: _marriage,
}
