"""Checks of codes, sessions and profiles, with people of the bench."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from dvc_cli.contract.backend import Backend
from dvc_cli.contract.bench import Citizen
from dvc_cli.contract.secret import Secret
from dvc_cli.contract.values import Challenge
from dvc_cli.errors import DvcError, NotFoundError, RefusedError, SessionError
from dvc_cli.testing.checking import BY_VNEID, NOBODY, NotHereError, Room, expect, expect_code, expect_error

_MOST_GUESSES = 20

_PASSWORD, _OTHER = Secret("Gac-Bong7-tim!"), Secret("Moi-Bong8-tim!")


def signs_in_with_a_code(room: Room) -> None:
    """Number and password send a code; the code opens a session; the session knows whose it is."""
    who = room.citizen()
    challenge = room.begin(who)
    expect(challenge.kind == room.way.challenge, f"a challenge of {room.way.login} has the kind {room.way.challenge}")
    expect(challenge.code_number == 1, "a first code is number 1")
    expect(room.backend.get_challenge(challenge.id) == challenge, "get_challenge tells another challenge than the sign-in did")
    expect(challenge.sent_at < challenge.expires_at, "a code expires before it is sent")
    expect("*" in challenge.phone_masked or "•" in challenge.phone_masked, "phone_masked shows the whole phone")
    session = room.backend.verify_login(challenge.id, room.bench.code(challenge.id))
    account = room.backend.who_am_i(session.token)
    expect_code("assurance", account.assurance, "Account.assurance")
    expect(account == session.account and account.id_number == who.id_number, "who_am_i tells another account")
    expect(account.kind == room.way.account, f"an account of {room.way.login} has the kind {room.way.account}")
    expect(session.token.value != session.refresh_token.value, "both tokens are the same")
    expect(session.expires_at <= session.refresh_until, "a session can be renewed until before it ends")


def refuses_a_wrong_password(room: Room) -> None:
    """TK-CREDENTIALS; and TK-CONSENT when data may not be shared."""
    who = room.citizen()
    expect_error(lambda: room.begin(who, Secret("sai")), RefusedError, "TK-CREDENTIALS")
    if room.way is BY_VNEID:
        expect_error(lambda: room.backend.begin_vneid_login(who.id_number, who.password, share_data=False), RefusedError, "TK-CONSENT")


def takes_a_code_once(room: Room) -> None:
    """TK-OTP-USED afterwards, with the challenge in the error's data."""
    challenge = _begin(room)
    code = room.bench.code(challenge.id)
    room.backend.verify_login(challenge.id, code)
    expect_error(lambda: room.backend.verify_login(challenge.id, code), RefusedError, "TK-OTP-USED")


def locks_after_wrong_codes(room: Room) -> None:
    """Each wrong code costs a try and says how many are left; after the last even the right one is refused."""
    challenge = _begin(room)
    right = room.bench.code(challenge.id)
    for left in range(challenge.tries_left - 1, -1, -1):
        error = expect_error(lambda: room.backend.verify_login(challenge.id, _wrong(right)), RefusedError, "TK-OTP-WRONG")
        told = error.data.get("challenge")
        expect(isinstance(told, dict) and told.get("tries_left") == left, "a wrong code does not say how many tries are left")
    expect_error(lambda: room.backend.verify_login(challenge.id, right), RefusedError, "TK-OTP-LOCKED")
    expect_error(lambda: room.backend.resend_code(challenge.id), RefusedError, "TK-OTP-LOCKED")


def gives_two_attackers_no_more_tries_than_one(room: Room) -> None:
    """Two clients at once guess as often as one could."""
    challenge = _begin(room)
    wrong = _wrong(room.bench.code(challenge.id))
    together_now = Barrier(2, timeout=30)

    def guess(client: int) -> list[str]:
        backend, told = room.open(), []
        together_now.wait()  # else the first may be done before the second has begun
        for _time in range(challenge.tries_left + client):
            try:
                backend.verify_login(challenge.id, wrong)
            except DvcError as error:
                told.append(str(error))
        backend.close()
        return told

    with ThreadPoolExecutor(2) as together:
        told = [code for part in together.map(guess, range(2)) for code in part]
    expect(told.count("TK-OTP-WRONG") == challenge.tries_left, f"{told.count('TK-OTP-WRONG')} tries instead of {challenge.tries_left}")


