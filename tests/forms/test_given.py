from __future__ import annotations

import pytest

from dvc_cli.errors import Problem, UsageError
from dvc_cli.forms import AttachmentAnswer, Given, flatten, parse_answers
from dvc_cli.procedures.account import account_form
from forms.toy import FORM


def given(text: str) -> Given:
    return flatten(FORM, parse_answers(text, "yaml"))


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str | None]]:
    return [(item.code, item.field) for item in problems]


def test_keys_may_stand_flat_or_under_their_section() -> None:
    assert given("surname: Trần\nwho: {given_name: Dụ}\nrest: {funeral_groups: [merit, none]}").values == {
        "surname": "Trần",
        "given_name": "Dụ",
        "funeral_groups": ("merit", "none"),
    }


def test_the_same_key_twice_is_fine_with_one_value_and_refused_with_two() -> None:
    assert given("surname: Trần\nwho: {surname: Trần}").values == {"surname": "Trần"}
    with pytest.raises(UsageError) as caught:
        given("surname: Trần\nwho: {surname: Lê}")
    assert told(caught.value.problems) == [("A-USAGE", "surname")]


def test_an_unknown_key_names_the_nearest_known_one() -> None:
    found = given("surnam: Trần\nwho: {girth_date: x}\nnowhere: {a: b}\nwo: {surname: x}")
    assert told(found.unknown) == [("A-UNKNOWN-KEY", key) for key in ("surnam", "girth_date", "nowhere", "wo")]
    hints = {item.field: item.hint for item in found.unknown}
    assert "surname" in hints["surnam"]
    assert "birth_date" in hints["girth_date"]
    assert "who" in hints["wo"]
    assert hints["nowhere"].startswith("Khóa gần nhất: ")  # however far it is


def test_a_value_where_a_section_stands_is_not_told_to_be_that_section() -> None:
    (problem,) = given("who: Trần").unknown
    assert (problem.code, problem.field) == ("A-UNKNOWN-KEY", "who")
    assert "who." not in problem.hint


def test_an_empty_section_answers_nothing() -> None:
    assert given("who:\nrest: {}").values == {}
    assert given("who:\n").unknown == ()


def test_a_table_where_a_value_belongs_is_invalid() -> None:
    found = given("surname: {a: b}\ngiven_name: [[a]]\nmarried: có")
    assert told(found.problems) == [("A-INVALID", "surname"), ("A-INVALID", "given_name")]
    assert found.values == {"married": "có"}


def test_attachments() -> None:
    found = given("attachments:\n  - {slot: 1, id: ct01, file: a b.pdf}\n  - {id: ct01, file: c.pdf}")
    assert found.attachments == (AttachmentAnswer(1, "ct01", "a b.pdf"), AttachmentAnswer(0, "ct01", "c.pdf"))
    assert (found.unknown, found.problems) == ((), ())


def test_an_attachment_knows_three_keys() -> None:
    found = given("attachments:\n  - {slot: 1, id: ct01, file: a.pdf, size_kb: 640}")
    assert told(found.unknown) == [("A-UNKNOWN-KEY", "attachments[0].size_kb")]
    assert "slot, id, file" in found.unknown[0].hint
    assert found.attachments == (AttachmentAnswer(1, "ct01", "a.pdf"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("attachments: x", ("A-INVALID", "attachments")),
        ("attachments: [x]", ("A-INVALID", "attachments[0]")),
        ("attachments: [{slot: một, id: a, file: b}]", ("A-INVALID", "attachments[0].slot")),
        ("attachments: [{slot: 1, id: [a], file: b}]", ("A-INVALID", "attachments[0].id")),
        ("attachments: [{slot: 1, id: a}]", ("A-MISSING", "attachments[0].file")),
        ("acknowledge: KS-D2", ("A-INVALID", "acknowledge")),
        ("acknowledge: {KS-D2: [a]}", ("A-INVALID", "acknowledge.KS-D2")),
        ("pledge: sẽ làm", ("A-INVALID", "pledge")),
        ("pledge: [true]", ("A-INVALID", "pledge")),
    ],
)
def test_wrong_shapes_are_told(text: str, expected: tuple[str, str]) -> None:
    assert expected in told(given(text).problems)


def test_acknowledged_codes_and_the_pledge() -> None:
    found = given("acknowledge: {KS-D2: '  Nhà xa  xã ', 'KS-I2:mother_id_number': đã xem}\npledge: true")
    assert found.acknowledge == {"KS-D2": "Nhà xa xã", "KS-I2:mother_id_number": "đã xem"}
    assert found.pledge is True
    assert given("pledge: không").pledge is False
    assert given("").pledge is None
    assert given("pledge:\nacknowledge:\nattachments:").problems == ()


def test_account_forms_take_no_papers_and_no_pledge() -> None:
    found = flatten(account_form("login"), {"pledge": "true", "attachments": []})
    assert told(found.unknown) == [("A-UNKNOWN-KEY", "pledge"), ("A-UNKNOWN-KEY", "attachments")]


def test_a_file_full_of_foreign_keys_is_told_key_by_key() -> None:
    found = flatten(FORM, {f"k{number}": "x" for number in range(2000)})
    assert len(found.unknown) == 2000
