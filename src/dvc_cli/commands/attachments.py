"""Files that a person attaches: read once, bounded, judged by content."""

from __future__ import annotations

from pathlib import Path

from dvc_cli.domain.dossier import AttachmentFile
from dvc_cli.domain.filetypes import HEAD_BYTES, sniff
from dvc_cli.forms import AttachmentAnswer
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.text import clean

MOST_BYTES = 20_000_000
NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The facts of one file and its content; a file that cannot be read, or is far too large, has no content."""

    facts: AttachmentFile
    content: bytes


def read_file(item: AttachmentAnswer, folder: Path) -> ReadFile:
    """Read the file of an answer; a relative path begins at `folder`. Never raises: the rules say what is wrong with the facts."""
    path = folder / item.file
    name = clean(path.name, NAME_LIMIT) or item.id
    try:
        if not path.is_file():  # a device or a pipe has no end
            return _unreadable(item, name)
        size = path.stat().st_size
        with path.open("rb") as file:
            content = file.read(HEAD_BYTES if size > MOST_BYTES else MOST_BYTES + 1)
    except (OSError, ValueError):
        return _unreadable(item, name)
    if size > MOST_BYTES or len(content) > MOST_BYTES:
        return ReadFile(AttachmentFile(item.slot, item.id, name, max(size, len(content)), sniff(content), ""), b"")
    return ReadFile(facts_of(item.slot, item.id, name, content), content)


def facts_of(slot: int, paper_id: str, name: str, content: bytes) -> AttachmentFile:
    """The facts that the content itself tells."""
    import hashlib  # loads OpenSSL, which a dossier without files does not need

    return AttachmentFile(slot, paper_id, name, len(content), sniff(content), hashlib.sha256(content).hexdigest())


def _unreadable(item: AttachmentAnswer, name: str) -> ReadFile:
    return ReadFile(AttachmentFile(item.slot, item.id, name, 0, None, ""), b"")
