"""The invented population of a sandbox: filled at its creation, enlarged on demand.

Nobody in it exists. Generated people have personal numbers that begin with 000, those of the worked examples serials 999xxx.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import count

from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.portal.population_deaths import add_deaths
from dvc_cli.portal.population_draws import Draws
from dvc_cli.portal.population_examples import example_people, numbers_in
from dvc_cli.portal.population_households import ALONE, SHAPES, Households, Shape
from dvc_cli.portal.population_records import Records
from dvc_cli.portal.population_seats import seats
from dvc_cli.portal.storage.connection import transaction

MOST_AT_ONCE = 10_000


def populate(connection: sqlite3.Connection, seed: str) -> None:
    """Fill empty tables: one family per seat of every province, and the people of the worked examples.

    The same seed gives the same people. About 270; they come to be in one transaction, or in the caller's.
    """
    records = example_people()
    households = Households(Draws(f"population:{seed}", numbers_in(records)))
    for seat in seats():
        records.extend(households.make(seat, SHAPES[seat.number % len(SHAPES)]))
    add_deaths(records, seed)
    with transaction(connection):
        records.store(connection)


def generate(connection: sqlite3.Connection, count_wanted: int, seed: str) -> int:
    """Add so many people in families over all provinces, and return how many were added.

    The same seed on the same population gives the same people; on another it gives others rather than anybody twice.
    UsageError A-USAGE for a number that is not 1 to 10 000.
    """
    if not 1 <= count_wanted <= MOST_AT_ONCE:
        raise UsageError(problem("A-USAGE", detail=_("Số người phải từ 1 đến 10000.")))
    with transaction(connection):
        known = sum(1 for _number in _taken(connection))
        households = Households(Draws(f"generate:{seed}:{known}", _taken(connection)))
        added = _so_many(households, count_wanted)
        add_deaths(added, f"{seed}:{known}")
        added.store(connection)
    return len(added.people)


def _so_many(households: Households, wanted: int) -> Records:
    added, places = Records(), seats()
    for turn in count():
        left = wanted - len(added.people)
        if left == 0:
            return added
        # The stride visits provinces far apart one after the other; it shares no divisor with the number of seats.
        added.extend(households.make(places[turn * 30 % len(places)], _fitting(SHAPES[turn % len(SHAPES)], left)))
    raise AssertionError  # pragma: no cover - count() does not end


def _fitting(shape: Shape, left: int) -> Shape:
    """The shape, or the largest one that does not exceed what is left."""
    if len(shape) <= left:
        return shape
    return max((item for item in (*SHAPES, ALONE) if len(item) <= left), key=len)


def _taken(connection: sqlite3.Connection) -> Iterable[str]:
    for row in connection.execute("SELECT id_number, phone, social_insurance_number FROM people"):
        yield from (part for part in row if part)
    for row in connection.execute("SELECT code FROM birth_notifications"):
        yield f"{row[0][5:]}{row[0][:5]}"
    for row in connection.execute("SELECT id FROM marriages"):
        yield row[0]
