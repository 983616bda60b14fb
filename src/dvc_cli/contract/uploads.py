"""Files on their way: over a wire a file goes ahead of its dossier, under the SHA-256 of its content."""

from __future__ import annotations

from typing import Protocol

from dvc_cli.contract.secret import Secret

MOST_BYTES = 8 * 1024 * 1024


class Uploads(Protocol):
    """Where files wait for the dossier that names them; each account sees its own only."""

    def has_attachment(self, token: Secret, sha256: str) -> None:
        """Whether the account's file with this hash is here. NotFoundError (BE-REFUSED) when it has to be sent."""
        ...

    def put_attachment(self, token: Secret, sha256: str, content: bytes) -> None:
        """Keep a file for at least a day. RefusedError (BE-REFUSED) when the content has another hash or is too large."""
        ...
