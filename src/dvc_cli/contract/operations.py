"""The operation table: how each method of the Backend protocol travels over HTTP. Client, server and OpenAPI document are made from it.

To add an operation, add the method to its protocol and one row here. Everything else follows from the method's signature: `token` is
the bearer token, `idempotency_key` the header Idempotency-Key, a name in the path's braces a part of the path, `bytes` the raw body; what
is left is the JSON body (one value class alone is the body itself, anything else an object with a member for each argument).
Personal data never stands in a path or query, which proxies write down: look-ups are posted.
"""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache

from dvc_cli.contract.answers import answer_type
from dvc_cli.contract.backend import Backend
from dvc_cli.contract.secret import Secret
from dvc_cli.contract.training import Training
from dvc_cli.contract.uploads import Uploads
from dvc_cli.lazy_dataclasses import dataclass

MAJOR = 1
PREFIX = f"/v{MAJOR}"

TOKEN, KEY = "token", "idempotency_key"

SESSION, NOT_FOUND, CONFLICT, STALE, REFUSED = "session", "not-found", "conflict", "stale", "refused"
NOT_SUPPORTED, MALFORMED, TOO_MANY = "not-supported", "malformed", "too-many-tries"
BROKEN = frozenset({"bad-reply", "unavailable"})
"""Names of kinds of failure (`faults.KINDS`); the broken ones can happen to any call."""

_BRACES = re.compile(r"\{([a-z0-9_]+)\}")


@dataclass(frozen=True, slots=True)
class Operation:
    """One row. `name` is the method of `protocol`; `path` stands below `/v1`; `status` is that of success.

    `repeatable`: carrying it out twice does no more than once, so a client may send it again after a failure (GET, PUT, DELETE always may,
    a keyed one too). `paged`: the answer comes in pages. `tagged`: the answer has an ETag. `guarded_by` names the tagged operation whose
    ETag a client may send as If-Match. `guesses`: it is counted although it needs a session. `fails` are the kinds of failure that the
    method itself promises; `failures` adds those that follow from the rest of the row.
    """

    name: str
    verb: str
    path: str
    status: int = 200
    repeatable: bool = False
    paged: bool = False
    tagged: bool = False
    guarded_by: str = ""
    guesses: bool = False
    fails: tuple[str, ...] = ()
    protocol: type = Backend

    @property
    def may_repeat(self) -> bool:
        """Whether a client may send it again without asking."""
        return self.repeatable or self.keyed or self.verb in {"GET", "HEAD", "PUT", "DELETE"}

    @property
    def changes(self) -> bool:
        """Whether it can leave something behind: for anything else it does not matter whether it was carried out."""
        return self.verb not in {"GET", "HEAD"} and not self.repeatable

    @property
    def keyed(self) -> bool:
        """Whether it takes an Idempotency-Key."""
        return KEY in arguments(self.name)

    @property
    def needs_token(self) -> bool:
        """Whether it works for a session."""
        return TOKEN in arguments(self.name)

    @property
    def counted(self) -> bool:
        """Whether a server counts its calls, by account where there is a session, else by address: it guesses, sends or looks up."""
        if self.protocol is Training or self.verb in {"GET", "HEAD", "DELETE"}:
            return False
        return self.repeatable or self.guesses or not self.needs_token

    @property
    def failures(self) -> frozenset[str]:
        """The kinds of failure (names of `faults.KINDS`) that a call of it may meet."""
        follow = {
            SESSION: self.needs_token,
            MALFORMED: self.paged or bool(arguments(self.name).keys() - {TOKEN}),
            CONFLICT: self.keyed or bool(self.guarded_by),
            STALE: bool(self.guarded_by),
            TOO_MANY: self.counted,
            NOT_SUPPORTED: self.protocol is Training,
        }
        return BROKEN.union(self.fails, (kind for kind, so in follow.items() if so))

    @property
    def description(self) -> str:
        """What the protocol promises."""
        return inspect.getdoc(getattr(self.protocol, self.name)) or ""


_RULED = (NOT_FOUND, REFUSED, NOT_SUPPORTED)
"""Of something that may be unknown, by rules that may refuse, where the backend is able to."""

