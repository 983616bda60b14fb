"""Failures over HTTP: the error tree as problem documents (RFC 9457) that carry our problems, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dvc_cli.contract.documents import from_bytes, to_bytes
from dvc_cli.contract.operations import MAJOR
from dvc_cli.contract.wire import Reading, WireError, decode, encode
from dvc_cli.data import problem_row
from dvc_cli.errors import (
    ERROR,
    HINT,
    WARNING,
    BadReplyError,
    ConflictError,
    DvcError,
    NotFoundError,
    NotSupportedError,
    Problem,
    RefusedError,
    SessionError,
    TooManyTriesError,
    UnavailableError,
    problem,
)
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass

TYPE_PREFIX = "urn:dvc-cli:problem:"

PORTAL, SMS, VNEID, POPULATION = "portal", "sms", "vneid", "population"

_MOST_PROBLEMS, _MOST_DETAIL = 500, 500
_SERVER_FAILS = 500
_NOT_FOUND, _REQUEST_TIMEOUT, _TOO_LARGE = 404, 408, 413
_SESSION_EXIT = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of failure: the last part of its type, the class of the tree, its status, its title."""

    name: str
    error: type[DvcError]
    status: int
    title: str


KINDS: tuple[Kind, ...] = (
    Kind("session", SessionError, 401, "The session is absent, over or unknown"),
    Kind("not-found", NotFoundError, 404, "The thing asked for is not known here"),
    Kind("conflict", ConflictError, 409, "It changed meanwhile, or the key was used for something else"),
    Kind("stale", ConflictError, 412, "It is not in the state that If-Match names"),
    Kind("not-supported", NotSupportedError, 501, "This server cannot do that"),
    Kind("version", RefusedError, 404, "This server does not speak that version of the contract"),
    Kind("malformed", RefusedError, 400, "The request breaks the contract"),
    Kind("refused", RefusedError, 422, "A rule refuses"),
    Kind("too-many-tries", TooManyTriesError, 429, "Too many tries"),
    Kind("bad-reply", BadReplyError, 502, "A system behind this server answered what cannot be read"),
    Kind("unavailable", UnavailableError, 503, "This server, or one behind it, cannot work now"),
)
_BY_NAME = {kind.name: kind for kind in KINDS}
_NAMED_ONLY = {"version", "malformed", "stale"}  # the class alone does not tell these from others


@dataclass(frozen=True, slots=True)
class Fault:
    """A failure as a document: its HTTP status, its body, how many seconds to wait (None: not said)."""

    status: int
    body: bytes
    retry_after: int | None = None


def fault_of(error: DvcError, correlation: str, *, kind: str = "", upstream: str = "") -> Fault:
    """The problem document of an error; `kind` overrides what follows from its class, `upstream` names the system that is down."""
    found = _BY_NAME[kind or _kind_of(error)]
    retry_after = error.retry_after if isinstance(error, TooManyTriesError) else None
    document: dict[str, object] = {
        "type": f"{TYPE_PREFIX}{found.name}",
        "title": found.title,
        "status": found.status,
        "detail": "; ".join(item.message for item in error.problems)[:_MOST_DETAIL],
        "problems": [encode(item) for item in error.problems],
        "data": encode(dict(error.data)),
        "maybe_done": isinstance(error, UnavailableError) and error.maybe_done,
        "correlation_id": correlation,
    }
    if upstream:
        document["upstream"] = upstream
    return Fault(found.status, to_bytes(document), retry_after)


def error_of(status: int, body: bytes, retry_after: int | None, *, bodiless: bool = False) -> DvcError:
    """The error that a problem document tells of.

    A code that this program does not know becomes the general code of the failure's kind, with the server's own code as source and its
    text as hint. Where the body is no problem document (of a proxy, or none at all) the status alone decides; from 500 on nobody knows
    whether it was carried out. `bodiless`: the reply cannot have a body, so that its 404 is the server's own word.
    """
    document = _object_of(body)
    kind = _BY_NAME.get(str(document.get("type", "")).removeprefix(TYPE_PREFIX))
    if kind is None and "problems" not in document:
        document = {}
        if status < _SERVER_FAILS and ((status == _NOT_FOUND and not bodiless) or _by_status(status) is None):
            return _strange(status)
    kind = kind or _by_status(status) or _BY_NAME["refused" if status < _SERVER_FAILS else "unavailable"]
    if not document and kind.name == "bad-reply":  # a 502 without our document is a proxy's word for "no answer"
        kind = _BY_NAME["unavailable"]
    return _built(kind, _problems_of(document, kind), _kept(kind, document), retry_after, document)


def unknown_version(asked: str) -> RefusedError:
    """BE-VERSION for a major version that is not ours."""
    return RefusedError(problem("BE-VERSION", detail=f"({asked[:20]} → v{MAJOR})"))


def malformed(error: WireError) -> RefusedError:
    """BE-REFUSED for a request that breaks the contract; names the member, never its value."""
    return RefusedError(problem("BE-REFUSED", detail=_("Yêu cầu sai định dạng ({where}).").format(where=str(error)[:120]), source="http"))


