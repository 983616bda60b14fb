"""Whatever stands in a file, a flag or on standard input: never exit 1, always one document."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Dvc
from dvc_cli.procedures import procedure

ACCOUNT = ("register", "login", "login-vneid", "verify-otp", "set-password", "consent record", "consent withdraw")
KEYS = ["subject", "method", "id_number", "full_name", "birth_date", "phone", "email", "otp", "password", "password_again", "consent"]
FORM_KEYS = [*procedure("khai-sinh").form.keys, "attachments", "acknowledge", "pledge", "child"]
TEXTS = st.one_of(
    st.text(max_size=20), st.sampled_from(["true", "không", "2026-11-02", "31/02/2026", "92", "000", "a" * 3000, "１２３", "0900000001"])
)
VALUES = st.recursive(
    TEXTS | st.integers() | st.none() | st.booleans(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=2)
)
RELAXED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.mark.parametrize("name", ACCOUNT)
@RELAXED
@given(answers=st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=8), VALUES, max_size=6))
def test_account_commands_take_any_answers(dvc: Dvc, name: str, answers: dict[str, object]) -> None:
    outcome = dvc(*name.split(), answers=answers)
    assert outcome.exit_code in {0, 2, 3, 4, 5}, (answers, outcome.err)
    assert outcome.document["command"] == name


@RELAXED
@given(answers=st.dictionaries(st.sampled_from(FORM_KEYS), VALUES, max_size=12))
def test_the_check_takes_any_answers(dvc: Dvc, answers: dict[str, object]) -> None:
    outcome = dvc("khai-sinh", "--check", answers=answers)
    assert outcome.exit_code in {0, 2}, (answers, outcome.err)
    if outcome.exit_code == 0:
        assert outcome.data["complete"] is False


@RELAXED
@given(content=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_on_standard_input(dvc: Dvc, content: bytes) -> None:
    for words in (["card"], ["khai-sinh", "--check", "--answers", "-"], ["login", "--answers", "-"], ["sandbox", "people", "import", "-"]):
        outcome = dvc(*words, typed=content)
        assert outcome.exit_code in {0, 2, 3, 4}, (words, content, outcome.err)
        json.dumps(outcome.document)


@RELAXED
@given(word=st.text(max_size=12), other=st.text(max_size=12))
def test_any_words_as_arguments(dvc: Dvc, word: str, other: str) -> None:
    lines = (
        [word, other],
        ["places", word, "--province", other],
        ["places", word, "--on", other],
        ["deadline", "--from", word, "--days", other],
        ["explain", word],
        ["schema", word],
        ["drafts", "show", word],
        ["sandbox", "otp", "--phone", word],
        ["config", "set", word, other],
        ["whoami", "--set", word],
        ["khai-sinh", "--check", "--set", f"{word}={other}"],
    )
    for words in lines:
        outcome = dvc.plain(*words, "--json", "--no-input")
        assert outcome.exit_code in {0, 2, 3, 4}, (words, outcome.err)
