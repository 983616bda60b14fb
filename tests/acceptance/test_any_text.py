"""Whatever is typed, scanned or written into a file: one JSON document, a published exit code, never a crash and never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from acceptance.counter import PASSWORD, PERSON, PHUONG, Counter, case_a
from conftest import Outcome
from dvc_cli.procedures import procedure

EXIT_CODES = {0, 2, 3, 4, 5}
PAGES = {"--help", "-h"}
ENDS_FLAGS = "--"  # a --json behind it is none

# Half surrogate pairs are in: an argument whose bytes are no UTF-8, and a JSON text with \\ud800, both hold them.
ANY_LETTER = st.characters(codec=None, exclude_characters="\0")
VIETNAMESE = st.sampled_from("ạệộứỹđĐ aàợ́̀́̂ʼ’'|0१２½²-–/.:,;=#{}[]\"\\\n\t\u200b\u202e\ufeff\U0001f600")
TEXT = st.text(st.one_of(ANY_LETTER, VIETNAMESE), max_size=40) | st.text("0123456789/-:.TZ+ ", max_size=25)
KEYS = procedure("khai-sinh").form.keys
RARE = st.sampled_from(
    ["", " ", "\0", "\ud800", "9" * 5000, "ệ" * 5000, "=HYPERLINK(1)", "$(id)", "../../etc/passwd", "nan", "1e999", "٣", "-1"]
)
VALUE = TEXT | RARE
SHAPE = st.recursive(
    VALUE | st.integers() | st.floats() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | TEXT, inner, max_size=3),
    max_leaves=5,
)


def bounded(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=False)


def held(outcome: Outcome) -> Outcome:
    """One document and no crash, all of it such that a terminal and a file can take it."""
    assert outcome.exit_code in EXIT_CODES, (outcome.exit_code, outcome.err)
    document = outcome.document  # parses the whole of standard output: a second document would be an error
    assert (document["status"] == "error") == (outcome.exit_code != 0)
    assert outcome.exit_code == 0 or document["problems"]
    outcome.out.encode("utf-8")
    outcome.err.encode("utf-8")
    assert "Traceback" not in outcome.out + outcome.err
    assert not any(letter in outcome.err for letter in "\x1b\u202e\u200b")
    return outcome


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sandbox_seed: Path) -> Counter:
    """PHƯƠNG is signed in; a code for HÀ's number is waited for by nobody."""
    counter = Counter(sandbox_seed).copy(str(tmp_path_factory.mktemp("any") / "home"))
    assert counter.sign_in_vneid(PHUONG).exit_code == 0
    return counter


@pytest.fixture(scope="module")
def bare(desk: Counter) -> Counter:
    """The same home, nothing kept between two runs."""
    return Counter(desk.home, DVC_TOKEN_STORE="memory")


def words(text: str, *before: str) -> tuple[str, ...]:
    """A command line whose last word is an argument, whatever it looks like."""
    return (*before, "--json", "--no-input", "--", text)


@bounded(120)
@given(answers=st.dictionaries(st.sampled_from(KEYS), VALUE, max_size=8), full=st.booleans())
@example(answers={"child_birth_date": "0000-00-00", "copies_count": "9" * 5000}, full=True)
@example(answers={"child_given_name": "\ud800", "mother_id_number": "０" * 12}, full=True)
def test_answers_of_any_text(bare: Counter, answers: dict[str, str], full: bool) -> None:
    """Alone, and inside the otherwise complete case A."""
    held(bare("khai-sinh", "--check", answers=(case_a() if full else {}) | answers))


@bounded(60)
@given(
    answers=st.dictionaries(st.sampled_from((*KEYS, "attachments", "acknowledge", "pledge", "child", "mother")) | TEXT, SHAPE, max_size=5)
)
@example(answers={"attachments": [{"slot": "²", "id": "ct01", "file": "\0"}]})
@example(answers={"acknowledge": {"\ud800": ["x"]}})
def test_answers_of_any_shape(bare: Counter, answers: dict[str, object]) -> None:
    held(bare("khai-sinh", "--check", answers=answers))


@bounded(60)
@given(
    content=st.binary(max_size=200)
    | TEXT.map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.text("{}[]:,'\"&*!|>-# \n\tab01", max_size=60).map(str.encode)
)
@example(content=b"[" * 3000)
@example(content=b'{"a":' * 3000)
@example(content=b"a: &x [*x, *x]")
@example(content=b"child_birth_date: 2026-13-45T99:99:99Z")
def test_standard_input_of_any_bytes(bare: Counter, content: bytes) -> None:
    held(bare("khai-sinh", "--check", "--answers", "-", typed=content))


@bounded(30)
@given(
    ending=st.sampled_from([".toml", ".json", ".yaml", ".yml", ".TOML"]),
    content=st.binary(max_size=80) | st.text("[]={}\"'.,0aT:-_\n #", max_size=60).map(str.encode),
)
@example(ending=".toml", content=b"a = " + b"[" * 2000)
@example(ending=".toml", content=b"child_birth_date = 2026-02-30")
@example(ending=".json", content=b"1" * 5000)
def test_files_of_any_bytes(bare: Counter, ending: str, content: bytes) -> None:
    (bare.folder / f"answers{ending}").write_bytes(content)
    held(bare("khai-sinh", "--check", "--answers", f"answers{ending}"))


