"""What a typed line means: the edge at which everything typed is cleaned, the signals, and the reading of each kind of reply. Pure.

Each `take_...` returns the answer, raises a Signal when the person asked for something else, or Unclear with the sentence to show before
the question is asked again.
"""

from __future__ import annotations

import re

from dvc_cli import text
from dvc_cli.language import _
from dvc_cli.prompts.matching import exact, numbered, search
from dvc_cli.prompts.prompter import Check, GoBack, GoTo, Leave, NumberGiven, Option, Question, Scanned, ShowAnswers, Signal, Undo, WantHelp

LINE_LIMIT = 2000  # characters; longer than any answer, a card or a path
HELP, BACK, SAVE, EMPTY = "?", "<", ":luu", "-"

# What stands behind the colon, folded; Vietnamese and English work in either language.
_SAVE, _SHOW, _GO, _UNDO = frozenset({"luu", "save"}), frozenset({"xem", "view"}), frozenset({"den", "go"}), frozenset({"huy", "undo"})
_COMMAND = re.compile(r":([a-z]+)(?: +(.*))?")

_ERASURES = "\x7f\x08"
_CARD_SEPARATORS = str.maketrans({"\t": "|", "\x1d": "|"})
_YES = frozenset({"c", "co", "y", "yes"})
_NO = frozenset({"k", "khong", "n", "no"})


class Unclear(Exception):  # noqa: N818 - no failure of the program
    """The line cannot be taken as an answer; the text of the exception is the sentence to show."""


def decode(line: bytes) -> str:
    """The text of one raw line: UTF-8 (bytes that are none survive as lone surrogates until cleaned), without its line end."""
    return line.decode("utf-8", "surrogateescape").rstrip("\r\n")


def apply_erasures(raw: str) -> str:
    """`raw` after its backspaces took effect, one code point each, as input methods count them."""
    if not any(sign in raw for sign in _ERASURES):
        return raw
    kept: list[str] = []
    for sign in raw:
        if sign not in _ERASURES:
            kept.append(sign)
        elif kept:
            kept.pop()
    return "".join(kept)


def as_card(raw: str) -> str | None:
    """The cleaned card text when `raw` is a card scan, whatever separator the scanner sent; else None."""
    if not any(sign in raw for sign in "|\t\x1d"):
        return None
    from dvc_cli.domain.card import looks_like_card

    scanned = text.clean(raw.translate(_CARD_SEPARATORS))
    return scanned if len(scanned) <= LINE_LIMIT and looks_like_card(scanned) else None


def receive(question: Question, raw: str) -> str:
    """The cleaned text of one line. Raises the signal that it stands for, Unclear when it is too long or a card where none is asked for."""
    typed = apply_erasures(raw)
    if len(typed) > LINE_LIMIT:
        raise Unclear(_("Dòng vừa nhập dài quá 2.000 ký tự. Hãy nhập lại ngắn hơn."))
    card = as_card(typed)
    if card is not None:
        if question.accepts_card:
            raise Scanned(card)
        raise Unclear(_("Đây là nội dung quét từ thẻ. Câu này không nhận thẻ."))
    cleaned = text.clean(typed)
    _heed(cleaned)
    signal = _command(cleaned, walks=question.walks)
    if signal is not None:
        raise signal
    if question.accepts_number and re.fullmatch(r"[0-9]{12}", cleaned):
        raise NumberGiven(cleaned)
    return cleaned


def _heed(cleaned: str) -> None:
    if cleaned == HELP:
        raise WantHelp
    if cleaned == BACK:
        raise GoBack
    if text.fold_search(cleaned) == SAVE:
        raise Leave


def _command(cleaned: str, *, walks: bool) -> Signal | None:
    """The signal of a command behind a colon, None for any other text. Unclear for a command that nobody knows or that has no use here."""
    if not cleaned.startswith(":"):
        return None
    matched = _COMMAND.fullmatch(text.fold_search(cleaned))
    if not matched:
        return None
    word, rest = matched[1], cleaned.partition(" ")[2].strip()
    if word in _SAVE:
        return Leave()
    known: dict[str, Signal] = {**dict.fromkeys(_SHOW, ShowAnswers(rest)), **dict.fromkeys(_GO, GoTo(rest)), **dict.fromkeys(_UNDO, Undo())}
    if word not in known:
        raise Unclear(_("Không có lệnh “:{word}”. Các lệnh: :xem, :den, :huy, :luu.").format(word=word))
    if not walks:
        raise Unclear(_("Lệnh này chỉ dùng trong tờ khai."))
    return known[word]


def take_empty(question: Question) -> str:
    """What Enter alone means: the suggestion, "" when the question is optional; else Unclear."""
    if question.suggestion:
        return question.suggestion
    if question.optional:
        return ""
    raise Unclear(_("Câu này cần có câu trả lời."))


def take_text(question: Question, check: Check | None, raw: str) -> str:
    """A line of text that `check` accepts."""
    typed = receive(question, raw)
    if typed == EMPTY and question.optional:
        return ""
    answer = typed or take_empty(question)
    fault = check(answer) if check is not None and answer else None
    if fault:
        raise Unclear(fault)
    return answer


def take_secret(question: Question, check: Check | None, raw: str) -> str:
    """A secret as it was typed, erasures aside; never cleaned. Text that is no Unicode is Unclear."""
    secret = apply_erasures(raw)
    if len(secret) > LINE_LIMIT:
        raise Unclear(_("Dòng vừa nhập dài quá 2.000 ký tự. Hãy nhập lại ngắn hơn."))
    if any("\ud800" <= sign <= "\udfff" for sign in secret):
        raise Unclear(_("Có ký tự không đọc được. Hãy nhập lại."))
    _heed(secret)
    if not secret and not question.optional:
        raise Unclear(_("Câu này cần có câu trả lời."))
    fault = check(secret) if check is not None and secret else None
    if fault:
        raise Unclear(fault)
    return secret


def take_confirm(question: Question, raw: str) -> bool:
    """Yes or no; nothing is taken for granted."""
    typed = text.fold_search(receive(question, raw))
    if typed in _YES:
        return True
    if typed in _NO:
        return False
    raise Unclear(_("Gõ c (có) hoặc k (không)."))


def take_choices(question: Question, options: tuple[Option, ...], raw: str) -> tuple[str, ...]:
    """Several options by number or name, with commas (or spaces between numbers), in the order of the list."""
    typed = receive(question, raw)
    if typed == EMPTY and question.optional:
        return ()
    if not typed:
        return tuple(part for part in take_empty(question).split(",") if part)
    parts = typed.split() if re.fullmatch(r"[0-9 ]+", typed) else re.split(r"[,;]", typed)
    wanted = {_one(options, part.strip()).code for part in parts if part.strip()}
    if not wanted:
        return take_choices(question, options, "")
    return tuple(option.code for option in options if option.code in wanted)


def _one(options: tuple[Option, ...], part: str) -> Option:
    found = numbered(options, part) or exact(options, part)
    if found:
        return found
    hits = search(options, part)
    if len(hits) != 1:
        raise Unclear(_("Không rõ lựa chọn “{part}”. Gõ các số, cách nhau bằng dấu phẩy.").format(part=part))
    return hits[0]
