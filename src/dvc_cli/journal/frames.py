"""A chain of exceptions by type and place; never a message, an argument or a local value."""

from __future__ import annotations

import hashlib
from pathlib import Path
from traceback import extract_tb

_MOST = 60  # frames; enough of any chain
_PARTS = 4  # of a path: the folders above tell who works here


def chain(error: BaseException) -> list[str]:
    """Each exception of the chain, the last raised first, and its frames as `file:line function`."""
    lines: list[str] = []
    for each in _causes(error):
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}")
        frames = [
            f"{'/'.join(Path(frame.filename).parts[-_PARTS:])}:{frame.lineno} {frame.name}" for frame in extract_tb(each.__traceback__)
        ]
        lines += frames[-_MOST:]
    return lines


def fingerprint(error: BaseException) -> str:
    """Eight letters and digits that are the same wherever the same thing goes wrong in the same version."""
    places = [
        f"{type(each).__qualname__} {frame.name} {frame.lineno}"
        for each in _causes(error)
        for frame in extract_tb(each.__traceback__)[-_MOST:]
    ]
    return hashlib.blake2b("\n".join(places).encode("utf-8", "replace"), digest_size=4).hexdigest().upper()


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    seen: BaseException | None = error
    while seen is not None and seen not in found and len(found) < _MOST:
        found.append(seen)
        seen = seen.__cause__ or seen.__context__
    return found