@bounded(80)
@given(key=st.sampled_from(KEYS) | TEXT, value=VALUE, file_name=TEXT)
@example(key="acknowledge.KS-N2", value="\udcff", file_name="a.yaml")
@example(key="attachments", value="--", file_name="\udcff.toml")
def test_settings_and_file_names_of_any_text(bare: Counter, key: str, value: str, file_name: str) -> None:
    held(bare("khai-sinh", "--check", "--set", f"{key}={value}"))
    held(bare("khai-sinh", "--check", f"--set={value}"))
    held(bare("khai-sinh", "--check", "--answers", file_name.lstrip("-")))


CARD = ["092196999001", "", "Trần Thị Mai Phương", "14031996", "Nữ", "12 đường Ví Dụ", "15082024"]


@bounded(100)
@given(
    content=st.binary(max_size=120) | TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")),
    at=st.integers(0, 6),
    part=VALUE,
    bar=st.sampled_from("|\t\x1d"),
)
def test_cards_of_any_text(bare: Counter, content: bytes, at: int, part: str, bar: str) -> None:
    """Anything, and a card with anything in one of its parts."""
    held(bare("card", typed=content))
    card = bar.join([*CARD[:at], part, *CARD[at + 1 :]])
    held(bare("card", typed=card.encode("utf-8", "surrogatepass")))


@bounded(80)
@given(query=VALUE, province=TEXT, day=TEXT)
@example(query="\udcff", province="\udcff", day="\udcff")
def test_places_of_any_text(bare: Counter, query: str, province: str, day: str) -> None:
    found = held(bare.plain(*words(query, "places")))
    assert found.exit_code == 0
    held(bare.plain(*words(query, "places", f"--province={province}")))
    held(bare.plain(*words(query, "places", f"--on={day}")))


@bounded(80)
@given(
    start=VALUE | st.datetimes().map(str) | st.datetimes().map(lambda instant: instant.isoformat() + "+14:00"),
    days=TEXT | st.integers().map(str),
)
@example(start="9999-12-31T23:59:59", days="3660")
@example(start="0001-01-01T00:00:00+14:00", days="0")
def test_instants_of_any_text(bare: Counter, start: str, days: str) -> None:
    held(bare("deadline", f"--from={start}", "--working-days", "3"))
    held(bare("deadline", f"--from={start}", "--days=0"))
    held(bare("deadline", "--from=2026-11-09T09:30", f"--days={days}"))


@bounded(60)
@given(text=VALUE)
@example(text="-")
@example(text="--lang")
@example(text="--")
@example(text="\udcff")
def test_arguments_of_any_text(bare: Counter, text: str) -> None:
    for command in (("explain",), ("schema",), ("template",), ("drafts", "show"), ("ho-so", "show"), ("backend", "show"), ("help",)):
        outcome = bare.plain(*words(text, *command))
        if command == ("help",) or not outcome.out.startswith("{"):
            assert outcome.exit_code in EXIT_CODES  # a page of help is text
        else:
            held(outcome)
    for flag in ("--challenge", "--phone"):
        held(bare("sandbox", "otp", f"{flag}={text}"))
    for flag in ("--backend", "--url", "--lang"):
        held(bare("whoami", f"{flag}={text}"))
    if text not in {*PAGES, ENDS_FLAGS}:
        held(bare.plain(text, "--json", "--no-input"))
        held(bare.plain("whoami", text, "--json", "--no-input"))


@bounded(40)
@given(
    name=st.sampled_from(["DVC_NOW", "DVC_LANG", "DVC_BACKEND", "DVC_TOKEN_STORE", "DVC_NO_INPUT", "DVC_PLAIN", "TERM", "DVC_PASSPHRASE"]),
    text=TEXT,
)
def test_environments_of_any_text(desk: Counter, name: str, text: str) -> None:
    held(desk("whoami", **{name: text}))
    held(desk("deadline", "--from=2026-11-09T09:30", "--days=1", **{name: text}))


@bounded(25)
@given(answers=st.dictionaries(st.sampled_from([*PERSON, "consent", "email", "otp", "password", "password_again"]), VALUE, max_size=3))
@example(answers={"phone": "\ud800", "otp": "\ud800"})
def test_registrations_of_any_text(bare: Counter, answers: dict[str, str]) -> None:
    held(bare("register", answers=PERSON | {"phone": "0900000002"} | answers))


@bounded(15)
@given(password=VALUE, code=VALUE)
@example(password="\ud800", code="\ud800")
@example(password="A" * 256, code="９" * 64)
def test_passwords_and_codes_of_any_text(bare: Counter, password: str, code: str) -> None:
    held(bare("login-vneid", answers={"id_number": "092094999002", "password": password}))
    held(bare("verify-otp", "--challenge", "ch-1", answers={"otp": code, "password": password, "password_again": PASSWORD}))


@bounded(25)
@given(answers=st.dictionaries(st.sampled_from(KEYS), VALUE, max_size=4), reason=VALUE, paper=VALUE)
@example(answers={"child_given_name": "\ud800"}, reason="\ud800", paper="\ud800")
def test_dossiers_of_any_text_are_kept_or_filed(desk: Counter, answers: dict[str, str], reason: str, paper: str) -> None:
    """Refused or not: what was kept can be listed and shown again."""
    more = {"acknowledge": {"KS-N2": reason, "KS-N3": reason}, "attachments": [{"slot": 2, "id": "ct01", "file": paper}]}
    outcome = held(desk("khai-sinh", answers=case_a() | answers | more))
    if outcome.exit_code:
        draft = outcome.data.get("draft")
        assert draft, outcome.document
        held(desk("drafts", "show", draft["id"]))
        held(desk("drafts", "delete", draft["id"]))
    assert json.loads(held(desk("drafts", "list")).out)["data"]["drafts"] == []
