"""What a file is by its content; its name is not believed."""

from __future__ import annotations

_SIGNATURES = ((b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"))
_LEADING = b"\xef\xbb\xbf\x00 \t\r\n"  # what some scanners' programs write before %PDF


def kind_of(content: bytes) -> str | None:
    """pdf, jpeg or png by the first bytes; None for anything else, an empty file included."""
    for signature, kind in _SIGNATURES:
        start = content[:1024].lstrip(_LEADING) if kind == "pdf" else content
        if start.startswith(signature):
            return kind
    return None
