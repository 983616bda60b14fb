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
from dvc_cli.output.qr import code_rows
from dvc_cli.output.render import problem_lines, show
from dvc_cli.output.result import ERROR, PENDING, Coded, Result, Table
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
    assert table_lines(TABLE, 10, linear=False) == ["Mã:   1", "Tên:", "  Phường Cái Khế", "", "Mã:   22", "Tên:  ễễễ"]
    assert table_lines(TABLE, 80, linear=True) == ["Mã:   1", "Tên:  Phường Cái Khế", "", "Mã:   22", "Tên:  ễễễ"]
    assert table_lines(TABLE, 80, linear=False)[0].rstrip() == "Mã  Tên"


def test_a_value_without_room_beside_its_label_is_broken_between_words_below_it() -> None:
    laid = lay_out([("Lệ phí đăng ký hộ tịch (đúng hạn)", "0 đồng"), ("Tên", "ba bốn năm")], 40, linear=False).splitlines()
    assert laid[0] == "Lệ phí đăng ký hộ tịch (đúng hạn):"
    assert laid[1].strip() == "0 đồng"
    assert all(cells(row) <= 40 for row in laid)


CODED = Coded("G22.99.08-261109-000001", ("Mã hồ sơ: G22.99.08-261109-000001", "Hẹn trả: 12/11/2026"))


def read_back(rows: list[str]) -> list[list[bool]]:
    """The modules of a code drawn in half blocks, dark ones True."""
    upper, lower = {"█": True, "▀": True, "▄": False, " ": False}, {"█": True, "▄": True, "▀": False, " ": False}
    return [[half[letter] for letter in row] for row in rows for half in (upper, lower)]


def test_a_code_at_a_terminal_is_the_code_of_its_text_in_thirteen_rows() -> None:
    import segno

    expected = [
        [bool(dark) for dark in row] for row in segno.make(CODED.code, error="l", boost_error=False, micro=False).matrix_iter(border=2)
    ]
    drawn = code_rows(CODED.code, coloured=True)
    assert len(drawn) == 13
    assert all(row.startswith("\x1b[30;107m") and row.endswith("\x1b[0m") for row in drawn)
    assert read_back([row[len("\x1b[30;107m") : -len("\x1b[0m")] for row in drawn])[: len(expected)] == expected
    dark_screen = read_back(code_rows(CODED.code, coloured=False))
    assert [[not light for light in row] for row in dark_screen][: len(expected)] == expected


def test_lines_stand_beside_a_code_and_alone_where_none_is_drawn(world: World) -> None:
    at_terminal = replace(world, stdout=io.StringIO(), stdout_tty=True, environ={"NO_COLOR": "1"})
    show(Result("x", text=(CODED,)), at_terminal, as_json=False)
    first, *_rest = out(at_terminal).splitlines()
    assert first.endswith("  Mã hồ sơ: G22.99.08-261109-000001")
    assert len(out(at_terminal).splitlines()) == 13
    plain = replace(world, stdout=io.StringIO(), stdout_tty=True)
    show(Result("x", text=(CODED,)), plain, as_json=False, plain=True)
    show(Result("x", text=(CODED,)), world, as_json=False)
    assert out(plain) == out(world) == "Mã hồ sơ: G22.99.08-261109-000001\nHẹn trả: 12/11/2026\n"


def test_a_problem_names_its_field_as_the_form_does(world: World) -> None:
    show(Result("x", problems=(PROBLEM,), labels={"child_birth_date": "Ngày sinh"}), world, as_json=False)
    assert "KS-D2 [Ngày sinh]:" in err(world)
    assert problem_lines(PROBLEM)[0].startswith("Cảnh báo KS-D2 [child_birth_date]:")


def test_remarks_go_before_a_text_that_is_to_stay_on_the_screen(world: World) -> None:
    both = replace(world, stderr=world.stdout)
    show(Result("x", text=("biên nhận",), problems=(PROBLEM,), lasting=True), both, as_json=False)
    assert out(both).index("KS-D2") < out(both).index("biên nhận")


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


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_a_table_breaks_neither_codes_nor_days(world: World, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """Where its columns have no room it is written as labelled lines."""
    monkeypatch.setattr(World, "width", lambda _world: columns)
    table = Table(
        ("Mã hồ sơ", "Người được khai", "Cơ quan", "Trạng thái", "Hẹn"),
        (("G22.99.08-261109-439124", "N*** N***", "Công an phường Cái Khế", "Được tiếp nhận", "12/11/2026"),),
    )
    at_terminal = replace(world, stdout_tty=True, stderr_tty=True, environ={"NO_COLOR": "1"})
    show(Result("x", text=(table,)), at_terminal, as_json=False)
    for whole in ("G22.99.08-261109-439124", "12/11/2026", "phường", "Trạng thái"):
        assert whole in out(at_terminal)
    assert all(cells(line) <= columns for line in out(at_terminal).splitlines())
    assert ("Mã hồ sơ:" in out(at_terminal)) is (columns < 80)
