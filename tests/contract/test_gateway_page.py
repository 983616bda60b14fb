"""What `docs/gateway.md` shows an author is what the contract says."""

from __future__ import annotations

import json
import re
from pathlib import Path

from dvc_cli.contract.bench import Bench
from dvc_cli.contract.faults import error_of
from dvc_cli.contract.operations import OPERATIONS
from dvc_cli.contract.values import Challenge, Session
from dvc_cli.contract.wire import decode
from dvc_cli.data import problem_row
from dvc_cli.errors import RefusedError
from dvc_cli.testing.sample_birth import MOTHER

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "gateway.md").read_text(encoding="utf-8")


def test_the_answers_shown_are_read_as_what_they_are() -> None:
    challenge, session = re.findall(r"^201\n(.*?)(?:\n\n|```)", PAGE, re.DOTALL | re.MULTILINE)
    assert isinstance(decode(Challenge, json.loads(challenge)), Challenge)
    assert isinstance(decode(Session, json.loads(session)), Session)


def test_the_failure_shown_is_told_as_the_refusal_that_it_is() -> None:
    (body,) = re.findall(r"^422 .*?\n(.*?)\n\n", PAGE, re.DOTALL | re.MULTILINE)
    error = error_of(422, body.encode(), None)
    assert (type(error), [item.code for item in error.problems], "challenge" in error.data) == (RefusedError, ["TK-OTP-WRONG"], True)


def test_paths_and_codes_named_are_there() -> None:
    asked = re.findall(r"^(?:GET|POST) /v1(/[a-z-]+)", PAGE, re.MULTILINE)
    assert asked
    assert all(any(row.path.startswith(path) for row in OPERATIONS) for path in asked)
    for code in re.findall(r"\b(?:TK|BE|DK|A)-[A-Z]+(?:-[A-Z]+)*\b", PAGE):
        assert problem_row(code)


def test_the_bench_shown_has_what_a_bench_needs() -> None:
    (source,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    compile(source, "gateway.md", "exec")
    assert set(re.findall(r"    def ([a-z]\w*)", source)) == {name for name in vars(Bench) if not name.startswith("_")}
    assert MOTHER in PAGE
