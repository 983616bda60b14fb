"""The one room that prints: what leaves it is clean, complete and in the right stream."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from dvc_cli.errors import Problem
from dvc_cli.output.blocks import lay_out, table_lines
from dvc_cli.output.envelope import dump, envelope, jsonable
from dvc_cli.output.render import problem_lines, show
from dvc_cli.output.result import ERROR, PENDING, Result, Table
from dvc_cli.output.sink import write
from dvc_cli.output.streams import World
from dvc_cli.text import cells

HOSTILE = "\x1b[31mđỏ\x07 \u202exin chào\udcff"
PROBLEM = Problem("KS-D2", "warning", "child_birth_date", "Đã quá 60 ngày.", "Luật Hộ tịch", "Ghi lý do.")
TABLE = Table(("Mã", "Tên"), (("1", "Phường Cái Khế"), ("22", "ễễễ")))


@pytest.fixture
def world() -> World:
    return World(io.StringIO(), io.StringIO(), io.StringIO(), {})


def out(world: World) -> str:
    assert isinstance(world.stdout, io.StringIO)
    return world.stdout.getvalue()


def err(world: World) -> str:
    assert isinstance(world.stderr, io.StringIO)
    return world.stderr.getvalue()


def test_the_envelope_has_the_published_keys_in_order() -> None:
    document = envelope(Result("whoami", PENDING, {"a": 1}, (PROBLEM,), ("dvc login",)))
    assert list(document) == ["dvc", "command", "status", "data", "problems", "next"]
    assert document["problems"] == [
        {
            "code": "KS-D2",
            "severity": "warning",
            "field": "child_birth_date",
            "message": "Đã quá 60 ngày.",
            "source": "Luật Hộ tịch",
            "hint": "Ghi lý do.",
        }
    ]


def test_json_is_one_line_for_programs_and_indented_at_a_terminal(world: World) -> None:
    show(Result("whoami", data={"tên": "Mai"}), world, as_json=True)
    assert out(world) == '{"dvc":1,"command":"whoami","status":"ok","data":{"tên":"Mai"},"problems":[],"next":[]}\n'
    at_terminal = replace(world, stdout=io.StringIO(), stdout_tty=True)
    show(Result("whoami"), at_terminal, as_json=True)
    assert out(at_terminal).count("\n") > 3
    assert json.loads(out(at_terminal))["command"] == "whoami"


def test_dates_and_instants_become_text() -> None:
    at = datetime(2026, 11, 9, 9, 30, 5, 999, tzinfo=timezone(timedelta(hours=7)))
    value = {"day": date(2026, 11, 9), "at": at, "set": {"b", "a"}, "deep": ({"x": None},), "yes": True}
    assert jsonable(value) == {
        "day": "2026-11-09",
        "at": "2026-11-09T09:30:05+07:00",
        "set": ["a", "b"],
        "deep": [{"x": None}],
        "yes": True,
    }
    with pytest.raises(TypeError):
        jsonable(object())


def test_half_a_character_never_breaks_the_document() -> None:
    text = dump(Result("places", data={"\udcff": "\udc80"}), indent=False)
    text.encode("utf-8")
    assert json.loads(text)["data"] == {"?": "?"}


def test_hostile_text_never_reaches_the_terminal(world: World) -> None:
    result = Result(
        "x", text=(HOSTILE, (HOSTILE, HOSTILE), Table((HOSTILE,), ((HOSTILE,),))), problems=(replace(PROBLEM, message=HOSTILE),)
    )
    show(result, world, as_json=False)
    for shown in (out(world), err(world)):
        assert "\x1b" not in shown
        assert "\x07" not in shown
        assert "\u202e" not in shown
        assert "đỏ" in shown


def test_a_screen_with_rich_is_as_clean(world: World) -> None:
    pytest.importorskip("rich")
    screen = replace(world, stdout_tty=True, environ={"NO_COLOR": "1"})
    show(Result("x", text=("[bold]đầu[/bold]", Table((HOSTILE, "[red]b"), ((HOSTILE, "[link=x]y"),)), "cuối")), screen, as_json=False)
    text = out(screen)
    assert "\x1b" not in text
    assert "[link=x]y" in text
    assert "[bold]đầu[/bold]" in text
    assert text.index("đầu") < text.index("[link=x]y") < text.index("cuối")


def test_problems_and_next_steps_go_to_standard_error(world: World) -> None:
    show(Result("x", problems=(PROBLEM,), next=("dvc login",), text=("kết quả",)), world, as_json=False)
    assert out(world) == "kết quả\n"
    assert err(world).splitlines() == ["Cảnh báo KS-D2 [child_birth_date]: Đã quá 60 ngày.", "  → Ghi lý do.", "Tiếp theo: dvc login"]
    assert problem_lines(PROBLEM, verbose=True)[-1] == "  Căn cứ: Luật Hộ tịch"


def test_a_failure_leaves_standard_output_empty(world: World) -> None:
    show(Result("x", ERROR, text=("Đã dừng.",), exit_code=130), world, as_json=False)
    assert (out(world), err(world)) == ("", "Đã dừng.\n")


def test_a_page_is_printed_as_it_stands(world: World) -> None:
    show(Result("template", plain="a: 1\n# hai\n"), world, as_json=False)
    assert out(world) == "a: 1\n# hai\n"


def test_columns_are_counted_in_cells() -> None:
    rows = table_lines(Table(("x", "y"), (("漢字", "1"), ("Cái", "2"))), 80, linear=False)
    assert len({cells(row[: row.index(mark)]) for row, mark in zip(rows[2:], "12", strict=True)}) == 1
    decomposed = lay_out([("Tên", "a"), ("Họ và tên", "b")], 80, linear=False).splitlines()
    assert decomposed == ["Tên:        a", "Họ và tên:  b"]


def test_a_table_that_does_not_fit_or_is_read_aloud_becomes_labelled_lines() -> None:
    expected = ["Mã:   1", "Tên:  Phường Cái Khế", "", "Mã:   22", "Tên:  ễễễ"]
    assert table_lines(TABLE, 10, linear=False) == expected
    assert table_lines(TABLE, 80, linear=True) == expected
    assert table_lines(TABLE, 80, linear=False)[0].rstrip() == "Mã  Tên"


def test_a_reader_that_went_away_is_no_error() -> None:
    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    write(Gone(), "x")


def test_a_stream_that_cannot_write_a_character_gets_a_replacement() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
    write(stream, "a\udcff\n")
    assert raw.getvalue() == b"a?\n"


@pytest.mark.parametrize(
    ("environ", "tty", "colour"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour_follows_the_environment(world: World, environ: dict[str, str], tty: bool, colour: bool) -> None:
    assert replace(world, environ=environ, stdout_tty=tty).colour() is colour


def test_standard_input_is_bounded(world: World) -> None:
    assert replace(world, stdin=io.TextIOWrapper(io.BytesIO(b"x" * 100))).read_stdin(10) == b"x" * 11
    assert replace(world, stdin=io.StringIO("é" * 3)).read_stdin(10) == "ééé".encode()
