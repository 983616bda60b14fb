"""Signing in with a portal account and with VNeID, wrong passwords, changing the password."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from dvc_cli.contract.values import Secret
from dvc_cli.errors import NotFoundError, NotSupportedError, RefusedError, SessionError
from dvc_cli.portal import logins, passwords, sessions
from dvc_cli.portal.passwords import check_rule
from portal_accounts.small_town import HUNG, HUNG_VNEID, LINH, MAI, MAI_PHONE, NOBODY, PASSWORD, PHUC, SUA, Town, codes, open_town

WRONG = Secret("Sai-Bong7-tim!")
NEW = Secret("Moi-Bong8-tim!")


def portal_refusal(town: Town, id_number: str, password: Secret) -> list[str]:
    with pytest.raises(RefusedError) as caught:
        logins.begin_portal(town.portal, id_number, password)
    return codes(caught.value)


def vneid_refusal(town: Town, id_number: str, password: Secret, *, share_data: bool = True) -> list[str]:
    with pytest.raises(RefusedError) as caught:
        logins.begin_vneid(town.portal, id_number, password, share_data=share_data)
    return codes(caught.value)


def test_a_new_account_signs_in_with_password_and_code(town: Town) -> None:
    town.open_account()
    session = town.sign_in()
    assert (session.account.id_number, session.account.kind, session.account.assurance) == (MAI, "portal", "m2")


def test_an_account_of_the_population_signs_in_with_its_first_password(town: Town) -> None:
    person = town.portal.people(PHUC)[0]
    session = town.sign_in(PHUC, Secret(person.portal_password))
    assert (session.account.full_name, session.account.kind) == ("ĐỖ VĂN PHÚC", "portal")
    assert person.portal_password != person.vneid_password


def test_wrong_password_unknown_number_and_no_number_are_answered_alike(town: Town) -> None:
    assert portal_refusal(town, PHUC, WRONG) == ["TK-CREDENTIALS"]
    assert portal_refusal(town, MAI, PASSWORD) == ["TK-CREDENTIALS"]
    assert portal_refusal(town, NOBODY, PASSWORD) == ["TK-CREDENTIALS"]
    assert portal_refusal(town, "\ud800", PASSWORD) == ["TK-CREDENTIALS"]


def test_a_password_is_the_same_composed_and_decomposed(town: Town) -> None:
    town.open_account()
    logins.change_password(town.portal, town.sign_in().token, PASSWORD, Secret("Hoa-Sữa-Nở-7!"))
    typed = Secret(unicodedata.normalize("NFD", "Hoa-Sữa-Nở-7!"))
    assert town.sign_in(MAI, typed).account.id_number == MAI


def test_five_wrong_passwords_in_a_row_lock_the_account_for_ten_minutes(town: Town) -> None:
    town.open_account()
    for _try in range(5):
        assert portal_refusal(town, MAI, WRONG) == ["TK-CREDENTIALS"]
    assert portal_refusal(town, MAI, PASSWORD) == ["TK-LOCKED"]
    town.clock.pass_by(minutes=9, seconds=59)
    assert portal_refusal(town, MAI, PASSWORD) == ["TK-LOCKED"]
    town.clock.pass_by(seconds=1)
    assert town.sign_in().account.id_number == MAI


def while_comparing(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None]) -> None:
    """Do something once in the middle of the next comparison."""
    compare, left = passwords._matches, [meanwhile]

    def compared(kept: str, password: Secret) -> bool:
        if left:
            left.pop()()
        return compare(kept, password)

    monkeypatch.setattr(passwords, "_matches", compared)


def test_nobody_waits_for_a_comparison(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    other = open_town(town.folder)
    while_comparing(monkeypatch, lambda: other.begin() and None)
    assert town.begin_vneid(PHUC).kind == "login-vneid"
    assert len(town.portal.messages(MAI_PHONE)) == 1
    other.portal.close()


def test_a_try_is_paid_for_before_the_password_is_compared(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.open_account()
    for _try in range(4):
        portal_refusal(town, MAI, WRONG)
    told: list[str] = []
    while_comparing(monkeypatch, lambda: told.extend(portal_refusal(town, MAI, PASSWORD)))
    assert portal_refusal(town, MAI, WRONG) == ["TK-CREDENTIALS"]
    assert told == ["TK-LOCKED"]


def test_a_password_that_was_changed_while_it_was_compared_is_wrong(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.open_account()
    session = town.sign_in()
    while_comparing(monkeypatch, lambda: logins.change_password(town.portal, session.token, PASSWORD, NEW))
    assert portal_refusal(town, MAI, PASSWORD) == ["TK-CREDENTIALS"]
    assert town.sign_in(MAI, NEW).account.id_number == MAI


def test_whoever_it_is_about_one_comparison_is_made(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.open_account()
    portal_refusal(town, NOBODY, WRONG)  # once in a process there is a hash more to make
    made: list[str] = []
    compare = passwords._matches
    monkeypatch.setattr(passwords, "_matches", lambda kept, password: made.append(kept) or compare(kept, password))
    monkeypatch.setattr(passwords, "hash_password", lambda _password: pytest.fail("a second costly step"))
    for number in (MAI, PHUC, NOBODY):
        made.clear()
        assert portal_refusal(town, number, WRONG) == ["TK-CREDENTIALS"]
        assert len(made) == 1


def test_a_right_password_forgets_the_wrong_ones_before_it(town: Town) -> None:
    town.open_account()
    for _round in range(2):
        for _try in range(4):
            assert portal_refusal(town, MAI, WRONG) == ["TK-CREDENTIALS"]
        assert town.sign_in().account.id_number == MAI


def test_after_a_lock_all_tries_are_there_again(town: Town) -> None:
    town.open_account()
    for _try in range(5):
        portal_refusal(town, MAI, WRONG)
    town.clock.pass_by(minutes=10)
    for _try in range(4):
        assert portal_refusal(town, MAI, WRONG) == ["TK-CREDENTIALS"]
    assert town.sign_in().account.id_number == MAI


def test_a_number_without_an_account_locks_like_one_with(town: Town) -> None:
    answers = [portal_refusal(town, NOBODY, WRONG) for _try in range(6)]
    assert answers == [["TK-CREDENTIALS"]] * 5 + [["TK-LOCKED"]]


def test_vneid_signs_in_with_the_level_and_the_phone_of_the_digital_identity(town: Town) -> None:
    challenge = town.begin_vneid(HUNG)
    assert (challenge.kind, challenge.phone_masked) == ("login-vneid", "090****092")
    assert town.portal.messages(HUNG_VNEID)[0].text.startswith("VNeID: ")
    session = logins.verify(town.portal, challenge.id, town.code(challenge))
    assert (session.account.kind, session.account.assurance, session.account.full_name) == ("vneid", "vneid_2", "TRẦN HÙNG")


def test_vneid_does_not_know_a_number_outside_the_population(town: Town) -> None:
    with pytest.raises(NotFoundError):
        logins.begin_vneid(town.portal, NOBODY, PASSWORD, share_data=True)
    assert vneid_refusal(town, NOBODY, PASSWORD) == ["TK-PERSON-UNKNOWN"]
    assert vneid_refusal(town, "không phải số", PASSWORD) == ["TK-PERSON-UNKNOWN"]


@pytest.mark.parametrize("id_number", [SUA, LINH])
def test_below_level_two_there_is_no_sign_in(town: Town, id_number: str) -> None:
    assert vneid_refusal(town, id_number, PASSWORD) == ["TK-VNEID-LEVEL"]


def test_a_wrong_vneid_password_is_refused_and_locks_only_vneid(town: Town) -> None:
    for _try in range(5):
        assert vneid_refusal(town, PHUC, WRONG) == ["TK-CREDENTIALS"]
    assert vneid_refusal(town, PHUC, town.vneid_password(PHUC)) == ["TK-LOCKED"]
    assert town.sign_in(PHUC, Secret(town.portal.people(PHUC)[0].portal_password)).account.kind == "portal"


def test_without_the_agreement_to_share_data_there_is_no_code(town: Town) -> None:
    assert vneid_refusal(town, MAI, town.vneid_password(MAI), share_data=False) == ["TK-CONSENT"]
    assert town.portal.messages() == ()
    assert town.begin_vneid(MAI).code_number == 1


def test_invented_passwords_keep_the_rule_and_stay_the_same(town: Town) -> None:
    people = town.portal.people()
    passwords = [person.vneid_password for person in people if person.vneid_level]
    for password in passwords:
        check_rule(Secret(password))
        assert len(password) <= 20
    assert len(set(passwords)) == len(passwords) == 4
    assert [person.vneid_password for person in people if not person.vneid_level] == ["", ""]
    assert people == town.portal.people()


def test_a_chosen_password_is_not_told(town: Town) -> None:
    town.open_account()
    assert town.portal.people(MAI)[0].portal_password == ""


def test_changing_the_password_ends_the_other_sessions(town: Town) -> None:
    town.open_account()
    old, own, vneid = town.sign_in(), town.sign_in(), town.sign_in_vneid()
    logins.change_password(town.portal, own.token, PASSWORD, NEW)
    assert sessions.who_am_i(town.portal, own.token).id_number == MAI
    assert sessions.who_am_i(town.portal, vneid.token).kind == "vneid"
    with pytest.raises(SessionError):
        sessions.who_am_i(town.portal, old.token)
    assert portal_refusal(town, MAI, PASSWORD) == ["TK-CREDENTIALS"]
    assert town.sign_in(MAI, NEW).account.id_number == MAI


def test_changing_the_password_asks_for_the_current_one_and_for_the_rule(town: Town) -> None:
    town.open_account()
    session = town.sign_in()
    for current, new, code in ((WRONG, NEW, "TK-CREDENTIALS"), (PASSWORD, Secret("ngan"), "TK-PW-RULE")):
        with pytest.raises(RefusedError) as caught:
            logins.change_password(town.portal, session.token, current, new)
        assert codes(caught.value) == [code]
    assert town.sign_in().account.id_number == MAI


def test_the_password_of_vneid_is_not_changed_here(town: Town) -> None:
    with pytest.raises(NotSupportedError) as caught:
        logins.change_password(town.portal, town.sign_in_vneid().token, town.vneid_password(MAI), NEW)
    assert codes(caught.value) == ["BE-NOT-SUPPORTED"]
