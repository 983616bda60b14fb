"""The shipped tables are whole, and are those of the shared domain folder when that lies beside the checkout."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from dvc_cli.data import (
    choice_fields,
    choices,
    contacts,
    ethnic_groups,
    nationalities,
    problem_codes,
    problem_row,
    read_rows,
    read_text,
    read_toml,
    religions,
)
from dvc_cli.text import fold

TABLES = (
    "communes_2025.csv",
    "communes_before_2025.csv",
    "countries.csv",
    "enums.csv",
    "ethnic_groups.csv",
    "id_province_codes.csv",
    "mobile_prefixes.csv",
    "portal_controls_birth.csv",
    "portal_controls_death.csv",
    "problem_codes.csv",
    "provinces_2025.csv",
    "religions.csv",
)
CHECKOUT = Path(__file__).parents[2]
SHARED = CHECKOUT.parent / "shared" / "domain" / "data"


@pytest.mark.parametrize("original", sorted(SHARED.glob("*.csv")) or [CHECKOUT / "src/dvc_cli/data/enums.csv"], ids=lambda path: path.name)
def test_a_shipped_table_is_the_shared_one_byte_for_byte(original):
    assert original.name in TABLES
    assert (CHECKOUT / "src/dvc_cli/data" / original.name).read_bytes() == original.read_bytes()


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_rows_without_missing_or_extra_cells(name):
    rows = read_rows(name)
    assert rows
    assert all(row.keys() == rows[0].keys() for row in rows)


def test_a_table_cannot_be_changed_by_its_reader():
    with pytest.raises(TypeError):
        read_rows("religions.csv")[0]["name"] = "x"
    with pytest.raises(TypeError):
        read_toml("limits.toml")["limits"] = []


def test_a_file_that_is_not_shipped_is_not_found():
    with pytest.raises(FileNotFoundError):
        read_text("nowhere.csv")


def test_every_problem_code_reads_with_a_valid_severity_and_exit_code():
    assert len(problem_codes()) == 126
    for code in problem_codes():
        row = problem_row(code)
        assert row.severity in {"error", "warning", "hint"}
        assert row.exit_code in {0, 1, 2, 3, 4, 5}
        assert (row.exit_code == 0) == (row.severity == "hint")
        assert row.message_vi


def test_a_problem_is_judged_between_its_effective_days_only():
    assert problem_row("KS-W2").in_force(date(2027, 2, 28))
    assert not problem_row("KS-W2").in_force(date(2027, 3, 1))
    assert not problem_row("KS-W8").in_force(date(2027, 2, 28))
    assert problem_row("KS-W8").in_force(date(2027, 3, 1))
    assert problem_row("A-MISSING").in_force(date(1990, 1, 1))


def test_fields_and_procedures_of_a_problem_are_lists():
    assert problem_row("KS-N1").fields == ("child_surname", "child_middle_name", "child_given_name")
    assert problem_row("A-PLEDGE").procedures == ("khai-sinh", "khai-tu")
    with pytest.raises(KeyError):
        problem_row("KS-X1")


def test_choices_keep_code_labels_and_portal_value():
    first = choices("birth_data_source")[0]
    assert (first.code, first.label_vi, first.label_en, first.portal_value, first.confidence) == ("nhap_tay", "Nhập tay", "Typed", "0", "A")
    assert "residence_case" in choice_fields()
    with pytest.raises(KeyError):
        choices("nowhere")


@pytest.mark.parametrize("field", [*choice_fields(), "ethnicity", "country", "nationality", "religion"])
def test_codes_and_labels_of_a_list_are_unique(field):
    entries = choices(field)
    assert len({entry.code for entry in entries}) == len(entries)
    assert len({fold(entry.label_vi) for entry in entries}) == len(entries)
    assert all(entry.label_vi and entry.label_en for entry in entries)


def test_no_spelling_of_an_ethnic_group_names_two_groups():
    named: dict[str, str] = {}
    for group in ethnic_groups():
        for spelling in (group.label_vi, *group.spellings):
            assert named.setdefault(fold(spelling), group.code) == group.code
    assert {named[fold(name)] for name in ("Mông", "HMông", "H'Mông", "H\u2019Mông", "Hmông")} == {"08"}


def test_ethnic_groups_are_labelled_as_on_the_portal():
    labels = {group.code: group.label_vi for group in ethnic_groups()}
    assert len(labels) == 57
    assert (labels["01"], labels["05"], labels["08"], labels["10"], labels["khac"]) == ("Kinh", "Khơ Me", "Mông", "Gia Rai", "Khác")


@pytest.mark.parametrize("field", ["country", "nationality"])
def test_viet_nam_goes_by_its_short_and_its_long_name(field):
    viet_nam = next(entry for entry in choices(field) if entry.code == "VN")
    assert {viet_nam.label_vi, viet_nam.portal_value, *viet_nam.spellings} == {"Việt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"}


def test_lists_with_tables_of_their_own_are_complete():
    assert len(choices("country")) == len(nationalities()) == 198
    assert len(religions()) == 14


def test_hotlines_say_when_they_were_checked():
    assert {contact.id for contact in contacts()} >= {"portal", "vneid", "viettel", "vinaphone", "mobifone"}
    assert all(re.fullmatch(r"20\d\d-[01]\d", contact.checked) for contact in contacts())
