"""The built-in backend `http`: any server that speaks the contract (`docs/openapi.json`), told by its address."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from itertools import chain, repeat
from typing import cast
from urllib.parse import quote

from dvc_cli.backends.http_address import read_address, total_seconds
from dvc_cli.backends.http_login import Opened, PageLogins
from dvc_cli.backends.http_retry import with_retries
from dvc_cli.backends.http_wire import FIRST_ERROR, Reply, Wire
from dvc_cli.backends.invented import holds_invented
from dvc_cli.backends.options import BackendOptions
from dvc_cli.clock import Clock
from dvc_cli.contract import operations
from dvc_cli.contract.backend import Backend
from dvc_cli.contract.faults import error_of, malformed, wrong_address
from dvc_cli.contract.messages import CORRELATION_HEADER, MOST_CURSOR, MOST_PAGE, Call, answer_of, call_of, page_of
from dvc_cli.contract.oauth import BROWSER, QR, BrowserLogin, QrLogin
from dvc_cli.contract.operations import OPERATIONS, Operation, operation
from dvc_cli.contract.secret import Secret
from dvc_cli.contract.values import Account, Capabilities, Session
from dvc_cli.contract.wire import WireError, files_of
from dvc_cli.errors import BadReplyError, DvcError, NotFoundError, NotSupportedError, RefusedError, UnavailableError, problem
from dvc_cli.language import language

MOST_PAGES = 1_000

_REDIRECTS = range(300, 400)
_STRONG_TAG = re.compile(r'"[!#-~]{0,200}"')
_NAMES = frozenset(row.name for row in OPERATIONS)


def open_backend(options: BackendOptions) -> Backend:
    """The server at `options.url`; nothing is sent before the first call. UsageError A-USAGE: address, certificates, proxy, time limit."""
    address = read_address(options.url)
    wire, seconds = Wire(address, options.network), total_seconds(options.network)
    return cast("Backend", HttpBackend(wire, seconds, PageLogins(wire, address.base, seconds, options.clock), options.clock))


class HttpBackend:
    """The contract, spoken to a server: each operation of the table is a method. See `dvc_cli.contract.backend` for what each promises."""

    name = "http"

    def __init__(self, wire: Wire, seconds: float, pages: PageLogins, clock: Clock) -> None:
        self._wire, self._seconds, self._pages, self._clock = wire, seconds, pages, clock
        self._able: Capabilities | None = None
        self._tags: dict[tuple[str, tuple[object, ...]], str] = {}

    def capabilities(self) -> Capabilities:
        """What the server says that it can do; asked once."""
        if self._able is None:
            able = self.perform(operation("capabilities"), {})
            if not isinstance(able, Capabilities):
                raise BadReplyError(problem("BE-BAD-REPLY"))
            self._able = able
        return self._able

    def begin_qr_login(self) -> QrLogin:
        """As `QrLogins`. NotSupportedError BE-NOT-SUPPORTED when the server does not do it."""
        self._need(QR)
        return self._pages.begin_device()

    def ask_qr_login(self, device_code: Secret) -> Session | None:
        """As `QrLogins`."""
        self._need(QR)
        opened = self._pages.ask_device(device_code)
        return self._session(opened) if opened else None

    def begin_browser_login(self, redirect_uri: str) -> BrowserLogin:
        """As `BrowserLogins`. NotSupportedError BE-NOT-SUPPORTED when the server does not do it."""
        self._need(BROWSER)
        return self._pages.begin_browser(redirect_uri)

    def end_browser_login(self, login: BrowserLogin, answer: Mapping[str, str]) -> Session:
        """As `BrowserLogins`."""
        opened = self._pages.end_browser(login, answer)
        session = self._session(opened)
        if session.account.id_number != opened.subject:
            raise BadReplyError(problem("BE-BAD-REPLY", detail="(OAuth: sub)"))
        return session

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()

    def __getattr__(self, name: str) -> _Method:
        if name not in _NAMES:
            raise AttributeError(name)
        return _Method(self, operation(name))

    def perform(self, row: Operation, given: Mapping[str, object]) -> object:
        """Carry out one operation of the table with arguments by name."""
        try:
            call = call_of(row, given)
        except WireError as error:  # a text that no request can hold
            raise malformed(error) from error
        self._keep_invented_people_here(given)
        try:
            self._send_files(given)
            if row.paged:
                return self._all_pages(row, call, given)
            return answer_of(row, self._exchange(row, call, given).body)
        except WireError as error:
            raise BadReplyError(problem("BE-BAD-REPLY", detail=f"({row.name}: {str(error)[:120]})")) from error

    def _need(self, way: str) -> None:
        if way not in self.capabilities().logins:
            raise NotSupportedError(problem("BE-NOT-SUPPORTED"))

    def _session(self, opened: Opened) -> Session:
        account = self.perform(operation("who_am_i"), {"token": opened.token})
        if not isinstance(account, Account):
            raise BadReplyError(problem("BE-BAD-REPLY"))
        now = self._clock.now()
        until = now + timedelta(seconds=opened.seconds)
        return Session(account, opened.token, opened.refresh_token, until, now + timedelta(seconds=opened.renewable))

    def _all_pages(self, row: Operation, call: Call, given: Mapping[str, object]) -> tuple[object, ...]:
        found: list[object] = []
        path, cursors = call.path, set[str]()
        for _page in range(MOST_PAGES):
            page = page_of(row, self._exchange(row, call, given).body)
            found.extend(page.items)
            if not page.next:
                return tuple(found)
            if page.next in cursors or len(page.next) > MOST_CURSOR:
                break
            cursors.add(page.next)
            call = Call(call.verb, f"{path}?limit={MOST_PAGE}&cursor={quote(page.next, safe='')}", call.headers)
        raise BadReplyError(problem("BE-BAD-REPLY", detail="(next)"))

    def _send_files(self, given: Mapping[str, object]) -> None:
        """Files go ahead, each once: what the server has already is not sent again."""
        for file in (file for value in given.values() for file in files_of(value)):
            facts: dict[str, object] = {"token": given["token"], "sha256": file.sha256}
            try:
                self._exchange(row := operation("has_attachment"), call_of(row, facts), facts)
            except NotFoundError:
                row = operation("put_attachment")
                with _nothing_done_yet():
                    self._exchange(row, call_of(row, {**facts, "content": file.content}), facts)

    def _exchange(self, row: Operation, call: Call, given: Mapping[str, object]) -> Reply:
        headers = {**call.headers, CORRELATION_HEADER: secrets.token_hex(8), "Accept-Language": language()}
        guard = self._tags.get((row.guarded_by, _which(given)))
        guarded = {**headers, "If-Match": guard} if guard else headers
        # Sent again, it may meet the state that it has made itself: a key tells so, and without one repeating does no harm.
        tries = chain([guarded], repeat(guarded if row.keyed else headers))
        deadline = time.monotonic() + self._seconds
        reply = with_retries(
            lambda: self._try(row, Call(call.verb, call.path, next(tries), call.body), deadline),
            may_repeat=row.may_repeat,
            deadline=deadline,
        )
        if row.tagged:
            tag = reply.headers.get("etag", "")
            # A weak tag (of a proxy that packs) never fits If-Match (RFC 9110, 13.1.1): sent, it would be refused each time.
            self._tags[row.guarded_by or row.name, _which(given)] = tag if _STRONG_TAG.fullmatch(tag) else ""
        return reply

    def _try(self, row: Operation, call: Call, deadline: float) -> Reply:
        try:
            reply = self._wire.send(call, deadline)
        except UnavailableError as error:
            if error.maybe_done and not row.changes:  # it was only a question: nothing can have been carried out
                raise UnavailableError(problem("BE-UNREACHABLE"), data=error.data) from error
            raise
        if reply.status in _REDIRECTS:
            raise BadReplyError(problem("BE-BAD-REPLY", detail=f"(HTTP {reply.status})", hint=wrong_address()))
        if reply.status >= FIRST_ERROR:
            raise _error_of(row, reply)
        return reply

    def _keep_invented_people_here(self, given: Mapping[str, object]) -> None:
        """Training numbers leave for a training server only; asked before the files of a dossier go ahead of it."""
        if holds_invented(given) and not self.capabilities().invented_people:
            raise RefusedError(problem("A-INVENTED"))


class _Method:
    """One operation as a method: arguments by position or by name."""

    def __init__(self, backend: HttpBackend, row: Operation) -> None:
        self._backend, self._row = backend, row

    def __call__(self, *given: object, **named: object) -> object:
        names = tuple(operations.arguments(self._row.name))
        if len(given) > len(names):
            raise TypeError(self._row.name)
        return self._backend.perform(self._row, dict(zip(names, given, strict=False)) | named)


@contextmanager
def _nothing_done_yet() -> Iterator[None]:
    """A file that was lost on its way says nothing about the dossier: that has not been sent."""
    try:
        yield
    except UnavailableError as error:
        raise UnavailableError(problem("BE-UNREACHABLE"), data=error.data) from error


def _error_of(row: Operation, reply: Reply) -> DvcError:
    seconds = reply.retry_after
    error = error_of(reply.status, reply.body, seconds, bodiless=row.verb == "HEAD")
    if isinstance(error, UnavailableError):
        maybe = error.maybe_done and row.changes
        told = error.problems if maybe == error.maybe_done else (problem("BE-UNREACHABLE"),)
        waiting = {"retry_after": seconds} if seconds is not None else {}
        return UnavailableError(*told, maybe_done=maybe, data={**error.data, **waiting})
    return error


def _which(given: Mapping[str, object]) -> tuple[object, ...]:
    """What an ETag belongs to: whose session, which object."""
    token = given.get("token")
    return (token.value if isinstance(token, Secret) else "", given.get("code", ""))