def upstream_label(name: str) -> str:
    """The system behind a server, for a person; '' for one that the contract does not name."""
    labels = {
        PORTAL: _("Cổng Dịch vụ công"),
        SMS: _("tổng đài tin nhắn"),
        VNEID: "VNeID",
        POPULATION: _("CSDL quốc gia về dân cư"),
    }
    return labels.get(name, "")


def _object_of(body: bytes) -> Mapping[str, object]:
    try:
        document = from_bytes(body, lenient=True)
    except WireError:
        return {}
    return document if isinstance(document, dict) else {}


def _strange(status: int) -> DvcError:
    """A failure that nobody told of in the words of the contract: something else answers there, or stands in between."""
    detail = f"(HTTP {status})"
    if status == _TOO_LARGE:
        return RefusedError(problem("BE-REFUSED", detail=detail, hint=_("Tệp quá lớn đối với máy chủ này.")))
    if status == _NOT_FOUND:
        return BadReplyError(problem("BE-BAD-REPLY", detail=detail, hint=wrong_address()))
    return BadReplyError(problem("BE-BAD-REPLY", detail=detail))


def wrong_address() -> str:
    """What to do when something else than the contract's server answers."""
    return _("Xem lại địa chỉ máy chủ (--url, DVC_URL, dvc config set url), rồi báo người quản trị.")


def _kept(kind: Kind, document: Mapping[str, object]) -> Mapping[str, object]:
    """The facts beside the problems; where the server failed, the number under which its log knows the call."""
    data, correlation = document.get("data"), document.get("correlation_id")
    kept: Mapping[str, object] = data if isinstance(data, dict) else {}
    if isinstance(correlation, str) and kind.name in {"unavailable", "bad-reply", "malformed"}:
        return {**kept, "correlation_id": correlation[:80]}
    return kept


def _kind_of(error: DvcError) -> str:
    for kind in KINDS:
        if kind.name not in _NAMED_ONLY and isinstance(error, kind.error):
            return kind.name
    return "unavailable"


def _by_status(status: int) -> Kind | None:
    # A 400 without our document is some proxy's; of two kinds with one status the first is the general one.
    if status == _REQUEST_TIMEOUT:
        return _BY_NAME["unavailable"]
    return next((kind for kind in KINDS if kind.status == status and kind.name != "malformed"), None)


def _problems_of(document: Mapping[str, object], kind: Kind) -> tuple[Problem, ...]:
    """The problems that are told, none when one of them cannot be read."""
    raw = document.get("problems", [])
    if not isinstance(raw, list) or len(raw) > _MOST_PROBLEMS:
        return ()
    found: list[Problem] = []
    for item in raw:
        try:
            read = decode(Problem, item, Reading(lenient=True), "problems")
        except WireError:
            return ()
        if isinstance(read, Problem):
            found.append(_known(read, kind))
    return tuple(found)


def _known(item: Problem, kind: Kind) -> Problem:
    if not _fits(item.code, kind):
        return problem(_general(kind), item.field, hint=f"{item.message} {item.hint}".strip(), source=item.code)
    severity = item.severity if item.severity in {ERROR, WARNING, HINT} else ERROR
    return Problem(item.code, severity, item.field, item.message, item.source, item.hint)


def _fits(code: str, kind: Kind) -> bool:
    """Whether a code can be told as it is: it is known, and where a session is over it is one of a session."""
    try:
        row = problem_row(code)
    except KeyError:
        return False
    return kind.error is not SessionError or row.exit_code == _SESSION_EXIT


def _built(
    kind: Kind, problems: Iterable[Problem], data: Mapping[str, object], retry_after: int | None, document: Mapping[str, object]
) -> DvcError:
    told = tuple(problems)
    if kind.error is TooManyTriesError:
        waiting = _("Đợi {seconds} giây rồi thử lại.").format(seconds=retry_after) if retry_after else _detail(document)
        return TooManyTriesError(*(told or (problem("BE-TOO-MANY", hint=waiting),)), retry_after=retry_after, data=data)
    if kind.error is UnavailableError:
        maybe_done = document.get("maybe_done") is not False
        return UnavailableError(_unavailable(str(document.get("upstream", "")), maybe_done=maybe_done), maybe_done=maybe_done, data=data)
    return kind.error(*(told or (problem(_general(kind), hint=_detail(document)),)), data=data)


def _detail(document: Mapping[str, object]) -> str:
    """The reason of a document that lists no problems; '' where it gives none."""
    detail = document.get("detail")
    return detail[:_MOST_DETAIL] if isinstance(detail, str) else ""


def _unavailable(upstream: str, *, maybe_done: bool) -> Problem:
    label = upstream_label(upstream)
    detail = _("Nơi không trả lời: {name}.").format(name=label) if label else ""
    return problem("BE-TIMEOUT-UNKNOWN" if maybe_done else "BE-UNREACHABLE", detail=detail, source=upstream if label else "")


def _general(kind: Kind) -> str:
    codes = {
        "session": "TK-SESSION-REVOKED",
        "conflict": "BE-CONFLICT",
        "stale": "BE-CONFLICT",
        "not-supported": "BE-NOT-SUPPORTED",
        "version": "BE-VERSION",
        "too-many-tries": "BE-TOO-MANY",
        "bad-reply": "BE-BAD-REPLY",
    }
    return codes.get(kind.name, "BE-REFUSED")
