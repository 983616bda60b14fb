"""Any text through every field's parser and the gate: a value or a refusal, and nothing that a terminal obeys or nobody sees.

The long run is `reliability/fuzz.py`; here are its first strings, and those that hypothesis finds.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reliability.fuzz import BAD, PROGRAM_EVERY, SEED, Fuzz, strings

ANYTHING = st.text(st.characters(codec=None), max_size=60) | st.lists(st.sampled_from(BAD), max_size=6).map("".join)


@pytest.fixture(scope="module")
def fuzz(tmp_path_factory: pytest.TempPathFactory) -> Fuzz:
    return Fuzz(tmp_path_factory.mktemp("fuzz"))


def test_the_first_strings_of_the_campaign(fuzz: Fuzz) -> None:
    count = 1500
    fuzz.run(enumerate(strings(SEED, count)))
    assert fuzz.faults == []
    assert (fuzz.counts["field"], fuzz.counts["gate"]) == (count, count)
    assert fuzz.counts["program"] >= 5 * (count // PROGRAM_EVERY)
    assert 0 < fuzz.counts["field refused"] < count


def test_the_campaign_notices_what_it_looks_for(fuzz: Fuzz, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate with a hole, a parser that fails: both are faults."""
    import reliability.fuzz

    other = Fuzz(tmp_path)
    monkeypatch.setattr(reliability.fuzz, "safe", lambda text: text)
    monkeypatch.setattr(reliability.fuzz, "is_empty", lambda _item, text: 1 / 0)
    other.run([(1, "\x1b[31m")])
    assert sorted(fault.split()[0] for fault in other.faults) == ["field", "gate"]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=ANYTHING, place=st.integers(0, 10_000))
@example(text="\ud83d\x1b]0;x\x07\u2028\U000e0041", place=0)
def test_any_text_is_a_value_or_a_refusal_and_clean_on_its_way_out(fuzz: Fuzz, text: str, place: int) -> None:
    form, item = fuzz.fields[place % len(fuzz.fields)]
    fuzz.field(item, text)
    fuzz.readers(text)
    fuzz.gate(text)
    fuzz.shapes(text)
    fuzz.form(form, item, text)
