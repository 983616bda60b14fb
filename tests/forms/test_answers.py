from __future__ import annotations

import pytest

from dvc_cli.errors import UsageError
from dvc_cli.forms import answers_format, parse_answers

YAML = """
child: {surname: NGUYỄN, number: 001190012345}
want_copies: no
copies: 5
nothing:
when: 2026-11-02
attachments:
  - {slot: 1, id: ct01, file: ct01.pdf}
"""


def code(content: bytes | str, fmt: str) -> str:
    with pytest.raises(UsageError) as caught:
        parse_answers(content, fmt)
    return caught.value.problems[0].code


def message(content: bytes | str, fmt: str) -> str:
    with pytest.raises(UsageError) as caught:
        parse_answers(content, fmt)
    return caught.value.problems[0].message


def test_yaml_scalars_stay_text() -> None:
    assert parse_answers(YAML, "yaml") == {
        "child": {"surname": "NGUYỄN", "number": "001190012345"},
        "want_copies": "no",
        "copies": "5",
        "nothing": "",
        "when": "2026-11-02",
        "attachments": [{"slot": "1", "id": "ct01", "file": "ct01.pdf"}],
    }


def test_toml_scalars_become_text() -> None:
    text = 'a = 5\nb = true\nc = 2026-11-02\nd = 2026-10-05T14:35:00\ne = "001"\nf = 1.50\ng = 14:35:00\n[h]\ni = ["x", 2]'
    assert parse_answers(text, "toml") == {
        "a": "5",
        "b": "true",
        "c": "2026-11-02",
        "d": "2026-10-05T14:35",
        "e": "001",
        "f": "1.50",
        "g": "14:35:00",
        "h": {"i": ["x", "2"]},
    }


def test_json_scalars_become_text() -> None:
    text = '{"a": 5, "b": false, "c": null, "d": 1.50, "e": ["x", 1], "f": 12345678901234567890, "g": "\\u0110"}'
    assert parse_answers(text, "json") == {
        "a": "5",
        "b": "false",
        "c": "",
        "d": "1.50",
        "e": ["x", "1"],
        "f": "12345678901234567890",
        "g": "Đ",
    }


def test_standard_input_is_yaml_or_json() -> None:
    assert parse_answers('{"a": "x", "b": "\\/"}', "-") == {"a": "x", "b": "/"}
    assert parse_answers('{\n\t"a": "x"}', "-") == {"a": "x"}
    assert parse_answers("a: x", "-") == {"a": "x"}
    assert parse_answers("{a: x}", "-") == {"a": "x"}


def test_a_byte_order_mark_is_tolerated() -> None:
    for fmt, text in (("yaml", "a: x"), ("json", '{"a": "x"}'), ("toml", 'a = "x"'), ("-", "a: x")):
        assert parse_answers(b"\xef\xbb\xbf" + text.encode(), fmt) == {"a": "x"}


def test_an_empty_file_answers_nothing() -> None:
    for fmt in ("yaml", "json", "toml", "-"):
        assert parse_answers(b" \n", fmt) == {}
    assert parse_answers("# chỉ ghi chú\n", "yaml") == {}


@pytest.mark.parametrize("fmt", ["yaml", "json", "toml", "-"])
def test_other_encodings_are_refused(fmt: str) -> None:
    assert code("a: Nguyễn".encode("utf-16"), fmt) == "A-ENCODING"
    assert code(b"a: \xff", fmt) == "A-ENCODING"
    assert code("a: \ud800", fmt) == "A-ENCODING"


@pytest.mark.parametrize("fmt", ["yaml", "json", "toml", "-"])
def test_more_than_a_mebibyte_is_too_large(fmt: str) -> None:
    assert code(b"#" + b" " * (1 << 20), fmt) == "A-TOO-LARGE"


@pytest.mark.parametrize(
    ("text", "fmt"),
    [
        ("a: x\na: y", "yaml"),
        ("a: x\nb: {c: 1, c: 1}", "yaml"),
        ('{"a": 1, "a": 1}', "json"),
        ('{"a": 1, "a": 1}', "-"),
        ("a = 1\na = 1", "toml"),
    ],
)
def test_a_key_that_stands_twice_is_refused(text: str, fmt: str) -> None:
    assert code(text, fmt) == "A-USAGE"


