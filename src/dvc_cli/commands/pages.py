"""Pages that need nothing but the command table: root help, help topics, completion scripts. Vietnamese first, English on request."""

from __future__ import annotations

from dvc_cli.commands.table import GROUPS, top_level

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

INTRO_VI = "dvc — trợ lý dòng lệnh của quầy một cửa. Mặc định nói chuyện với sandbox, một cổng tập huấn nằm trọn trong máy này."
INTRO_EN = "dvc — terminal assistant of the ward counter. By default it talks to the sandbox, a training portal inside this machine."


def root_help(*, english: bool) -> str:
    """The page of `dvc --help`."""
    lines = [INTRO_EN if english else INTRO_VI, "", _pick("Cách dùng: dvc LỆNH [CỜ…]", "Usage: dvc COMMAND [FLAGS…]", english)]
    for group, vi, en in GROUPS:
        entries = [one for one in top_level() if one.group == group]
        lines += ["", _pick(vi, en, english)]
        for one in entries:
            names = f"{one.name} ({one.alias})" if one.alias else one.name
            lines.append(f"  {names.ljust(32)}{_pick(one.vi, one.en, english)}")
    lines += [
        "",
        _pick("Cờ của mọi lệnh, đứng sau tên lệnh:", "Flags of every command, after its name:", english),
        f"  --json --no-input --lang vi|en --backend {_pick('TÊN', 'NAME', english)} --url URL --plain --verbose --help",
        "",
        _pick("Xem thêm:", "See also:", english),
        f"  dvc {_pick('LỆNH', 'COMMAND', english)} --help · dvc --version · dvc help exit-codes|environment|answers|accessibility",
    ]
    return "\n".join(lines) + "\n"


def page_of(words: Sequence[str], *, english: bool) -> str | None:
    """The page of `dvc help …` or `dvc completion …`; None when another path must answer (a command's help, a fault)."""
    plain = _without_language(words)
    if plain in (["help"], ["help", "--help"]):
        return root_help(english=english)
    if "--help" in plain or len(plain) != 2:  # noqa: PLR2004 - the command and its one argument
        return None
    if plain[0] == "completion":
        from dvc_cli.commands.completion import script

        return script(plain[1])
    from dvc_cli.commands.topics import topic

    return topic(plain[1], english=english)


def _without_language(words: Sequence[str]) -> list[str]:
    kept = [word for word in words if not word.startswith("--lang=")]
    if "--lang" in kept:
        at = kept.index("--lang")
        del kept[at : at + 2]
    return kept


def _pick(vi: str, en: str, english: bool) -> str:
    return en if english else vi