OPERATIONS: tuple[Operation, ...] = (
    Operation("capabilities", "GET", "/capabilities"),
    Operation("now", "GET", "/now"),
    Operation("begin_registration", "POST", "/registrations", 201, fails=_RULED),
    Operation("get_challenge", "GET", "/challenges/{challenge_id}", fails=(NOT_FOUND,)),
    Operation("resend_code", "POST", "/challenges/{challenge_id}/resend", fails=(NOT_FOUND, REFUSED)),
    Operation("verify_registration", "POST", "/challenges/{challenge_id}/ticket", 201, fails=(NOT_FOUND, REFUSED)),
    Operation("set_password", "POST", "/accounts", 201, fails=(NOT_FOUND, REFUSED)),
    Operation("begin_login", "POST", "/logins", 201, fails=(REFUSED, NOT_SUPPORTED)),
    Operation("begin_vneid_login", "POST", "/vneid-logins", 201, fails=_RULED),
    Operation("verify_login", "POST", "/challenges/{challenge_id}/session", 201, fails=(NOT_FOUND, REFUSED)),
    Operation("who_am_i", "GET", "/account"),
    Operation("refresh_session", "POST", "/session/refresh", 201, fails=(SESSION,)),
    Operation("log_out", "DELETE", "/session", 204),
    Operation("change_password", "POST", "/account/password", 204, guesses=True, fails=(REFUSED, NOT_SUPPORTED)),
    Operation("get_profile", "GET", "/profile", tagged=True),
    Operation("refresh_profile", "POST", "/profile/refresh", repeatable=True, tagged=True, guarded_by="get_profile"),
    Operation("find_person", "POST", "/lookups/person", repeatable=True, fails=(NOT_FOUND, NOT_SUPPORTED)),
    Operation("find_birth_notification", "POST", "/lookups/birth-notification", repeatable=True, fails=(NOT_FOUND, NOT_SUPPORTED)),
    Operation("find_death_notice", "POST", "/lookups/death-notice", repeatable=True, fails=(NOT_FOUND, NOT_SUPPORTED)),
    Operation("has_attachment", "HEAD", "/attachments/{sha256}", 204, fails=(NOT_FOUND,), protocol=Uploads),
    Operation("put_attachment", "PUT", "/attachments/{sha256}", 204, fails=(REFUSED,), protocol=Uploads),
    Operation("submit_dossier", "POST", "/dossiers", 201, fails=_RULED),
    Operation("list_dossiers", "GET", "/dossiers", paged=True),
    Operation("get_dossier", "GET", "/dossiers/{code}", tagged=True, fails=(NOT_FOUND,)),
    Operation("get_filed_answers", "GET", "/dossiers/{code}/answers", fails=(NOT_FOUND, NOT_SUPPORTED)),
    Operation("supplement_dossier", "POST", "/dossiers/{code}/supplements", guarded_by="get_dossier", tagged=True, fails=_RULED),
    Operation("withdraw_dossier", "POST", "/dossiers/{code}/withdrawal", repeatable=True, tagged=True, fails=_RULED),
    Operation("newest_code", "POST", "/training/code", repeatable=True, fails=(NOT_FOUND,), protocol=Training),
    Operation("list_messages", "POST", "/training/messages", repeatable=True, protocol=Training),
    Operation("list_people", "POST", "/training/people", repeatable=True, protocol=Training),
    Operation("advance", "POST", "/training/time", fails=(REFUSED,), protocol=Training),
)

_BY_NAME: Mapping[str, Operation] = {row.name: row for row in OPERATIONS}


def operation(name: str) -> Operation:
    """The row of a method. KeyError when it does not travel."""
    return _BY_NAME[name]


@cache
def arguments(name: str) -> Mapping[str, object]:
    """The arguments of an operation in order: name → type."""
    method = getattr(operation(name).protocol, name)
    hints: Mapping[str, object] = typing.get_type_hints(method)
    return {given: hints[given] for given in inspect.signature(method).parameters if given != "self"}


def answer(name: str) -> object:
    """The type of an operation's answer; NoneType when it answers nothing."""
    return answer_type(operation(name).name)


def page_item(name: str) -> object:
    """The type of one item of a paged operation's answer."""
    inner: tuple[object, ...] = typing.get_args(answer(name))
    return inner[0]


@cache
def path_arguments(name: str) -> tuple[str, ...]:
    """The arguments that stand in the path."""
    return tuple(_BRACES.findall(operation(name).path))


@cache
def raw_argument(name: str) -> str:
    """The argument that is the raw body; '' when the body is JSON or there is none."""
    return next((given for given, kind in arguments(name).items() if kind is bytes), "")


@cache
def body_arguments(name: str) -> tuple[str, ...]:
    """The arguments that stand in the JSON body."""
    elsewhere = {TOKEN, KEY, raw_argument(name), *path_arguments(name)}
    return tuple(given for given in arguments(name) if given not in elsewhere)


@cache
def body_is_value(name: str) -> str:
    """The only body argument when it is a value class: then the body is that value itself; '' otherwise."""
    given = body_arguments(name)
    kind = arguments(name)[given[0]] if len(given) == 1 else None
    return given[0] if isinstance(kind, type) and is_dataclass(kind) and kind is not Secret else ""
