"""The options that commands share, and how a command declares its own.

An options value is a frozen dataclass whose fields are annotated with `option` or `argument`; a command's own class extends one of those
here. Texts of `help` are Vietnamese message ids; our own renderer translates them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeVar, get_type_hints

from dvc_cli.lazy_dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Declaration:
    """What stands in the annotation of a field: the flag (with its hyphens, "" for an argument), the name of its value, its help."""

    flag: str
    metavar: str
    help: str


def option(flag: str, *, help: str, metavar: str = "") -> Declaration:  # noqa: A002 - the word of every parser
    """A flag; a `bool` takes no value, a `list[str]` may be repeated."""
    return Declaration(flag, metavar, help)


def argument(*, metavar: str, help: str) -> Declaration:  # noqa: A002
    """A word without a flag, in the order of the fields."""
    return Declaration("", metavar, help)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonFlags:
    """What every command takes after its name."""

    json: Annotated[bool, option("--json", help="Kết quả là một tài liệu JSON")] = False
    no_input: Annotated[bool, option("--no-input", help="Không bao giờ hỏi")] = False
    lang: Annotated[str, option("--lang", metavar="vi|en", help="Ngôn ngữ")] = ""
    backend: Annotated[str, option("--backend", metavar="TÊN", help="Nơi tiếp nhận (mặc định sandbox)")] = ""
    url: Annotated[str, option("--url", metavar="URL", help="Địa chỉ của nơi tiếp nhận")] = ""
    plain: Annotated[bool, option("--plain", help="Hỏi từng dòng, không vẽ màn hình")] = False
    verbose: Annotated[bool, option("--verbose", help="Nói thêm căn cứ và chi tiết")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingFlags(CommonFlags):
    """What a command takes that asks questions."""

    answers: Annotated[str, option("--answers", metavar="TỆP", help="Tệp trả lời .toml, .yaml, .json; - là đầu vào chuẩn")] = ""
    set_: Annotated[list[str], option("--set", metavar="KHÓA=GIÁ_TRỊ", help="Một câu trả lời; dùng được nhiều lần")] = field(
        default_factory=list
    )
    yes: Annotated[bool, option("--yes", help="Chấp nhận phần rà soát")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFlags(AskingFlags):
    """What a command takes that files a dossier."""

    draft: Annotated[str, option("--draft", metavar="MÃ", help="Tiếp tục một bản nháp")] = ""
    check: Annotated[bool, option("--check", help="Chỉ kiểm tra, không nộp, không cần đăng nhập")] = False
    checklist: Annotated[bool, option("--checklist", help="Hỏi vài câu rồi cho biết cần mang giấy tờ gì")] = False


Flags = TypeVar("Flags", bound=CommonFlags)


def parse(options: type[Flags], name: str, words: Sequence[str]) -> Flags:
    """Read `words` as the flags and arguments of the command `name`. Raises UsageError (A-USAGE) without repeating any value.

    A plain line is read here; whatever is not plain is read, or refused, by Typer.
    """
    from dvc_cli.commands.plain_line import read

    value = read(options, words)
    if value is not None:
        return value
    from dvc_cli.commands.parser import parse_line

    return parse_line(options, name, words)


def declarations(options: type[CommonFlags]) -> dict[str, tuple[object, Declaration]]:
    """Type and declaration of every field, in order. TypeError for a field that is declared otherwise."""
    found: dict[str, tuple[object, Declaration]] = {}
    for name, hint in get_type_hints(options, include_extras=True).items():
        declared = getattr(hint, "__metadata__", (None,))[0]
        if not isinstance(declared, Declaration):
            msg = f"{options.__name__}.{name}: declare it with `option` or `argument`"
            raise TypeError(msg)
        found[name] = (hint.__origin__, declared)
    return found
