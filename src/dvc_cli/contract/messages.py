"""Calls and answers as HTTP sees them: one place builds and reads both, so that client and server cannot disagree."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from types import NoneType
from urllib.parse import quote

from dvc_cli.contract import operations
from dvc_cli.contract.documents import from_bytes, to_bytes
from dvc_cli.contract.operations import KEY, PREFIX, TOKEN, Operation
from dvc_cli.contract.secret import Secret
from dvc_cli.contract.wire import Reading, WireError, decode, encode
from dvc_cli.lazy_dataclasses import dataclass, field

JSON_TYPE = "application/json"
PROBLEM_TYPE = "application/problem+json"
RAW_TYPE = "application/octet-stream"

CORRELATION_HEADER = "X-Correlation-ID"
KEY_HEADER = "Idempotency-Key"
TRAINING_HEADER = "DVC-Training"

MOST_KEY = 200
MOST_PAGE = 100
MOST_CURSOR = 200

_BEARER = "Bearer "


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `path` is percent-encoded and begins with the contract's version; header names as in the constants here."""

    verb: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list and the cursor of the next, '' at the end."""

    items: tuple[object, ...]
    next: str


def call_of(row: Operation, given: Mapping[str, object]) -> Call:
    """The request that carries out `row` with these arguments. WireError for a text that cannot travel."""
    segments = {name: _segment(str(given[name]), name) for name in operations.path_arguments(row.name)}
    headers: dict[str, str] = {}
    token = given.get(TOKEN)
    if isinstance(token, Secret) and token.value:
        headers["Authorization"] = f"{_BEARER}{_header(token.value, TOKEN)}"
    if row.keyed:
        headers[KEY_HEADER] = _header(str(given[KEY]), KEY)
    body, kind = _body(row, given)
    if kind:
        headers["Content-Type"] = kind
    return Call(row.verb, f"{PREFIX}{row.path.format(**segments)}", headers, body)


def values_of(
    row: Operation,
    path: Mapping[str, str],
    headers: Mapping[str, str],
    body: bytes,
    content: Callable[[str], bytes] | None = None,
) -> dict[str, object]:
    """The arguments that a request brings; header names in lower case. WireError when it breaks the contract."""
    values: dict[str, object] = {name: decode(str, path[name], where=name) for name in operations.path_arguments(row.name)}
    if row.needs_token:
        values[TOKEN] = bearer_of(headers)
    if row.keyed:
        values[KEY] = _key_of(headers)
    raw = operations.raw_argument(row.name)
    if raw:
        return {**values, raw: body}
    return {**values, **_read_body(row, body, Reading(content=content))}


def bearer_of(headers: Mapping[str, str]) -> Secret:
    """The bearer token of a request, empty when it has none."""
    given = headers.get("authorization", "")
    return Secret(given[len(_BEARER) :].strip() if given.lower().startswith(_BEARER.lower()) else "")


def answer_body(value: object) -> bytes:
    """The body of a successful answer; empty for None."""
    return b"" if value is None else to_bytes(encode(value))


def answer_of(row: Operation, body: bytes) -> object:
    """The value in a successful answer; members that a newer server added are passed over. WireError when it breaks the contract."""
    kind = operations.answer(row.name)
    if kind in (None, NoneType):
        return None
    return decode(kind, from_bytes(body, lenient=True), Reading(lenient=True))


def page_body(page: Page) -> bytes:
    """The body of one page."""
    return to_bytes({"items": [encode(item) for item in page.items], "next": page.next or None})


def page_of(row: Operation, body: bytes) -> Page:
    """One page of a list. WireError when it breaks the contract."""
    document = from_bytes(body, lenient=True)
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise WireError("items", "missing")
    kind, reading = operations.page_item(row.name), Reading(lenient=True)
    items = tuple(decode(kind, item, reading, f"items[{at}]") for at, item in enumerate(document["items"]))
    following = document.get("next")
    return Page(items, "" if following is None else str(decode(str, following, where="next")))


def etag_of(body: bytes) -> str:
    """The ETag of an answer's body."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _body(row: Operation, given: Mapping[str, object]) -> tuple[bytes, str]:
    raw = operations.raw_argument(row.name)
    if raw:
        content = given[raw]
        return (content if isinstance(content, bytes) else b""), RAW_TYPE
    alone = operations.body_is_value(row.name)
    if alone:
        return to_bytes(encode(given[alone])), JSON_TYPE
    names = operations.body_arguments(row.name)
    return (to_bytes({name: encode(given[name]) for name in names}), JSON_TYPE) if names else (b"", "")


def _read_body(row: Operation, body: bytes, reading: Reading) -> dict[str, object]:
    names = operations.body_arguments(row.name)
    if not names:
        if body:
            raise WireError("", "this request has no body")
        return {}
    kinds, document = operations.arguments(row.name), from_bytes(body)
    alone = operations.body_is_value(row.name)
    if alone:
        return {alone: decode(kinds[alone], document, reading)}
    if not isinstance(document, dict) or set(document) - set(names):
        raise WireError("", "not an object with the members " + ", ".join(names))
    missing = [name for name in names if name not in document]
    if missing:
        raise WireError(missing[0], "missing")
    return {name: decode(kinds[name], document[name], reading, name) for name in names}


def _key_of(headers: Mapping[str, str]) -> str:
    key = headers.get(KEY_HEADER.lower(), "")
    if not 1 <= len(key) <= MOST_KEY or not key.isascii() or not key.isprintable():
        raise WireError(KEY_HEADER, f"1 to {MOST_KEY} printable characters")
    return key


def _segment(text: str, where: str) -> str:
    try:
        return quote(text, safe="", errors="strict")
    except UnicodeEncodeError as error:
        raise WireError(where, "text that is no Unicode") from error


def _header(text: str, where: str) -> str:
    # What stands in a header is ours or the server's own; a line end in it would be another header.
    if not text.isascii() or not text.isprintable() or text != text.strip():
        raise WireError(where, "text that cannot stand in a header")
    return text
