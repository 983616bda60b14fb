"""Search without diacritics over very many receipts: folded lines, packed into encrypted pages of some tens of kilobytes.

A record per receipt cannot be opened for each of a hundred thousand receipts while somebody waits, and an index of words that could be
looked up without opening anything would tell how common each name is. A page tells its size alone; a hundred thousand lines are about
a hundred pages, and searching one is a search in bytes. A new line rewrites the last page only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dvc_cli.desk.boxes import Boxes
from dvc_cli.desk.keys import DeskKey
from dvc_cli.disk.boxes import BrokenBoxError, seal, subkey, unseal
from dvc_cli.disk.database import Database
from dvc_cli.disk.files import corrupt
from dvc_cli.language import _
from dvc_cli.text import fold_search

if TYPE_CHECKING:
    import sqlite3

_PURPOSE = "pages"
PAGE_BYTES = 48_000
_END, _TAB = b"\n", b"\t"


class Pages:
    """The search lines of one desk: a code and the text that it is found by. Failures are StoreError; writing only inside a write."""

    def __init__(self, database: Database, key: DeskKey) -> None:
        self._database = database
        self._key = subkey(key.value, _PURPOSE)

    def search(self, text: str, limit: int) -> tuple[str, ...]:
        """At most `limit` codes whose line holds every word of `text`, the line added last first; case and diacritics do not matter."""
        words = fold_search(text).encode("utf-8", "replace").split()
        found: list[str] = []
        if not words:
            return ()
        for _number, page in self._pages():
            for line in _matching(page, words):
                found.append(line.partition(_TAB)[0].decode("utf-8").upper())
                if len(found) == limit:
                    return tuple(found)
        return tuple(found)

    def append(self, lines: Iterable[tuple[str, str]]) -> None:
        """Add lines (code, text) behind the last one. A code must not be there yet."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT number, box FROM pages ORDER BY number DESC LIMIT 1").fetchone()
            number, page = (1, b"") if row is None else (int(row[0]), self._open(row[0], row[1]))
            for code, text in lines:
                line = _line(code, text)
                if page and len(page) + len(line) > PAGE_BYTES:
                    self._write(connection, number, page)
                    number, page = number + 1, b""
                page += line
            self._write(connection, number, page)

    def remove(self, code: str) -> None:
        """Take the line of a code out; nothing happens when there is none."""
        for number, page in self._pages():
            at = _find(page, code)
            if at >= 0:
                kept = page[:at] + page[page.index(_END, at) + 1 :]
                with self._database.reading() as connection:
                    self._write(connection, number, kept)
                return

    def clear(self) -> None:
        """Take every line out."""
        with self._database.reading() as connection:
            connection.execute("DELETE FROM pages")

    def _pages(self) -> Iterator[tuple[int, bytes]]:
        """Every page, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT number, box FROM pages ORDER BY number DESC").fetchall()
        for number, box in rows:
            yield int(number), self._open(number, box)

    def _open(self, number: object, box: object) -> bytes:
        try:
            return unseal(self._key, box if isinstance(box, bytes) else b"", _label(number))
        except BrokenBoxError as error:
            raise corrupt(_("Trang tìm kiếm {number} không giải mã được và được giữ nguyên.").format(number=number)) from error

    def _write(self, connection: sqlite3.Connection, number: int, page: bytes) -> None:
        box = seal(self._key, page, _label(number))
        connection.execute("INSERT OR REPLACE INTO pages (number, box) VALUES (?, ?)", (number, box))


def _label(number: object) -> str:
    return f"page|{number}"


def _line(code: str, text: str) -> bytes:
    return _bare(code) + _TAB + _bare(text) + _END


def _bare(text: str) -> bytes:
    return " ".join(fold_search(text).split()).encode("utf-8", "replace")


def _find(page: bytes, code: str) -> int:
    start = _bare(code) + _TAB
    if page.startswith(start):
        return 0
    at = page.find(_END + start)
    return at if at < 0 else at + 1


def _matching(page: bytes, words: list[bytes]) -> Iterator[bytes]:
    """The lines that hold every word, the last one first; looked for by the word that is rarest on this page."""
    counts = [page.count(word) for word in words]
    rarest, end = words[counts.index(min(counts))], len(page) if all(counts) else 0
    while (at := page.rfind(rarest, 0, end)) >= 0:
        start = page.rfind(_END, 0, at) + 1
        line = page[start : page.index(_END, at)]
        if all(word in line for word in words):
            yield line
        end = start


BOXES = Boxes("pages", _PURPOSE, "number", ("number",), lambda parts: _label(*parts))
