"""The gate: what a backend answers has its type or is refused with the reason, and the streams of the process come back."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from dvc_cli.backends.gate import guarded, hushed
from dvc_cli.contract.values import Account, Profile, Secret, Session
from dvc_cli.errors import BadReplyError, NotFoundError, problem

TOKEN = Secret("x")
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
    backend = guarded(Odd(ask_qr_login=lambda _code: session, close=lambda: SECRET, list_people=lambda *_: [SECRET]))
    assert "(ask_qr_login.token: expected Secret, got str)" in refusal(lambda: backend.ask_qr_login(Secret("d")))  # type: ignore[attr-defined]
    assert "(close: expected None, got str)" in refusal(backend.close)
    assert "(list_people: expected tuple, got list)" in refusal(lambda: backend.list_people(TOKEN, ""))  # type: ignore[attr-defined]


def test_a_backend_without_the_method_or_with_another_is_told_of() -> None:
    backend = guarded(Odd(capabilities="all", who_am_i=lambda: None, now=None))
    assert "(get_profile: missing)" in refusal(lambda: backend.get_profile(TOKEN))
    assert "(begin_qr_login: missing)" in refusal(partial(getattr, backend, "begin_qr_login"))
    assert "(capabilities: expected a method, got str)" in refusal(partial(getattr, backend, "capabilities"))
    assert "(now: expected a method, got NoneType)" in refusal(partial(getattr, backend, "now"))
    assert "(who_am_i: takes other arguments)" in refusal(lambda: backend.who_am_i(TOKEN))
    assert not hasattr(backend, "khong_co")


def test_a_name_that_is_no_text_is_told_of() -> None:
    backend = guarded(Odd(name=7))
    assert "(name: expected str, got int)" in refusal(lambda: backend.name)


def test_a_fault_inside_a_method_stays_what_it_is() -> None:
    """A bug of the package is not taken for other arguments."""

    def broken(_token: Secret) -> Profile:
        return len(7)  # type: ignore[arg-type,return-value]

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


def test_an_error_with_a_cycle_in_its_facts_is_a_bad_reply() -> None:
    loop: dict[str, object] = {}
    loop["loop"] = loop

    def refused(_token: Secret) -> Profile:
        raise NotFoundError(problem("BE-REFUSED"), data=loop)

    refusal(lambda: guarded(Odd(get_profile=refused)).get_profile(TOKEN))


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
