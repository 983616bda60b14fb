"""Carrying out one call of the contract: read it, count it, do it, answer. No HTTP library here."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from functools import cache, partial

from dvc_cli.contract import operations
from dvc_cli.contract.faults import Fault, fault_of, malformed
from dvc_cli.contract.messages import MOST_PAGE, Page, answer_body, bearer_of, etag_of, page_body, values_of
from dvc_cli.contract.oauth import BROWSER, QR
from dvc_cli.contract.operations import Operation
from dvc_cli.contract.training import Training
from dvc_cli.contract.uploads import Uploads
from dvc_cli.contract.values import Capabilities
from dvc_cli.contract.wire import WireError
from dvc_cli.errors import ConflictError, DvcError, NotSupportedError, StoreError, UnavailableError, problem
from dvc_cli.language import speaking
from dvc_cli.lazy_dataclasses import dataclass, field, replace
from dvc_cli.portal import calls, dossiers, dossiers_changes, sessions, uploads
from dvc_cli.portal.portal import NewerError, Portal
from dvc_cli.portal.web.house import House
from dvc_cli.portal.web.training_room import TrainingRoom

_BUSY_RETRY = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: header names in lower case, `address` whence it came, `correlation` the number under which it is logged."""

    row: Operation
    path: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    address: str = field(repr=False)
    correlation: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer: status, body, and the headers that go with it; `trouble` is the code of what is wrong with the server, for its log."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    problem: bool = False
    trouble: str = ""


def serve(house: House, portal: Portal, asked: Asked) -> Answered:
    """Carry out a call; every failure of the tree becomes a problem document."""
    with speaking("en" if asked.headers.get("accept-language", "").startswith("en") else "vi"):
        try:
            return _answer(_Call(house, portal, asked, cache(partial(sessions.who_am_i, portal))))
        except WireError as error:
            return told(fault_of(malformed(error), asked.correlation, kind="malformed"))
        except _StaleError as error:
            return told(fault_of(error, asked.correlation, kind="stale"))
        except DvcError as error:
            return failed(error, asked.correlation)


def failed(error: DvcError, correlation: str) -> Answered:
    """An error of the tree as an answer; where the portal is away it says so, and when to come again."""
    if not isinstance(error, StoreError | UnavailableError | NewerError):
        return told(fault_of(error, correlation))
    # No caller can do anything about a server that is older than its tables.
    shown = UnavailableError(problem("BE-UNREACHABLE", source="portal")) if isinstance(error, NewerError) else error
    return replace(told(fault_of(shown, correlation, upstream="portal"), _BUSY_RETRY), trouble=error.problems[0].code)


def told(fault: Fault, retry_after: int | None = None) -> Answered:
    """A problem document as an answer."""
    seconds = fault.retry_after if fault.retry_after is not None else retry_after
    return Answered(fault.status, fault.body, {"Retry-After": str(seconds)} if seconds is not None else {}, problem=True)


class _StaleError(ConflictError):
    """If-Match named another state than the present one."""


@dataclass(frozen=True, slots=True)
class _Call:
    """A call under way; `who` asks the portal once for whose a token is."""

    house: House
    portal: Portal
    asked: Asked
    who: sessions.Who

    def owner(self) -> str:
        """The personal number behind the session. SessionError."""
        return self.who(bearer_of(self.asked.headers)).id_number


def _answer(call: _Call) -> Answered:
    asked, row = call.asked, call.asked.row
    _count(call)
    values = values_of(row, asked.path, asked.headers, asked.body, lambda sha256: uploads.stored(call.portal, call.owner(), sha256))
    if row.paged:
        return _page(call)
    if "if-match" in asked.headers and row.guarded_by:
        with call.portal.write():  # nobody changes it between the comparison and the change
            if not _is_sent_again(call, values):
                _check_tag(call, values)
            value = _perform(call, row, values)
    else:
        value = _perform(call, row, values)
    body = answer_body(value)
    return Answered(row.status, body, {"ETag": etag_of(body)} if row.tagged else {})


def _perform(call: _Call, row: Operation, values: Mapping[str, object]) -> object:
    method = getattr(_holder(call, row), row.name)
    value: object = method(*values_in_order(row, values))
    if isinstance(value, Capabilities):  # what the server adds to the portal: pages to sign in on
        return replace(value, logins=value.logins | {QR, BROWSER}, invented_people=value.invented_people and call.house.training)
    return value


def values_in_order(row: Operation, values: Mapping[str, object]) -> tuple[object, ...]:
    """The arguments by position, as the protocol has them."""
    return tuple(values[name] for name in operations.arguments(row.name))


def _holder(call: _Call, row: Operation) -> object:
    if row.protocol is Uploads:
        return uploads.PortalUploads(call.portal, call.who)
    if row.protocol is Training:
        if not call.house.training:
            raise NotSupportedError(problem("BE-NOT-SUPPORTED"))
        return TrainingRoom(call.house, call.portal)
    return call.house.speak(call.portal, call.who)


def _count(call: _Call) -> None:
    """What guesses, sends a message or looks a person up is counted: by account where there is a session, else by address."""
    row = call.asked.row
    if not row.counted:
        return
    kind, subject = (calls.ACCOUNT, call.owner()) if row.needs_token else (calls.ADDRESS, call.asked.address)
    calls.count_call(call.portal, kind, subject)


def _is_sent_again(call: _Call, values: Mapping[str, object]) -> bool:
    """Whether the call was carried out before, under the same key: the state that it names is then the one that it changed itself."""
    if not call.asked.row.keyed:
        return False
    return dossiers_changes.is_answered(call.portal, call.owner(), str(values["code"]), str(values[operations.KEY]))


def _check_tag(call: _Call, values: Mapping[str, object]) -> None:
    row = operations.operation(call.asked.row.guarded_by)
    now = etag_of(answer_body(_perform(call, row, values)))
    if call.asked.headers["if-match"] not in {now, "*"}:
        raise _StaleError(problem("BE-CONFLICT"))


def _page(call: _Call) -> Answered:
    query = call.asked.query
    items, following = dossiers.page_for(call.portal, call.owner(), _cursor(query.get("cursor", "")), _limit(query.get("limit", "")))
    return Answered(call.asked.row.status, page_body(Page(items, _cursor_text(following))))


def _limit(text: str) -> int:
    if not text:
        return MOST_PAGE
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MOST_PAGE):  # noqa: PLR2004
        raise WireError("limit", f"1 to {MOST_PAGE}")
    return int(text)


def _cursor_text(number: int | None) -> str:
    return "" if number is None else base64.urlsafe_b64encode(number.to_bytes(8, "big")).decode("ascii")


def _cursor(text: str) -> int | None:
    """The place where a list goes on; whose list it is follows from the session, never from the cursor."""
    if not text:
        return None
    try:
        content = base64.urlsafe_b64decode(text.encode("ascii"))
    except (binascii.Error, ValueError):
        content = b""
    number = int.from_bytes(content, "big")
    if len(content) != 8 or number >= 2**62:  # noqa: PLR2004 - as _cursor_text writes it
        raise WireError("cursor", "not one of ours")
    return number
