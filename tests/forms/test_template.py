from __future__ import annotations

import pytest

from dvc_cli.forms import evaluate, flatten, parse_answers, sample_answers
from dvc_cli.procedures.account import ACCOUNT_FORMS, account_form
from forms.toy import CONTEXT, FORM

FORMS = [FORM, *(account_form(name) for name in ACCOUNT_FORMS)]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_sample_is_an_answers_file_with_every_key_and_no_answer(form: object, lang: str) -> None:
    given = flatten(form, parse_answers(sample_answers(form, lang), "yaml"))
    assert tuple(given.values) == form.keys
    assert set(given.values.values()) == {""}
    assert (given.unknown, given.problems, given.pledge, given.attachments, dict(given.acknowledge)) == ((), (), None, (), {})


def test_an_empty_sample_misses_what_empty_answers_miss() -> None:
    given = flatten(FORM, parse_answers(sample_answers(FORM), "yaml"))
    assert evaluate(FORM, given.values, CONTEXT).missing == evaluate(FORM, {}, CONTEXT).missing


def test_comments_say_what_belongs_there() -> None:
    text = sample_answers(FORM, "vi")
    lines = text.splitlines()
    about = " ".join(line.strip(" #") for line in lines[: lines.index("  copies_count:")][-3:])
    assert "Số lượng" in about
    assert "số nguyên ≥ 1" in about
    assert "bắt buộc" in about
    assert "khi want_copies = true" in about
    assert "nguoi_giam_ho (Người giám hộ/đại diện hợp pháp)" in text
    assert "lấy từ tài khoản" in text
    assert "mặc định VN" in text
    assert "required" in sample_answers(FORM, "en")


def test_comments_are_wrapped() -> None:
    for form in FORMS:
        assert all(len(line) <= 104 for line in sample_answers(form).splitlines())
