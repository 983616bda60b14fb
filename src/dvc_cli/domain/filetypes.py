"""The kind of a file by its first bytes; the name of a file says nothing."""

from __future__ import annotations

from typing import Literal

FileKind = Literal["pdf", "jpeg", "png"]

HEAD_BYTES = 8
"""How many bytes from the beginning of a file `sniff` needs."""

_SIGNATURES: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
)


def sniff(head: bytes) -> FileKind | None:
    """`pdf`, `jpeg` or `png` by the signature that the content begins with; None when it is none of the three or too short to tell."""
    return next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None)
