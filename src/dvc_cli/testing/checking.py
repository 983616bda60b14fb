"""Running checks and telling how each went."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from typing import TypeVar, cast

from dvc_cli.contract.answers import flaw_of
from dvc_cli.contract.backend import Backend
from dvc_cli.contract.bench import Bench, Citizen
from dvc_cli.contract.secret import Secret
from dvc_cli.contract.values import Challenge, Session
from dvc_cli.data.choices import choices
from dvc_cli.errors import DvcError
from dvc_cli.lazy_dataclasses import dataclass

PASSED, FAILED, PASSED_OVER = "passed", "failed", "passed over"

Error = TypeVar("Error", bound=DvcError)
Check = Callable[["Room"], None]


class CheckFailedError(AssertionError):
    """The backend broke a promise of the contract; the text says which."""


class NotHereError(Exception):
    """The bench cannot give what a check needs; the text says what."""


NOBODY = "000199999999"
"""A number that no register has; of the people of a bench any may have an account, and may have died."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to sign in with a code: the capability, the `kind` of its challenges, that of its accounts."""

    login: str
    challenge: str
    account: str


BY_VNEID, BY_ACCOUNT = Way("vneid_password", "login-vneid", "vneid"), Way("portal", "login", "portal")
WAYS = (BY_VNEID, BY_ACCOUNT)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one check went; `reason` is '' for one that passed."""

    name: str
    outcome: str
    reason: str = ""


class Room:
    """Where checks work: a bench, a client of its system, and people that no other check has used.

    An answer of its clients that is not of the type that the contract has there fails whatever check asked for it.
    """

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.backend = self.open()
        self._unused: list[Citizen] | None = None

    def open(self) -> Backend:
        """One more client."""
        return cast("Backend", _Typed(self.bench.open()))

    def citizen(self) -> Citizen:
        """Somebody that no check has used yet."""
        if self._unused is None:
            self._unused = list(self.bench.citizens())
        if not self._unused:
            raise NotHereError("no citizen left on the bench")
        return self._unused.pop()

    @property
    def way(self) -> Way:
        """How the people of the bench sign in with a code. NotHereError when the backend offers neither way."""
        offered = self.backend.capabilities().logins
        found = next((way for way in WAYS if way.login in offered), None)
        if found is None:
            raise NotHereError("the backend signs nobody in with a code")
        return found

    def begin(self, who: Citizen, password: Secret | None = None, backend: Backend | None = None) -> Challenge:
        """Number and password of somebody: a code is sent. `password`: another one than theirs."""
        client, shown = backend or self.backend, password or who.password
        if self.way is BY_VNEID:
            return client.begin_vneid_login(who.id_number, shown, share_data=True)
        return client.begin_login(who.id_number, shown)

    def sign_in(self, citizen: Citizen | None = None) -> Session:
        """A session of somebody: as the bench does it (`contract.bench.SignInBench`), else with a code."""
        who, hook = citizen or self.citizen(), getattr(self.bench, "sign_in", None)
        if hook is not None:
            return cast("Session", hook(who, self.backend))
        challenge = self.begin(who)
        return self.backend.verify_login(challenge.id, self.bench.code(challenge.id))

    def pass_by(self, seconds: int) -> None:
        """Let time pass."""
        if not self.bench.pass_by(seconds):
            raise NotHereError("the bench cannot let time pass")

    def answer_on_page(self, address: str, *, agree: bool) -> tuple[Citizen, str]:
        """Somebody who opened a page of the system and answered there, and the address to which the last page leads, '' for none."""
        hook = getattr(self.bench, "answer_on_page", None)
        if hook is None:
            raise NotHereError("the bench opens no pages")
        who = self.citizen()
        led: object = hook(address, who, agree=agree)
        if led is None:
            raise NotHereError("the bench opens no pages")
        return who, str(led)


class _Typed:
    """A client as the contract's types have it; otherwise nothing of what it says is touched."""

    def __init__(self, inner: object) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> object:
        found = cast("object", getattr(self._inner, name))
        if not callable(found):
            return found

        @wraps(found)
        def call(*arguments: object, **named: object) -> object:
            answer = cast("object", found(*arguments, **named))
            flaw = flaw_of(name, answer)
            expect(not flaw, flaw)
            return answer

        return call


def expect(condition: object, promise: str) -> None:
    """CheckFailedError with the broken promise unless the condition holds."""
    if not condition:
        raise CheckFailedError(promise)


def expect_code(field: str, code: str, member: str) -> None:
    """CheckFailedError unless `code` is one of the field's in `data/enums.csv`; programs that read answers of `dvc` rely on it."""
    expect(code in {each.code for each in choices(field)}, f"{member} is no code of {field}")


def expect_error(call: Callable[[], object], kind: type[Error], *codes: str) -> Error:
    """The error of `call`, which has to be of this kind and, when codes are given, tell one of them."""
    wanted = f"{kind.__name__} {' or '.join(codes)}".strip()
    try:
        call()
    except kind as error:
        told = [item.code for item in error.problems]
        expect(not codes or set(told) & set(codes), f"expected {wanted}, got {', '.join(told) or 'no problem'}")
        return error
    except DvcError as error:
        msg = f"expected {wanted}, got {type(error).__name__} {error}"
        raise CheckFailedError(msg) from error
    msg = f"expected {wanted}, got an answer"
    raise CheckFailedError(msg)


def run(checks: tuple[Check, ...], bench: Bench) -> Iterator[Verdict]:
    """Every check in order; one that fails stops no other."""
    try:
        room = Room(bench)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - what a package does is told, whatever it is
        yield Verdict("open", FAILED, _told(error))
        return
    for check in checks:
        yield judge(check, room)
    with suppress(Exception, SystemExit):  # one that does not close has failed a check already
        room.backend.close()


def judge(check: Check, room: Room) -> Verdict:
    """How one check goes."""
    name = f"{check.__module__.rpartition('.')[2]}.{check.__name__}"
    try:
        check(room)
    except NotHereError as reason:
        return Verdict(name, PASSED_OVER, str(reason))
    except CheckFailedError as broken:
        return Verdict(name, FAILED, str(broken))
    except (Exception, SystemExit) as error:  # noqa: BLE001
        return Verdict(name, FAILED, _told(error))
    return Verdict(name, PASSED)


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
