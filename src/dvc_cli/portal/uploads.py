"""Files that came ahead of their dossier: kept for a day under owner and hash."""

from __future__ import annotations

import hashlib
import re
from typing import cast

from dvc_cli.contract.secret import Secret
from dvc_cli.contract.uploads import MOST_BYTES
from dvc_cli.errors import NotFoundError, RefusedError, problem
from dvc_cli.language import _
from dvc_cli.portal.instants import earlier, stamp
from dvc_cli.portal.limits import upload_lifetime
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.sessions import Who

_SHA256 = re.compile(r"[0-9a-f]{64}")


class PortalUploads:
    """`contract.uploads.Uploads`, spoken by a portal."""

    def __init__(self, portal: Portal, who: Who) -> None:
        self._portal, self._who = portal, who

    def has_attachment(self, token: Secret, sha256: str) -> None:
        """Whether the session's person has sent this file. NotFoundError BE-REFUSED when not."""
        _column(self._portal, "sha256", self._who(token).id_number, sha256)

    def put_attachment(self, token: Secret, sha256: str, content: bytes) -> None:
        """Keep a file; older ones that nobody came for go."""
        owner = self._who(token).id_number
        if len(content) > MOST_BYTES:
            raise RefusedError(problem("BE-REFUSED", "attachments", detail=_("Tệp quá lớn."), source="http"))
        if hashlib.sha256(content).hexdigest() != sha256:
            raise RefusedError(problem("BE-REFUSED", "attachments", detail=_("Tệp đến không nguyên vẹn."), source="http"))
        now = self._portal.now()
        with self._portal.write() as connection:
            connection.execute("DELETE FROM uploads WHERE at < ?", (stamp(earlier(now, upload_lifetime(now.date()))),))
            connection.execute(
                "INSERT INTO uploads (owner, sha256, content, at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (owner, sha256) DO UPDATE SET at = excluded.at",
                (owner, sha256, content, stamp(now)),
            )


def stored(portal: Portal, owner: str, sha256: str) -> bytes:
    """The content of a file that `owner` has sent. NotFoundError BE-REFUSED."""
    return cast("bytes", _column(portal, "content", owner, sha256))


def _column(portal: Portal, name: str, owner: str, sha256: str) -> str | bytes:
    row = None
    if _SHA256.fullmatch(sha256):
        query = f"SELECT {name} FROM uploads WHERE owner = ? AND sha256 = ?"  # noqa: S608 - one of two names
        with portal.read() as connection:
            row = connection.execute(query, (owner, sha256)).fetchone()
    if row is None:
        raise NotFoundError(problem("BE-REFUSED", "attachments", detail=_("Tệp này chưa được gửi lên."), source="http"))
    return cast("str | bytes", row[0])
