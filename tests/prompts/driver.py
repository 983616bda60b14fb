"""A tiny program that asks one scenario through the chosen prompter and writes what came back as JSON: driver.py OUT SCENARIO [plain]."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from dvc_cli.prompts.choosing import choose_prompter
from dvc_cli.prompts.prompter import Option, Question, Signal

RELATIONS = (Option("cha", "Cha"), Option("me", "Mẹ"), Option("nguoi_giam_ho", "Người giám hộ/đại diện hợp pháp"))
WARDS = (*(Option(str(31000 + number), f"Phường Số {number}") for number in range(1, 26)), Option("31150", "Phường Cái Khế"))


def find(typed):
    from dvc_cli.prompts.matching import search

    return search(WARDS, typed)


def scenario(name, asking):
    place = {"section": "Người mẹ", "number": 5, "total": 12, "section_number": 3, "section_total": 9, "left": 8}
    match name:
        case "text":
            yield lambda: asking.text(Question("name", "Tên", **place))
        case "two":
            yield lambda: asking.text(Question("one", "Câu thứ nhất"))
            yield lambda: asking.text(Question("two", "Câu thứ hai"))
        case "checked":
            yield lambda: asking.text(Question("phone", "Điện thoại"), lambda typed: None if len(typed) == 10 else "Cần 10 chữ số.")
        case "suggested":
            yield lambda: asking.text(Question("surname", "Họ mẹ", suggestion="Trần", origin="theo người yêu cầu", optional=True))
        case "secret":
            yield lambda: asking.secret(Question("password", "Mật khẩu"))
        case "choice":
            yield lambda: asking.choice(Question("relation", "Quan hệ", **place), RELATIONS)
        case "pick":
            yield lambda: asking.pick(Question("ward", "Phường, xã"), find)
        case "choices":
            yield lambda: asking.choices(Question("several", "Chọn nhiều"), RELATIONS)
        case "confirm":
            yield lambda: asking.confirm(Question("sure", "Đúng không?"))
        case "card":
            yield lambda: asking.text(Question("surname", "Họ mẹ", accepts_card=True))
            yield lambda: asking.text(Question("detail", "Chi tiết", optional=True, suggestion="Số 9"))


def main():
    out, name, *plain = sys.argv[1:]
    asking = choose_prompter(sys.stdin, sys.stderr, os.environ, plain=bool(plain))
    replies = []
    try:
        for ask in scenario(name, asking):
            try:
                replies.append(ask())
            except Signal as signal:
                replies.append(f"{type(signal).__name__} {getattr(signal, 'text', '')}".rstrip())
    except KeyboardInterrupt:
        replies.append("KeyboardInterrupt")
    Path(out).write_text(json.dumps([type(asking).__name__, *replies]), encoding="utf-8")
    print("kết quả trên stdout")
    return 0


if __name__ == "__main__":
    sys.exit(main())