def lets_two_attackers_guess_no_more_passwords_than_one(room: Room) -> None:
    """Wrong passwords lock an account; two clients at once do not get more of them compared than one alone."""
    who, alone = room.citizen(), room.citizen()
    allowed = _guesses(room, room.backend, alone).count("TK-CREDENTIALS")
    if allowed == _MOST_GUESSES:
        raise NotHereError("wrong passwords lock no account")

    def guess(_client: int) -> list[str]:
        backend = room.open()
        try:
            return _guesses(room, backend, who)
        finally:
            backend.close()

    with ThreadPoolExecutor(2) as together:
        told = [code for part in together.map(guess, range(2)) for code in part]
    expect(told.count("TK-CREDENTIALS") == allowed, f"{told.count('TK-CREDENTIALS')} passwords compared instead of {allowed}")
    expect_error(lambda: room.begin(who), RefusedError, "TK-LOCKED")


def a_code_belongs_to_one_challenge(room: Room) -> None:
    """A login code verifies no registration, and a new login ends the code of the one before."""
    who = room.citizen()
    first = room.begin(who)
    old = room.bench.code(first.id)
    if room.backend.capabilities().registration:
        expect_error(lambda: room.backend.verify_registration(first.id, old), NotFoundError, "TK-NO-CHALLENGE")
    second = room.begin(who)
    expect(second.id != first.id, "two challenges have one id")
    expect_error(lambda: room.backend.verify_login(first.id, old), RefusedError, "TK-OTP-SUPERSEDED", "TK-NO-CHALLENGE")


def resends_after_a_while(room: Room) -> None:
    """TK-RESEND-SOON at once; later a new number, and the old code is no longer good."""
    challenge = _begin(room)
    expect_error(lambda: room.backend.resend_code(challenge.id), RefusedError, "TK-RESEND-SOON")
    old, wait = room.bench.code(challenge.id), int((challenge.resend_at - challenge.sent_at).total_seconds())
    room.pass_by(wait + 1)
    again = room.backend.resend_code(challenge.id)
    expect((again.id, again.code_number) == (challenge.id, 2), "the second code of a challenge is number 2")
    expect_error(lambda: room.backend.verify_login(challenge.id, old), RefusedError, "TK-OTP-SUPERSEDED")
    room.backend.verify_login(challenge.id, room.bench.code(challenge.id))


def lets_codes_and_sessions_expire(room: Room) -> None:
    """TK-OTP-EXPIRED after the code's time; TK-SESSION-EXPIRED after the session's."""
    challenge = _begin(room)
    code = room.bench.code(challenge.id)
    room.pass_by(int((challenge.expires_at - challenge.sent_at).total_seconds()) + 2)
    expect_error(lambda: room.backend.verify_login(challenge.id, code), RefusedError, "TK-OTP-EXPIRED")
    session = room.sign_in()
    room.pass_by(int((session.expires_at - room.backend.now()).total_seconds()) + 2)
    expect_error(lambda: room.backend.who_am_i(session.token), SessionError, "TK-SESSION-EXPIRED")


def renews_a_session(room: Room) -> None:
    """New tokens for old ones; the old ones end."""
    session = room.sign_in()
    renewed = room.backend.refresh_session(session.refresh_token)
    expect(room.backend.who_am_i(renewed.token) == session.account, "a renewed session is another person's")
    expect_error(lambda: room.backend.who_am_i(session.token), SessionError, "TK-SESSION-REVOKED")
    expect_error(lambda: room.backend.refresh_session(session.refresh_token), SessionError, "TK-SESSION-REVOKED")


def ends_a_session(room: Room) -> None:
    """TK-SESSION-REVOKED afterwards; ending it again is no error; another session of the person goes on."""
    who = room.citizen()
    first, second = room.sign_in(who), room.sign_in(who)
    room.backend.log_out(first.token)
    room.backend.log_out(first.token)
    expect_error(lambda: room.backend.get_profile(first.token), SessionError, "TK-SESSION-REVOKED")
    expect(room.backend.who_am_i(second.token) == second.account, "ending one session ended another")


