"""The gate: what a backend answers has its type or is refused with the reason, and the streams of the process come back."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from functools import partial

import pytest

from dvc_cli.backends.gate import guarded, hushed
from dvc_cli.contract.values import Account, Profile, Secret, Session
from dvc_cli.errors import BadReplyError, DvcError, NotFoundError, TooManyTriesError, UnavailableError, problem

TOKEN = Secret("x")
NOON = datetime.fromisoformat("2026-11-09T12:00:00+07:00")
SECRET = "KHÔNG-AI-ĐƯỢC-THẤY"
PROFILE = Profile("000190000001", "LÊ VÍ DỤ", date(1990, 1, 1), "nu")


class Odd:
    """A backend whose methods are what a test makes them."""

    name = "odd"

    def __init__(self, **methods: object) -> None:
        for name, method in methods.items():
            setattr(self, name, method)


def refusal(call: Callable[[], object]) -> str:
    """The text of a reply that cannot be read; nothing of what came stands in it."""
    with pytest.raises(BadReplyError) as caught:
        call()
    (item,) = caught.value.problems
    assert (item.code, caught.value.exit_code) == ("BE-BAD-REPLY", 5)
    assert SECRET not in f"{item} {caught.value}"
    return item.message


def refused_with(error: object) -> Callable[..., Profile]:
    def refuse(*_given: object) -> Profile:
        raise error

    return refuse


class Slippery:
    """A value that fails when it is looked at."""

    @property
    def __class__(self) -> type:
        raise RuntimeError(SECRET)


def cyclic() -> Profile:
    loop: list[object] = []
    loop.append(loop)
    return replace(PROFILE, verified=tuple(loop))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (None, "(get_profile: expected Profile, got NoneType)"),
        ({"full_name": SECRET}, "(get_profile: expected Profile, got dict)"),
        (replace(PROFILE, full_name=[SECRET]), "(get_profile.full_name: expected str, got list)"),
        (replace(PROFILE, verified=("a", {SECRET})), "(get_profile.verified[1]: expected str, got set)"),
        (cyclic(), "(get_profile.verified[0]: expected str, got list)"),
        (type(f"\x1b[31m{'X' * 300}", (), {})(), "(get_profile: expected Profile, got XXX"),
        (Slippery(), "(get_profile)"),
    ],
    ids=lambda value: type(value).__name__[-20:],
)
def test_an_answer_of_another_type_is_refused_by_name(answer: object, told: str) -> None:
    message = refusal(lambda: guarded(Odd(get_profile=lambda _token: answer)).get_profile(TOKEN))
    assert told in message
    assert "\x1b" not in message
    assert len(message) < 300


def test_an_answer_of_the_right_type_comes_through_with_its_texts_cleaned() -> None:
    backend = guarded(Odd(get_profile=lambda _token: replace(PROFILE, address_detail="Số 7\x1b[2J\nngõ")))
    assert backend.get_profile(TOKEN) == replace(PROFILE, address_detail="Số 7 ngõ")


def test_methods_beside_the_operations_are_judged_too() -> None:
    who = Account("000190000001", "LÊ VÍ DỤ", "vneid", "vneid_2")
    session = Session(who, "a", "b", None, None)
    backend = guarded(Odd(ask_qr_login=lambda _code: session, list_people=lambda *_: [SECRET]))
    assert "(ask_qr_login.token: expected Secret, got str)" in refusal(lambda: backend.ask_qr_login(Secret("d")))
    assert "(list_people: expected tuple, got list)" in refusal(lambda: backend.list_people(TOKEN, ""))


def test_a_backend_without_the_method_or_with_another_is_told_of() -> None:
    backend = guarded(Odd(capabilities="all", who_am_i=lambda: None, now=None))
    assert "(get_profile: missing)" in refusal(lambda: backend.get_profile(TOKEN))
    assert "(begin_qr_login: missing)" in refusal(partial(getattr, backend, "begin_qr_login"))
    assert "(capabilities: expected a method, got str)" in refusal(partial(getattr, backend, "capabilities"))
    assert "(now: expected a method, got NoneType)" in refusal(partial(getattr, backend, "now"))
    assert "(who_am_i: takes other arguments)" in refusal(lambda: backend.who_am_i(TOKEN))
    assert not hasattr(backend, "khong_co")


@pytest.mark.parametrize(
    ("close", "logged"),
    [
        (refused_with(OSError(SECRET)), ["close OSError"]),
        (refused_with(SystemExit(3)), ["close BadReplyError"]),
        (lambda: SECRET, ["close BadReplyError"]),
        (7, []),
    ],
    ids=["fails", "exits", "answers", "no method"],
)
def test_a_backend_that_does_not_close_stops_nothing_and_stands_in_the_log(close: object, logged: list[str]) -> None:
    told: list[str] = []
    guarded(Odd(close=close), lambda name, _seconds, answer: told.append(f"{name} {type(answer).__name__}")).close()
    assert told == logged


def test_a_name_that_is_no_text_is_told_of() -> None:
    backend = guarded(Odd(name=7))
    assert "(name: expected str, got int)" in refusal(lambda: backend.name)


def test_a_fault_inside_a_method_stays_what_it_is() -> None:
    """A bug of the package is not taken for other arguments."""

    def broken(_token: Secret) -> Profile:
        return len(7)

    with pytest.raises(TypeError):
        guarded(Odd(get_profile=broken)).get_profile(TOKEN)


def test_a_call_that_would_end_the_process_is_a_bad_reply_to_the_log_too() -> None:
    told: list[object] = []
    backend = guarded(Odd(log_out=lambda _token: sys.exit(3)), lambda _name, _seconds, answer: told.append(answer))
    assert "(log_out: SystemExit)" in refusal(lambda: backend.log_out(TOKEN))
    assert [type(answer) for answer in told] == [BadReplyError]


def test_the_log_of_a_run_learns_of_a_wrong_type_not_of_the_value() -> None:
    told: list[object] = []
    backend = guarded(Odd(get_profile=lambda _token: SECRET), lambda _name, _seconds, answer: told.append(answer))
    refusal(lambda: backend.get_profile(TOKEN))
    assert [type(answer) for answer in told] == [BadReplyError]


LOOP: dict[str, object] = {}
LOOP["loop"] = LOOP


@pytest.mark.parametrize(
    "facts",
    [LOOP, {"x": object()}, {"x": {"y": {1, "a"}}}, {"x": float("nan")}, {"x": {7: "a"}}, [SECRET], SECRET, 7],
    ids=lambda value: type(value).__name__,
)
def test_an_error_whose_facts_no_answer_can_hold_is_a_bad_reply(facts: object) -> None:
    error = NotFoundError(problem("BE-REFUSED"), data=facts)
    refusal(lambda: guarded(Odd(get_profile=refused_with(error))).get_profile(TOKEN))


class HollowError(NotFoundError):
    """An error that was never made whole."""

    def __init__(self) -> None:
        pass


class SilentError(TooManyTriesError):
    """A limit that does not say for how long, not even that it does not."""

    def __init__(self) -> None:
        DvcError.__init__(self, problem("BE-TOO-MANY"))


class TrapError(NotFoundError):
    """An error that fails when it is looked at."""

    @property
    def problems(self) -> object:
        raise RuntimeError(SECRET)

    @problems.setter
    def problems(self, _given: object) -> None:
        pass


@pytest.mark.parametrize("error", [HollowError(), TrapError(problem("BE-REFUSED"))], ids=lambda error: type(error).__name__)
def test_an_error_that_cannot_be_read_is_a_bad_reply(error: NotFoundError) -> None:
    refusal(lambda: guarded(Odd(get_profile=refused_with(error))).get_profile(TOKEN))


def test_a_limit_that_says_nothing_of_its_time_is_one() -> None:
    with pytest.raises(TooManyTriesError) as caught:
        guarded(Odd(get_profile=refused_with(SilentError()))).get_profile(TOKEN)
    assert caught.value.retry_after is None


def test_an_error_with_dates_and_lists_in_its_facts_keeps_them() -> None:
    facts = {"challenge": {"tries_left": 2, "expires_at": NOON}, "days": [NOON.date(), None, True]}
    with pytest.raises(NotFoundError) as caught:
        guarded(Odd(get_profile=refused_with(NotFoundError(problem("BE-REFUSED"), data=facts)))).get_profile(TOKEN)
    assert caught.value.data == facts


@pytest.mark.parametrize(("told", "kept"), [(60, 60), (None, None), ("soon", None), (-1, None), (10**30, None), (0.5, None), ([], None)])
def test_seconds_to_wait_that_are_none_are_not_said(told: object, kept: int | None) -> None:
    error = TooManyTriesError(problem("BE-TOO-MANY"), retry_after=told)
    with pytest.raises(TooManyTriesError) as caught:
        guarded(Odd(get_profile=refused_with(error))).get_profile(TOKEN)
    assert caught.value.retry_after == kept


@pytest.mark.parametrize(("told", "kept"), [(True, True), (False, False), (None, True), ("no", True), (0, True)])
def test_whoever_does_not_say_that_nothing_happened_may_have_carried_it_out(told: object, kept: bool) -> None:
    error = UnavailableError(problem("BE-UNREACHABLE"), maybe_done=told)
    with pytest.raises(UnavailableError) as caught:
        guarded(Odd(get_profile=refused_with(error))).get_profile(TOKEN)
    assert caught.value.maybe_done is kept


@pytest.mark.parametrize(
    "error", [SystemExit(3), GeneratorExit(), asyncio.CancelledError(), BaseException(SECRET)], ids=lambda error: type(error).__name__
)
def test_what_nobody_catches_is_a_bad_reply(error: BaseException) -> None:
    message = refusal(lambda: guarded(Odd(get_profile=refused_with(error))).get_profile(TOKEN))
    assert f"(get_profile: {type(error).__name__})" in message


def test_the_person_may_stop_a_call() -> None:
    with pytest.raises(KeyboardInterrupt):
        guarded(Odd(get_profile=refused_with(KeyboardInterrupt()))).get_profile(TOKEN)


def test_what_a_call_writes_is_dropped_and_the_streams_come_back(capsys: pytest.CaptureFixture[str]) -> None:
    before = (sys.stdout, sys.stderr)

    def noisy(_token: Secret) -> Profile:
        print(SECRET)
        print(SECRET, file=sys.stderr, flush=True)
        with hushed():
            sys.stdout.write(SECRET)
        return PROFILE

    assert guarded(Odd(get_profile=noisy)).get_profile(TOKEN) == PROFILE
    assert (sys.stdout, sys.stderr) == before
    print("còn đây")
    assert tuple(capsys.readouterr()) == ("còn đây\n", "")


MANY = 8


def test_the_streams_come_back_when_threads_leave_in_the_order_in_which_they_came(capsys: pytest.CaptureFixture[str]) -> None:
    """Each is inside while the next begins, and ends before it: whoever puts back what it found would put back another's silence."""
    before = (sys.stdout, sys.stderr)
    came, gone = ([threading.Event() for _each in range(MANY)] for _list in range(2))

    def stay(token: Secret) -> Profile:
        mine = int(token.value)
        came[mine].set()
        came[-1].wait(30)
        print(SECRET)
        if mine:
            gone[mine - 1].wait(30)
        return PROFILE

    backend = guarded(Odd(get_profile=stay))

    def call(mine: int) -> Profile:
        if mine:
            came[mine - 1].wait(30)
        try:
            return backend.get_profile(Secret(str(mine)))
        finally:
            gone[mine].set()

    with ThreadPoolExecutor(MANY) as together:
        assert list(together.map(call, range(MANY))) == [PROFILE] * MANY
    assert (sys.stdout, sys.stderr) == before
    assert tuple(capsys.readouterr()) == ("", "")
