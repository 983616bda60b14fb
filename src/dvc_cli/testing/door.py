"""Checks that need nobody: what a backend offers, and how it answers strangers and nonsense."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from dvc_cli.contract import operations
from dvc_cli.contract.backend import Backend
from dvc_cli.contract.operations import NOT_SUPPORTED, OPERATIONS, TOKEN, Operation
from dvc_cli.contract.secret import Secret
from dvc_cli.contract.values import Capabilities, Registration, Submission
from dvc_cli.errors import DvcError, NotFoundError, NotSupportedError, RefusedError, SessionError
from dvc_cli.testing.checking import NOBODY, WAYS, CheckFailedError, NotHereError, Room, expect, expect_error

_WORDS: Mapping[str, frozenset[str]] = {
    "logins": frozenset({"portal", "vneid_password", "vneid_qr", "vneid_browser"}),
    "lookups": frozenset({"person", "birth_notification", "death_notice", "marriage"}),
    "dossier_actions": frozenset({"supplement", "withdraw"}),
}
_NOWHERE = "ch-khong-co"
_ROWS = tuple(row for row in OPERATIONS if row.protocol is Backend)
_METHODS = (*(row.name for row in _ROWS), "close")
_HOSTILE = ("", " ", "\0", "a\nb", "../../etc/passwd", "'; DROP TABLE x; --", "ế" * 3000, "\u202e", "%2e%2e%2f", "{}", "\ud800")


def offers_every_operation(room: Room) -> None:
    """Each operation of the table is a method that takes the contract's arguments, and the backend has a name."""
    expect_methods(room.backend, Backend, _METHODS)
    expect(isinstance(room.backend.name, str) and room.backend.name, "name is no text")


def says_what_it_can_do(room: Room) -> None:
    """Capabilities are known words, and the same each time."""
    able = room.backend.capabilities()
    expect(isinstance(able, Capabilities), "capabilities() answers something else")
    expect(able == room.backend.capabilities(), "capabilities() changes")
    for name, words in _WORDS.items():
        expect(getattr(able, name) <= words, f"{name} holds words that the contract does not have")
    expect(all("/" in pair for pair in able.registration), "registration holds pairs subject/method")


def tells_the_time(room: Room) -> None:
    """An aware instant at +07:00."""
    now = room.backend.now()
    expect(isinstance(now, datetime) and now.utcoffset() == timedelta(hours=7), "now() is no aware instant at +07:00")


def knows_no_unknown_challenge(room: Room) -> None:
    """NotFoundError TK-NO-CHALLENGE, from whatever the backend sends codes for."""
    backend, code, able = room.backend, Secret("000000"), room.backend.capabilities()
    signs_in = any(way.login in able.logins for way in WAYS)
    if not able.registration and not signs_in:
        raise NotHereError("the backend sends no codes")
    expect_error(lambda: backend.get_challenge(_NOWHERE), NotFoundError, "TK-NO-CHALLENGE")
    expect_error(lambda: backend.resend_code(_NOWHERE), NotFoundError, "TK-NO-CHALLENGE")
    if able.registration:
        expect_error(lambda: backend.verify_registration(_NOWHERE, code), NotFoundError, "TK-NO-CHALLENGE")
    if signs_in:
        expect_error(lambda: backend.verify_login(_NOWHERE, code), NotFoundError, "TK-NO-CHALLENGE")


def knows_no_unknown_ticket(room: Room) -> None:
    """A ticket that nobody gave sets no password."""
    if not room.backend.capabilities().registration:
        raise NotHereError("the backend registers nobody")
    expect_error(lambda: room.backend.set_password(Secret("khong-co"), Secret("Gac-Bong7-tim!")), RefusedError, "TK-NO-CHALLENGE")


def takes_no_strange_token(room: Room) -> None:
    """SessionError from everything that takes a token and that the backend can do; ending a session that is over is no error."""
    for row in _ROWS:
        if TOKEN in operations.arguments(row.name) and row.name != "log_out":
            _expect_no_session(room, row)
    expect_error(lambda: room.backend.refresh_session(Secret("khong-co")), SessionError, "TK-SESSION-REVOKED")
    room.backend.log_out(Secret("khong-co"))