def keeps_vietnamese_names(room: Room) -> None:
    """Profile and register tell the same name, composed (NFC), through every client."""
    session = room.sign_in()
    profile = room.backend.get_profile(session.token)
    expect(profile.id_number == session.account.id_number, "the profile is another person's")
    expect(unicodedata.is_normalized("NFC", profile.full_name) and profile.full_name, "the name is not composed")
    expect(profile.full_name == session.account.full_name, "account and profile tell two names")
    expect_code("gender", profile.gender, "Profile.gender")
    refreshed = room.backend.refresh_profile(session.token)
    expect(refreshed.verified, "a profile taken from the register has confirmed fields")
    other = room.open()
    expect(other.get_profile(session.token) == refreshed, "another client sees another profile")
    other.close()


def looks_people_up(room: Room) -> None:
    """By capability: a person by number, and NotFoundError for a number that the register does not have."""
    session, able = room.sign_in(), room.backend.capabilities()
    number = session.account.id_number
    if "person" in able.lookups:
        expect(room.backend.find_person(session.token, number).full_name == session.account.full_name, "the register knows another name")
        expect_error(lambda: room.backend.find_person(session.token, NOBODY), NotFoundError, "BE-REFUSED")
    if "birth_notification" in able.lookups:
        expect_error(lambda: room.backend.find_birth_notification(session.token, "KHONG.CO", number), NotFoundError, "BE-REFUSED")
    if "death_notice" in able.lookups:
        expect_error(lambda: room.backend.find_death_notice(session.token, NOBODY), NotFoundError, "BE-REFUSED")


def opens_an_account(room: Room) -> None:
    """Registration, code, password, sign-in, another password; the number cannot register twice."""
    asked = room.bench.registration()
    if asked is None:
        raise NotHereError("no registration on the bench")
    backend = room.backend
    challenge = backend.begin_registration(asked)
    expect(challenge.kind == "register", "a challenge of a registration has the kind register")
    ticket = backend.verify_registration(challenge.id, room.bench.code(challenge.id))
    expect_error(lambda: backend.set_password(ticket.value, Secret("ngan")), RefusedError, "TK-PW-RULE")
    account = backend.set_password(ticket.value, _PASSWORD)
    expect((account.id_number, account.kind) == (asked.id_number, "portal"), "another account was opened")
    expect_error(lambda: backend.set_password(ticket.value, _PASSWORD), RefusedError, "TK-NO-CHALLENGE")
    expect_error(lambda: backend.begin_registration(asked), RefusedError, "TK-EXISTS")
    login = backend.begin_login(asked.id_number, _PASSWORD)
    session = backend.verify_login(login.id, room.bench.code(login.id))
    expect_error(lambda: backend.change_password(session.token, Secret("sai"), _OTHER), RefusedError, "TK-CREDENTIALS")
    backend.change_password(session.token, _PASSWORD, _OTHER)
    expect_error(lambda: backend.begin_login(asked.id_number, _PASSWORD), RefusedError, "TK-CREDENTIALS")
    backend.begin_login(asked.id_number, _OTHER)


def _begin(room: Room) -> Challenge:
    return room.begin(room.citizen())


def _guesses(room: Room, backend: Backend, who: Citizen) -> list[str]:
    """Wrong passwords until the account is locked, or until there is no hope of it: the codes that were told."""
    told: list[str] = []
    while len(told) < _MOST_GUESSES and "TK-LOCKED" not in told:
        error = expect_error(lambda: room.begin(who, Secret("sai"), backend), RefusedError)
        told += [item.code for item in error.problems]
    return told


def _wrong(code: Secret) -> Secret:
    return Secret(f"{(int(code.value) + 1) % 1_000_000:06d}")


CHECKS = (
    signs_in_with_a_code,
    refuses_a_wrong_password,
    takes_a_code_once,
    locks_after_wrong_codes,
    gives_two_attackers_no_more_tries_than_one,
    lets_two_attackers_guess_no_more_passwords_than_one,
    a_code_belongs_to_one_challenge,
    resends_after_a_while,
    renews_a_session,
    ends_a_session,
    keeps_vietnamese_names,
    looks_people_up,
    opens_an_account,
    lets_codes_and_sessions_expire,
)
