"""What goes over the wire comes back as the same value; what is not exactly the contract is refused, whatever it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, strategies

from dvc_cli.contract.answers import MOST_DEPTH
from dvc_cli.contract.documents import from_bytes, to_bytes
from dvc_cli.contract.values import Attachment, Capabilities, Challenge, Dossier, HistoryEntry, Profile, Registration, Secret, Submission
from dvc_cli.contract.wire import MOST_ITEMS, MOST_TEXT, Reading, WireError, decode, encode
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.domain.dossier import FeeLine, MemberLine, PaperLine

AT = datetime(2026, 11, 9, 9, 30, tzinfo=VN_TZ)
REGISTRATION = Registration("cong_dan", "thue_bao_di_dong", "000196000011", "NGUYỄN THỊ MAI HOÀ", date(1996, 3, 14), "0901000011")
DOSSIER = Dossier(
    *("hs-1", "G22.99.08-261109-000001", "khai-sinh", "2.000987", "moi_dang_ky", AT, date(2026, 11, 9), date(2026, 11, 12)),
    members=(MemberLine("khai_sinh", "UBND", "moi_dang_ky", None),),
    fees=(FeeLine("copies", None, "UBND"),),
    papers=(PaperLine("ct01", 3, required=True, state="needed"),),
    title="Giàng Seo Lử",
    history=(HistoryEntry(AT, "moi_dang_ky"),),
)
VALUES = (
    REGISTRATION,
    DOSSIER,
    Challenge("ch-1", "register", "090****011", AT, AT, 5, 1, AT),
    Profile("000196000011", "ĐỖ Ế", date(1996, 3, 14), "nu", verified=("full_name",)),
    Capabilities(frozenset({"b", "a"}), frozenset(), frozenset(), frozenset({"khai-sinh"}), invented_people=True),
)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_comes_back_as_itself(value: object) -> None:
    assert decode(type(value), from_bytes(to_bytes(encode(value)))) == value


def test_an_instant_of_another_offset_is_the_same_instant_here() -> None:
    read = decode(datetime, "2026-11-09T02:30:00Z")
    assert (read, read.isoformat()) == (AT, "2026-11-09T09:30:00+07:00")


def test_a_file_travels_by_its_hash() -> None:
    sent = Submission(
        "khai-sinh", "1", {"a": ["x"]}, {}, (Attachment(1, "ct01", "tờ khai.pdf", "pdf", "ab" * 32, b"%PDF"),), {}, pledge=True
    )
    document = encode(sent)
    assert b"%PDF" not in to_bytes(document)
    assert "content" not in document["attachments"][0]
    assert decode(Submission, document, Reading(content={"ab" * 32: b"%PDF"}.__getitem__)) == sent


def test_a_secret_is_read_back_and_not_shown() -> None:
    assert decode(Secret, encode(Secret("mật khẩu"))) == Secret("mật khẩu")
    with pytest.raises(WireError) as error:
        decode(Secret, ["mật khẩu"], where="password")
    assert "mật" not in str(error.value)


@pytest.mark.parametrize(
    "change",
    [
        {"birth_date": "14/03/1996"},
        {"birth_date": "1996-02-30"},
        {"birth_date": "١٩٩٦-03-14"},
        {"birth_date": None},
        {"full_name": 7},
        {"full_name": "x" * (MOST_TEXT + 1)},
        {"full_name": "\ud800"},
        {"full_name": "a\0b"},
        {"phone": ["0901000011"]},
        {"more": "x"},
    ],
    ids=str,
)
def test_what_is_not_exactly_a_registration_is_refused(change: Mapping[str, object]) -> None:
    with pytest.raises(WireError):
        decode(Registration, {**encode(REGISTRATION), **change})


def test_what_is_missing_is_named_and_what_has_a_default_may_be_missing() -> None:
    document = encode(REGISTRATION)
    del document["email"]
    assert decode(Registration, document) == replace(REGISTRATION, email="")
    del document["phone"]
    with pytest.raises(WireError, match="phone: missing"):
        decode(Registration, document)


def test_a_reply_may_have_grown_members_a_request_may_not() -> None:
    document = {**encode(REGISTRATION), "colour": "xanh"}
    assert decode(Registration, document, Reading(lenient=True)) == REGISTRATION
    with pytest.raises(WireError):
        decode(Registration, document)


@pytest.mark.parametrize("instant", ["2026-11-09T09:30:00", "2026-11-09", "2026-11-09T25:00:00Z", "0001-01-01T00:00:00+14:00", 5])
def test_an_instant_has_an_offset_and_exists(instant: object) -> None:
    with pytest.raises(WireError):
        decode(datetime, instant)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"\xff\xfe{}", b'{"a":1,"a":2}', b"NaN", b"-Infinity", b"1.5", b"[" * 100_000),
        b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1),
    ],
    ids=lambda content: repr(content[:12]),
)
def test_a_hostile_document_is_refused_and_nothing_else_happens(content: bytes) -> None:
    with pytest.raises(WireError):
        from_bytes(content)


@pytest.mark.parametrize("value", [True, 2**60, "5", None])
def test_a_count_is_a_number_of_ordinary_size(value: object) -> None:
    with pytest.raises(WireError):
        decode(int, value)


def test_a_list_is_no_longer_than_the_contract_says() -> None:
    with pytest.raises(WireError):
        decode(tuple[str, ...], ["x"] * (MOST_ITEMS + 1))


JSON = strategies.recursive(
    strategies.none() | strategies.booleans() | strategies.integers() | strategies.text(max_size=20),
    lambda inner: strategies.lists(inner, max_size=4) | strategies.dictionaries(strategies.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_any_document_is_a_value_or_a_wire_error(document: object) -> None:
    for value in VALUES:
        with suppress(WireError):
            decode(type(value), document)


@given(JSON)
def test_any_member_changed_is_a_value_or_a_wire_error(part: object) -> None:
    whole = encode(DOSSIER)
    for name in whole:
        with suppress(WireError):
            decode(Dossier, {**whole, name: part})


def test_documents_are_the_same_bytes_each_time() -> None:
    assert json.loads(to_bytes(encode(VALUES[-1])))["registration"] == ["a", "b"]


@pytest.mark.parametrize(("written", "read"), [(b"1.0", 1), (b"-0.0", 0), (b"1e3", 1000)])
def test_a_whole_number_may_be_written_with_a_point(written: bytes, read: int) -> None:
    found = from_bytes(written)
    assert (found, type(found)) == (read, int)


def test_a_reply_may_hold_fractions_where_nobody_looks() -> None:
    document = from_bytes(to_bytes(encode(REGISTRATION))[:-1] + b',"colour":0.5}', lenient=True)
    assert decode(Registration, document, Reading(lenient=True)) == REGISTRATION
    for kind in (int, str, object):
        with pytest.raises(WireError):
            decode(kind, from_bytes(b"0.5", lenient=True))


def test_a_byte_order_mark_is_passed_over_in_a_reply_alone() -> None:
    assert from_bytes(b"\xef\xbb\xbf{}", lenient=True) == {}
    with pytest.raises(WireError):
        from_bytes(b"\xef\xbb\xbf{}")


@pytest.mark.parametrize("written", [b"1e300", b"1e999", b"0.1"])
def test_a_number_that_is_not_whole_or_too_large_is_refused(written: bytes) -> None:
    with pytest.raises(WireError):
        from_bytes(written)
