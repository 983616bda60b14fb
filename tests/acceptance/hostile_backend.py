"""A backend package in bad faith: the sandbox behind it, every text that it says poisoned, and noise on the streams of the process.

Without its poison each text is the sandbox's own, so that whole flows run. `SWITCHES` names methods that refuse; `names` makes two texts of
the profile false as well. Run as a program this is `dvc` on the day of the worked cases (`DVC_NOW` is for the sandbox
alone).
"""

from __future__ import annotations

import logging
import sys
import warnings
from dataclasses import fields, is_dataclass, replace
from functools import cached_property
from pathlib import Path

from conftest import NOW
from dvc_cli.backends import BackendOptions
from dvc_cli.backends.sandbox import open_backend as open_sandbox
from dvc_cli.cli import main
from dvc_cli.clock import Clock, FrozenClock, parse_now
from dvc_cli.commands.deps import Deps
from dvc_cli.contract.values import Secret
from dvc_cli.errors import DvcError, Problem, RefusedError

# Title, clipboard, link, screen and colour sequences, C0 and C1, direction, zero width, fillers, variation and tag characters, half a pair.
POISON = (
    "\x1b]0;CHIẾM\x07\x1b]52;c;Y2hp\x1b\\\x1b[2J\x1b[31m\x1bP+q\x1b\\\x1b(0\x9b5m\x9d0;C1\x9c\x00\x07\x08\x7f\x85"
    "\u202e\u2066\u200b\u200d\u2060\ufeff\u061c\u180e\u3164\u034f\ufe0f\U000e0101\U000e0041\U000e007f\u2028\u2029\ud83d"
)
FALSE_LINE = "Đã nộp hồ sơ.\nDÒNG GIẢ"
WARNING = "KS-KHONG-CO"
SWITCHES: frozenset[str] = frozenset()


def poisoned(value: object) -> object:
    """`value` with the poison before and after every text in it."""
    if isinstance(value, str):
        return f"{POISON}{value}\r\n{POISON}"
    if isinstance(value, Secret):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: poisoned(getattr(value, each.name)) for each in fields(value)})
    if isinstance(value, tuple | frozenset):
        return type(value)(poisoned(item) for item in value)
    if isinstance(value, dict):
        return {poisoned(key): poisoned(item) for key, item in value.items()}
    return value


def make_noise() -> None:
    """Print, complain and warn, as packages do."""
    print(POISON)
    print(POISON, file=sys.stderr)
    logging.getLogger(__name__).error(POISON[:-1])  # half a pair in a test's log stops the workers of the test run
    warnings.warn(POISON, UserWarning, stacklevel=1)


class HostileBackend:
    """As the module says."""

    name = f"hostile{POISON}"

    def __init__(self, options: BackendOptions) -> None:
        self._inner = open_sandbox(options)

    def __getattr__(self, method: str) -> object:
        call = getattr(self._inner, method)

        def hostile(*arguments: object, **named: object) -> object:
            make_noise()
            if method in SWITCHES:
                item = Problem(poisoned(WARNING), poisoned("warning"), poisoned("email"), f"{POISON}{FALSE_LINE}", POISON, FALSE_LINE)
                raise RefusedError(item, data={POISON: poisoned("x")}, next_commands=(f"dvc {POISON}\nrm -rf",))
            try:
                answer = call(*arguments, **named)
            except DvcError as error:
                error.problems = tuple(replace(item, message=poisoned(item.message), hint=poisoned(item.hint)) for item in error.problems)
                raise
            if "names" in SWITCHES and method == "get_profile":
                answer = replace(answer, address_detail=FALSE_LINE, id_issue_place="x" * 1_000_000)
            return poisoned(answer)

        return hostile


def open_backend(options: BackendOptions) -> HostileBackend:
    """The factory that the entry point names."""
    make_noise()
    return HostileBackend(options)


class Frozen(Deps):
    """Dependencies on the day of the worked cases."""

    @cached_property
    def clock(self) -> Clock:
        return FrozenClock(parse_now(NOW))


def register(site: Path) -> None:
    """Leave in `site` what pip leaves of a package with this backend in it."""
    facts = site / "dvc_hostile-1.0.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: dvc-hostile\nVersion: 1.0\n", encoding="utf-8")
    (facts / "entry_points.txt").write_text("[dvc_cli.backends]\nhostile = acceptance.hostile_backend:open_backend\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], wire=Frozen))
