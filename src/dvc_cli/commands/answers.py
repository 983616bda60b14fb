"""Where answers come from: `--answers FILE` (or `-`), and `--set KEY=VALUE` which wins over it. Secrets never come from a flag."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import AskingFlags
from dvc_cli.errors import Problem, UsageError, problem
from dvc_cli.forms import answers_format, parse_answers
from dvc_cli.forms.answers import MAX_BYTES, STANDARD_INPUT, RawValue
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass

SECRETS = frozenset({"password", "password_again", "current_password", "otp"})
TABLES = ("acknowledge",)


@dataclass(frozen=True, slots=True)
class RawAnswers:
    """What was given, as text; `folder` is where relative paths of attachments begin; `from_file` tells a real file from standard input."""

    raw: dict[str, RawValue]
    folder: Path
    from_file: bool

    @property
    def keys(self) -> frozenset[str]:
        """All keys, those inside groups included."""
        inner = {key for value in self.raw.values() if isinstance(value, dict) for key in value}
        return frozenset(self.raw) | inner

    def without(self, keys: Collection[str]) -> dict[str, RawValue]:
        """The table without some top-level keys."""
        return {key: value for key, value in self.raw.items() if key not in keys}

    def text(self, key: str) -> str | None:
        """A top-level text; None when it is absent or not one text."""
        value = self.raw.get(key)
        return value if isinstance(value, str) else None


def read_answers(flags: AskingFlags, deps: Deps) -> RawAnswers:
    """Read the answers of a command line. UsageError A-USAGE, A-ENCODING, A-TOO-LARGE; every wrong `--set` at once."""
    raw: dict[str, RawValue] = {}
    folder, from_file = deps.world.folder, False
    if flags.answers:
        path = deps.world.folder / flags.answers
        raw = dict(parse_answers(_content(flags.answers, path, deps), answers_format(flags.answers)))
        if flags.answers != STANDARD_INPUT:
            folder, from_file = path.parent, True
    _add_settings(raw, flags.set_)
    deps.journal.know(_texts(raw))
    return RawAnswers(raw, folder, from_file)


def check_secret_source(answers: RawAnswers, deps: Deps) -> None:
    """A file on the disk may hold secrets only where everybody is invented. UsageError A-USAGE naming the keys."""
    held = sorted(answers.keys & SECRETS)
    if held and answers.from_file and not deps.backend.capabilities().invented_people:
        detail = _("Mật khẩu và mã không được nằm trong tệp trả lời.")
        raise UsageError(*(problem("A-USAGE", key, detail=detail, hint=_("Nhập ẩn, hoặc đưa qua --answers -.")) for key in held))


def _texts(value: RawValue | dict[str, RawValue]) -> Iterator[str]:
    """Every text in a table, however deep; no log may repeat one."""
    if isinstance(value, str):
        yield value
        return
    for entry in value.values() if isinstance(value, dict) else value:
        yield from _texts(entry)


def _content(name: str, path: Path, deps: Deps) -> bytes:
    if name == STANDARD_INPUT:
        return deps.world.read_stdin(MAX_BYTES)
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        raise UsageError(problem("A-USAGE", "answers", detail=_("Không đọc được tệp trả lời."))) from None


def _add_settings(raw: dict[str, RawValue], settings: list[str]) -> None:
    given: dict[str, list[str]] = {}
    faults: list[Problem] = []
    for setting in settings:
        key, equals, value = setting.partition("=")
        key = key.strip()
        if not equals or not key:
            faults.append(problem("A-USAGE", detail=_("--set cần KHÓA=GIÁ_TRỊ.")))
        elif key in SECRETS:
            hint = _("Nhập ẩn, hoặc đưa qua --answers -.")
            faults.append(problem("A-USAGE", key, detail=_("Mật khẩu và mã không bao giờ qua --set."), hint=hint))
        else:
            given.setdefault(key, []).append(value)
    if faults:
        raise UsageError(*faults)
    for key, values in given.items():
        _put(raw, key, values[0] if len(values) == 1 else list(values))


def _put(raw: dict[str, RawValue], key: str, value: RawValue) -> None:
    """Set a key wherever the file has it; `acknowledge.CODE` reaches into its table."""
    table, _dot, inner = key.partition(".")
    if table in TABLES and inner:
        reasons = raw.setdefault(table, {})
        if isinstance(reasons, dict):
            reasons[inner] = value
            return
    holding = [group for group in raw.values() if isinstance(group, dict) and key in group]
    for group in holding:
        group[key] = value
    if not holding or key in raw:
        raw[key] = value