def refuses_an_unknown_person(room: Room) -> None:
    """TK-PERSON-UNKNOWN, or TK-CREDENTIALS of a backend that does not tell whether there is such a person."""
    number, password = NOBODY, Secret("Gac-Bong7-tim!")
    able = room.backend.capabilities()
    if not able.invented_people:
        raise NotHereError("people are real here")
    codes = ("TK-PERSON-UNKNOWN", "TK-CREDENTIALS")
    if "vneid_password" in able.logins:
        expect_error(lambda: room.backend.begin_vneid_login(number, password, share_data=True), RefusedError, *codes)
    if "portal" in able.logins:
        expect_error(lambda: room.backend.begin_login(number, password), RefusedError, *codes)


def refuses_another_way_to_register(room: Room) -> None:
    """TK-METHOD for a method that the capabilities do not name; BE-NOT-SUPPORTED where they name none."""
    asked = Registration("cong_dan", "khong-co", NOBODY, "LÊ THỊ VÍ DỤ", date(1990, 1, 1), "0900000000")
    able = room.backend.capabilities()
    if not able.invented_people:
        raise NotHereError("people are real here")
    none = ("BE-NOT-SUPPORTED",) if not able.registration else ()
    expect_error(lambda: room.backend.begin_registration(asked), RefusedError, "TK-METHOD", *none)


def survives_hostile_texts(room: Room) -> None:
    """Any text is answered with an error of the tree, never with one of another kind."""
    for text in _HOSTILE:
        for row in _ROWS:
            if row.name not in {"capabilities", "now", "log_out"}:
                try:
                    _call(room.backend, row, text)
                except DvcError:
                    continue
                msg = f"{row.name} takes {text[:20]!r}"
                raise CheckFailedError(msg)


def closes_twice(room: Room) -> None:
    """Closing what is closed is no error."""
    backend = room.open()
    backend.close()
    backend.close()


def _expect_no_session(room: Room, row: Operation) -> None:
    error = expect_error(lambda: _call(room.backend, row, "x"), DvcError)
    if isinstance(error, NotSupportedError) and NOT_SUPPORTED in row.failures:
        return
    told = isinstance(error, SessionError) and {"TK-SESSION-REVOKED", "TK-SESSION-EXPIRED"} & {item.code for item in error.problems}
    got = f"{type(error).__name__} {error}"
    expect(told, f"{row.name}: expected SessionError TK-SESSION-REVOKED or TK-SESSION-EXPIRED, got {got}")


def expect_methods(backend: Backend, protocol: type, names: Iterable[str]) -> None:
    """CheckFailedError with all of these methods of a protocol that are missing or take other arguments."""
    missing = [name for name in names if not callable(getattr(backend, name, None))]
    strange = [text for name in names if name not in missing and (text := _other_arguments(backend, protocol, name))]
    told = [f"no method: {', '.join(missing)}"] * bool(missing) + [f"not called as {', '.join(strange)}"] * bool(strange)
    expect(not told, "; ".join(told))


def _other_arguments(backend: Backend, protocol: type, name: str) -> str:
    """How a method would have to be called, where it cannot be called as the program does: by position, what is yes or no by name."""
    wanted = inspect.signature(getattr(protocol, name)).parameters
    given = [each for each in wanted if each != "self"]
    flags = {each: True for each in given if wanted[each].annotation == "bool"}
    try:
        inspect.signature(getattr(backend, name)).bind(*(each for each in given if each not in flags), **flags)
    except TypeError:
        return f"{name}({', '.join(given)})"
    except ValueError:  # nobody can tell, as of what is not written in Python
        pass
    return ""


def _call(backend: Backend, row: Operation, text: str) -> object:
    """Call an operation with `text` wherever a text goes."""
    given = [_filled(kind, text) for kind in operations.arguments(row.name).values()]
    value: object = getattr(backend, row.name)(*given)
    return value


def _filled(kind: object, text: str) -> object:
    if kind is Secret:
        return Secret(text)
    if kind is bool:
        return True
    if kind is Registration:
        return Registration(text, text, text, text, date(1990, 1, 1), text, text, text)
    if kind is Submission:
        return Submission(text, text, {}, {}, (), {}, pledge=False)
    return text if kind is str else typing.cast("object", None)


CHECKS = (
    offers_every_operation,
    says_what_it_can_do,
    tells_the_time,
    knows_no_unknown_challenge,
    knows_no_unknown_ticket,
    takes_no_strange_token,
    refuses_an_unknown_person,
    refuses_another_way_to_register,
    survives_hostile_texts,
    closes_twice,
)