@pytest.mark.parametrize(
    "text",
    [
        "a: &x y\nb: *x",
        "a: &x y",
        "a: *x",
        "a: !!python/object:os.system x",
        "!x {a: b}",
        "a: b\n---\nc: d",
        "? {a: b}\n: c",
        "? [a]\n: c",
        "a: 'b",
    ],
)
def test_yaml_is_only_tables_lists_and_texts(text: str) -> None:
    assert code(text, "yaml") == "A-USAGE"


@pytest.mark.parametrize(
    ("text", "fmt"), [("- a", "yaml"), ("a", "yaml"), ("[1]", "json"), ('"a"', "json"), ("5", "-"), ("{", "json"), ("a = ", "toml")]
)
def test_what_is_no_table_is_refused(text: str, fmt: str) -> None:
    assert code(text, fmt) == "A-USAGE"


@pytest.mark.parametrize("deep", [20, 5000, 100_000])
def test_deep_nesting_is_refused(deep: int) -> None:
    assert code("a: " + "[" * deep + "]" * deep, "yaml") == "A-USAGE"
    assert code('{"a": ' + "[" * deep + "]" * deep + "}", "json") == "A-USAGE"
    assert code('{"a": ' + "[" * deep + "]" * deep + "}", "-") == "A-USAGE"
    assert code("a = " + "[" * deep + "]" * deep, "toml") == "A-USAGE"


@pytest.mark.parametrize(
    ("text", "fmt", "read"),
    [
        (
            'name = "x, 01"\nid_number = 001190012345 # 02\n[child]\nno=007',
            "toml",
            {"name": "x, 01", "id_number": "001190012345", "child": {"no": "007"}},
        ),
        ("a = [01, 02]\nb = {c = 03, d = 2026-01-02}", "toml", {"a": ["01", "02"], "b": {"c": "03", "d": "2026-01-02"}}),
        ("a = '''\n= 01\n'''\nb = 'x, 02, y'\nc = 03", "toml", {"a": "= 01\n", "b": "x, 02, y", "c": "03"}),
        ('{"a": 001190012345, "b": ": 01, \\", 02,", "c": [03,04]}', "json", {"a": "001190012345", "b": ': 01, ", 02,', "c": ["03", "04"]}),
    ],
)
def test_a_number_keeps_its_leading_zeros_in_every_format(text: str, fmt: str, read: dict[str, object]) -> None:
    assert parse_answers(text, fmt) == read


@pytest.mark.parametrize("text", ["a = 01.5", "a = 01 02", "a = 0x", "01: 02", "a = x, 01", "a = 01\na = 02", 'a = "01', "a = '01"])
def test_other_slips_with_zeros_stay_slips(text: str) -> None:
    assert code(text, "toml") == "A-USAGE"
    assert "dòng" in message("a = 1\nb = x", "toml")


def test_a_text_without_end_is_looked_through_once() -> None:
    for hostile in ('"\\' * 400_000, '\\"' * 400_000, '"""' * 300_000, "'" * 900_000, "00 " * 300_000):
        assert code(f"a = {hostile}", "toml") == "A-USAGE"


def test_a_fault_names_its_line() -> None:
    assert "dòng 2" in message("a: x\nb: [", "yaml") or "dòng 3" in message("a: x\nb: [", "yaml")
    assert "dòng 2" in message('{"a": 1,\n"b" 2}', "json")
    assert "dòng 2" in message("a: x\na: y", "yaml")


def test_the_file_name_tells_the_format() -> None:
    assert [answers_format(name) for name in ("a.toml", "a.YAML", "b/c.yml", "a.json", "-")] == ["toml", "yaml", "yaml", "json", "-"]
    for name in ("a.txt", "a", "toml", ".", "a.d/b"):
        with pytest.raises(UsageError):
            answers_format(name)


def test_huge_toml_integers_are_a_usage_fault() -> None:
    assert code("a = " + "9" * 5000, "toml") == "A-USAGE"
