"""The shipped contract suite on the embedded sandbox and on the reference server; and on backends that break a promise."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import stamina

from dvc_cli.contract.bench import Bench, Citizen
from dvc_cli.contract.secret import Secret
from dvc_cli.contract.training import InventedPerson
from dvc_cli.errors import ConflictError, NotFoundError, NotSupportedError, RefusedError, TooManyTriesError, UnavailableError, problem
from dvc_cli.testing import accounts, door, dossiers, pages
from dvc_cli.testing.checking import FAILED, PASSED, PASSED_OVER, Check, Room, judge, run
from dvc_cli.testing.suite import CHECKS, BackendContract
from dvc_cli.testing.training_bench import TrainingBench
from suite.benches import embedded, served


@pytest.fixture(scope="class")
def folder(tmp_path_factory: pytest.TempPathFactory, sandbox_seed: Path) -> Path:
    target = tmp_path_factory.mktemp("suite") / "sandbox"
    shutil.copytree(sandbox_seed / "data" / "sandbox", target)
    return target


class TestEmbeddedSandbox(BackendContract):
    @pytest.fixture(scope="class")
    @classmethod
    def bench(cls, folder: Path) -> Iterator[Bench]:
        with embedded(folder) as found:
            yield found


class TestServerOnSQLite(BackendContract):
    @pytest.fixture(scope="class")
    @classmethod
    def bench(cls, folder: Path) -> Iterator[Bench]:
        with stamina.set_testing(True, attempts=4, cap=True), served(folder) as found:
            yield found


class Broken:
    """The embedded sandbox with one promise broken."""

    def __init__(self, inner: object, method: str, answer: object) -> None:
        self._inner, self._method, self._answer = inner, method, answer

    def __getattr__(self, name: str) -> object:
        found = getattr(self._inner, name)
        if name != self._method or self._answer is None:
            return found if name != self._method else None
        return lambda *given, **named: self._answer(found, *given, **named)


def raises(error: Exception) -> object:
    def answer(_call: object, *_given: object, **_named: object) -> object:
        raise error

    return answer


def other_key(call: object, token: object, sent: object, key: str) -> object:
    import secrets

    return call(token, sent, secrets.token_hex(8))


def changed(**members: object) -> object:
    return lambda call, *given: replace(call(*given), **members)


def with_paper_in(state: str) -> object:
    def answer(call: object, *given: object) -> object:
        filed = call(*given)
        return replace(filed, papers=tuple(replace(paper, state=state) for paper in filed.papers))

    return answer


@pytest.mark.parametrize(
    ("check", "method", "answer"),
    [
        (dossiers.files_it_once, "submit_dossier", other_key),
        (dossiers.refuses_other_content_under_a_key, "submit_dossier", other_key),
        (dossiers.files_a_dossier, "list_dossiers", lambda _call, _token: ()),
        (dossiers.shows_a_dossier_to_its_owner_only, "get_dossier", raises(RefusedError(problem("BE-REFUSED")))),
        (accounts.takes_a_code_once, "verify_login", raises(ConflictError(problem("BE-CONFLICT")))),
        (accounts.gives_two_attackers_no_more_tries_than_one, "verify_login", raises(RefusedError(problem("TK-OTP-WRONG", "otp")))),
        (accounts.keeps_vietnamese_names, "get_profile", raises(UnavailableError())),
        (door.knows_no_unknown_challenge, "get_challenge", lambda _call, _id: None),
        (door.takes_no_strange_token, "who_am_i", lambda _call, _token: None),
        (door.survives_hostile_texts, "begin_login", raises(ZeroDivisionError())),
        (door.says_what_it_can_do, "capabilities", lambda _call: None),
        (door.tells_the_time, "now", lambda _call: None),
    ],
    ids=lambda value: getattr(value, "__name__", str(value))[:30],
)
def test_a_broken_promise_is_found(folder: Path, check: Check, method: str, answer: object) -> None:
    with embedded(folder) as bench:
        whole = bench.open
        bench.open = lambda: Broken(whole(), method, answer)
        verdict = judge(check, Room(bench))
        assert (verdict.outcome, verdict.reason != "") == (FAILED, True)


@pytest.mark.parametrize(
    ("check", "method", "answer", "told"),
    [
        (accounts.signs_in_with_a_code, "who_am_i", changed(assurance="cao"), "Account.assurance is no code of assurance"),
        (accounts.keeps_vietnamese_names, "get_profile", changed(gender="female"), "Profile.gender is no code of gender"),
        (dossiers.files_a_dossier, "submit_dossier", with_paper_in("thieu"), "PaperLine.state is no code of paper_state"),
    ],
)
def test_a_code_that_no_reader_of_an_answer_knows_is_found(folder: Path, check: Check, method: str, answer: object, told: str) -> None:
    with embedded(folder) as bench:
        whole = bench.open
        bench.open = lambda: Broken(whole(), method, answer)
        assert judge(check, Room(bench)).reason == told


def nothing(_call: object, *_given: object) -> None:
    return None


@pytest.mark.parametrize(
    ("check", "method", "answer"),
    [
        (pages.has_the_methods_of_its_ways, "end_browser_login", None),
        (pages.waits_for_another_device, "begin_qr_login", nothing),
        (pages.waits_for_another_device, "ask_qr_login", nothing),
        (pages.signs_in_by_another_device, "ask_qr_login", nothing),
        (pages.lets_a_citizen_refuse_on_another_device, "ask_qr_login", nothing),
        (pages.knows_no_unknown_device, "ask_qr_login", nothing),
        (pages.lets_device_sign_ins_expire, "ask_qr_login", raises(TooManyTriesError())),
        (pages.signs_in_by_browser, "end_browser_login", raises(RefusedError(problem("TK-CONSENT")))),
        (pages.lets_a_citizen_refuse_in_the_browser, "end_browser_login", raises(NotFoundError(problem("TK-NO-CHALLENGE")))),
        (pages.takes_no_answer_of_another_sign_in, "end_browser_login", raises(NotFoundError(problem("TK-NO-CHALLENGE")))),
        (pages.lets_browser_codes_expire, "end_browser_login", raises(RefusedError(problem("TK-CONSENT")))),
    ],
    ids=lambda value: getattr(value, "__name__", str(value))[:30],
)
def test_a_broken_sign_in_on_a_page_is_found(folder: Path, check: Check, method: str, answer: object) -> None:
    with stamina.set_testing(True, attempts=4, cap=True), served(folder) as bench:
        whole = bench.open
        bench.open = lambda: Broken(whole(), method, answer)
        room = Room(bench)
        verdict = judge(check, room)
        room.backend.close()
    assert (verdict.outcome, verdict.reason != "") == (FAILED, True)


@pytest.mark.parametrize("bench_has_it", [True, False])
def test_without_somebody_who_opens_pages_only_what_needs_nobody_is_checked(folder: Path, bench_has_it: bool) -> None:
    with stamina.set_testing(True, attempts=4, cap=True), served(folder) as bench:
        room = Room(bench)
        room.bench = TrainingBench(bench.open, bench._people, bench._code) if bench_has_it else Pageless(bench)
        outcomes = {check.__name__: judge(check, room) for check in pages.CHECKS}
        room.backend.close()
    passed = {name for name, verdict in outcomes.items() if verdict.outcome == PASSED}
    assert passed == {"has_the_methods_of_its_ways", "waits_for_another_device", "knows_no_unknown_device"}
    assert {verdict.reason for verdict in outcomes.values() if verdict.outcome == PASSED_OVER} == {"the bench opens no pages"}
    assert FAILED not in {verdict.outcome for verdict in outcomes.values()}


class Pageless:
    """A bench of before there were pages."""

    def __init__(self, bench: TrainingBench) -> None:
        self.citizens, self.pass_by = bench.citizens, bench.pass_by


def test_the_look_ups_hold_whoever_of_the_bench_signs_in(folder: Path) -> None:
    """One of the last is the deceased of a worked example, who has a death notice."""
    with embedded(folder) as bench:
        room = Room(bench)
        for _citizen in range(12):
            accounts.looks_people_up(room)


class Lesser:
    """The embedded sandbox without some of its ways; what a system cannot do it refuses as not supported."""

    def __init__(self, inner: object, **able: frozenset[str]) -> None:
        self._inner, self._able = inner, able

    def __getattr__(self, name: str) -> object:
        ways = {
            "begin_vneid_login": ("logins", "vneid_password"),
            "begin_login": ("logins", "portal"),
            "change_password": ("logins", "portal"),
        }
        member, word = ways.get(name, ("registration", ""))
        registers = {"begin_registration", "verify_registration", "set_password"}
        if (name in ways and word not in self._able.get(member, {word})) or (name in registers and "registration" in self._able):
            return raises(NotSupportedError(problem("BE-NOT-SUPPORTED")))
        return getattr(self._inner, name)

    def capabilities(self) -> object:
        return replace(self._inner.capabilities(), **self._able)


def lesser(bench: TrainingBench, **able: frozenset[str]) -> TrainingBench:
    whole = bench.open
    bench.open = lambda: Lesser(whole(), **able)
    return bench


def test_a_backend_that_registers_nobody_is_held_to_nothing_about_it(folder: Path) -> None:
    with embedded(folder) as bench:
        verdicts = list(run(CHECKS, lesser(bench, registration=frozenset(), logins=frozenset({"vneid_password"}))))
    assert [each for each in verdicts if each.outcome == FAILED and each.name != "accounts.opens_an_account"] == []
    assert "the backend registers nobody" in {each.reason for each in verdicts}


class WithAccounts:
    """The bench of a system whose people have portal accounts alone."""

    def __init__(self, bench: TrainingBench, people: tuple[InventedPerson, ...]) -> None:
        self.open, self.code, self.pass_by, self.registration = bench.open, bench.code, bench.pass_by, lambda: None
        self.submission = lambda: None
        self.citizens = lambda: tuple(Citizen(each.id_number, Secret(each.portal_password)) for each in people)


def test_where_people_have_portal_accounts_alone_these_are_checked(folder: Path) -> None:
    with embedded(folder) as bench:
        people = tuple(each for each in bench._people() if each.portal_password)
        found = WithAccounts(lesser(bench, logins=frozenset({"portal"})), people)
        verdicts = {each.name: each for each in run(accounts.CHECKS, found)}
    assert [each for each in verdicts.values() if each.outcome == FAILED] == []
    assert verdicts["accounts.signs_in_with_a_code"].outcome == PASSED


def test_where_nobody_signs_in_with_a_code_the_bench_signs_people_in(folder: Path) -> None:
    with embedded(folder) as bench:
        inside = bench.open()

        def sign_in(citizen: Citizen, _backend: object) -> object:
            challenge = inside.begin_vneid_login(citizen.id_number, citizen.password, share_data=True)
            return inside.verify_login(challenge.id, bench.code(challenge.id))

        bench.sign_in = sign_in
        verdicts = {each.name: each for each in run((*dossiers.CHECKS, *accounts.CHECKS), lesser(bench, logins=frozenset({"vneid_qr"})))}
    assert [each for each in verdicts.values() if each.outcome == FAILED and each.name != "accounts.opens_an_account"] == []
    assert {verdicts[f"{name}"].outcome for name in ("dossiers.files_it_once", "accounts.renews_a_session")} == {PASSED}
    assert verdicts["accounts.takes_a_code_once"].reason == "the backend signs nobody in with a code"


def test_a_bench_that_does_not_open_is_told() -> None:
    class Closed:
        def open(self) -> object:
            raise OSError

    (verdict,) = run(CHECKS, Closed())
    assert (verdict.name, verdict.outcome, verdict.reason) == ("open", FAILED, "OSError: ")
