"""The wrapper that keeps a secret out of logs, exceptions and tests' output."""

from __future__ import annotations

from dvc_cli.lazy_dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """A password, code or token on its way; never shown by `repr` or `str`."""

    value: str = field(repr=False)

    def __str__(self) -> str:
        return "***"
