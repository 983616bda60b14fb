from __future__ import annotations

import sqlite3
from datetime import datetime

import pytest

from dvc_cli.domain.dates import VN_TZ
from dvc_cli.errors import ConflictError, DvcError, MissingAnswersError, RefusedError, UsageError
from dvc_cli.forms import lint_form
from dvc_cli.portal.population_entry import add_person, entry_form, import_people

NOW = datetime(2026, 11, 9, 9, 30, tzinfo=VN_TZ)
PERSON = {
    "id_number": "000190123456",
    "full_name": "Hoàng Thị Mẫu",
    "birth_date": "12/05/1990",
    "gender": "Nữ",
    "ethnicity": "Tày",
    "province": "Cao Bằng",
    "ward": "Xã Trùng Khánh",
    "phone": "+84 912 000 777",
}


def codes(error: pytest.ExceptionInfo[DvcError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM people").fetchone()[0])


def test_the_form_of_an_added_person_passes_the_linter() -> None:
    assert lint_form(entry_form()) == ()


def test_an_added_person_is_kept_in_the_words_of_the_registers(empty: sqlite3.Connection) -> None:
    add_person(empty, PERSON, NOW)
    row = empty.execute("SELECT * FROM people").fetchone()
    assert (row["full_name"], row["birth_date"], row["gender"], row["ethnicity"]) == ("HOÀNG THỊ MẪU", "1990-05-12", "nu", "02")
    assert (row["province"], row["phone"], row["phone_owner"], row["vneid_level"]) == ("04", "0912000777", "000190123456", 2)
    assert (row["household_id"], row["origin"], row["nationality"]) == ("000190123456", "added", "VN")


def test_a_person_with_a_serial_of_the_worked_examples_is_accepted(empty: sqlite3.Connection) -> None:
    add_person(empty, {**PERSON, "id_number": "004190999777"}, NOW)
    assert count(empty) == 1


def test_a_number_that_may_be_a_citizens_is_refused_and_not_repeated(empty: sqlite3.Connection) -> None:
    with pytest.raises(RefusedError) as refused:
        add_person(empty, {**PERSON, "id_number": "004190123456"}, NOW)
    assert codes(refused) == ["BE-REFUSED"]
    assert "004190123456" not in refused.value.problems[0].message + str(refused.value)
    assert count(empty) == 0


def test_a_phone_of_somebody_else_a_level_and_an_account(empty: sqlite3.Connection) -> None:
    add_person(empty, {**PERSON, "phone_owned": "không", "vneid_level": "0", "portal_account": "có"}, NOW)
    row = empty.execute("SELECT * FROM people").fetchone()
    assert (row["phone_owner"], row["vneid_level"], row["vneid_phone"]) == ("", 0, "")
    assert empty.execute("SELECT id_number, phone FROM accounts").fetchone()[:] == ("000190123456", "0912000777")


def test_a_birth_year_alone_is_kept_as_such(empty: sqlite3.Connection) -> None:
    add_person(empty, {**PERSON, "birth_date": "1990"}, NOW)
    assert empty.execute("SELECT birth_date, birth_known FROM people").fetchone()[:] == ("1990-01-01", "1990")


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("gender", "khác", "A-CHOICE"),
        ("birth_date", "31/02/1990", "A-DATE"),
        ("birth_date", "01/01/2027", "A-DATE"),
        ("ward", "Xã Không Có", "A-PLACE"),
        ("phone", "0123", "A-INVALID"),
        ("vneid_level", "3", "A-INVALID"),
        ("id_number", "00019012345", "A-INVALID"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused(empty: sqlite3.Connection, key: str, value: str, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        add_person(empty, {**PERSON, key: value}, NOW)
    assert codes(refused) == [code]
    assert count(empty) == 0


def test_everything_that_is_missing_is_told_at_once(empty: sqlite3.Connection) -> None:
    with pytest.raises(MissingAnswersError) as refused:
        add_person(empty, {"id_number": "000190123456"}, NOW)
    assert [problem.field for problem in refused.value.problems] == ["full_name", "birth_date", "gender"]
    assert refused.value.exit_code == 2


def test_an_unknown_key_names_the_nearest_known_one(empty: sqlite3.Connection) -> None:
    with pytest.raises(UsageError) as refused:
        add_person(empty, {**PERSON, "fullname": "X"}, NOW)
    assert codes(refused) == ["A-UNKNOWN-KEY"]
    assert "full_name" in refused.value.problems[0].hint


def test_a_number_is_added_once(empty: sqlite3.Connection) -> None:
    add_person(empty, PERSON, NOW)
    with pytest.raises(ConflictError) as refused:
        add_person(empty, PERSON, NOW)
    assert codes(refused) == ["BE-CONFLICT"]
    assert count(empty) == 1


def test_a_list_is_imported_as_a_whole(empty: sqlite3.Connection) -> None:
    rows = [{**PERSON, "id_number": f"00019000000{number}"} for number in range(3)]
    assert import_people(empty, rows, NOW) == 3
    assert count(empty) == 3


def test_a_list_with_a_fault_is_not_imported_at_all_and_each_fault_names_its_row(empty: sqlite3.Connection) -> None:
    rows = [PERSON, {**PERSON, "id_number": "000190000001", "gender": "?"}, PERSON]
    with pytest.raises(ConflictError) as refused:
        import_people(empty, rows, NOW)
    assert codes(refused) == ["A-CHOICE", "BE-CONFLICT"]
    assert ["dòng 2" in refused.value.problems[0].message, "dòng 3" in refused.value.problems[1].message] == [True, True]
    assert count(empty) == 0
