"""Codes: wrong, expired, superseded, used, locked; sending again; limits by phone."""

from __future__ import annotations

import pytest

from dvc_cli.contract.values import Challenge, Secret
from dvc_cli.errors import NotFoundError, RefusedError, TooManyTriesError
from dvc_cli.portal import challenges, logins, registration
from portal_accounts.small_town import MAI, MAI_PHONE, PHUC, START, Town, codes


def refused(town: Town, challenge: Challenge, code: Secret) -> tuple[str, int]:
    """The problem code of a refused guess, and the tries that its error names."""
    with pytest.raises(RefusedError) as caught:
        town.verify(challenge, code)
    assert [item.field for item in caught.value.problems] == ["otp"]
    facts = caught.value.data["challenge"]
    assert isinstance(facts, dict)
    assert facts["id"] == challenge.id
    return codes(caught.value)[0], facts["tries_left"]


def refused_resend(town: Town, challenge: Challenge) -> str:
    with pytest.raises(RefusedError) as caught:
        challenges.resend(town.portal, challenge.id)
    return codes(caught.value)[0]


def test_a_wrong_code_costs_a_try_and_the_right_one_still_opens(town: Town) -> None:
    challenge = town.begin()
    assert refused(town, challenge, town.wrong(challenge)) == ("TK-OTP-WRONG", 4)
    assert town.tries_left(challenge) == 4
    assert town.verify(challenge).value


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "\ud800", "١٢٣٤٥٦"])
def test_what_is_no_code_costs_a_try_as_well(town: Town, typed: str) -> None:
    assert refused(town, town.begin(), Secret(typed)) == ("TK-OTP-WRONG", 4)


def test_the_fifth_wrong_code_is_the_last_guess(town: Town) -> None:
    challenge = town.begin()
    wrong = town.wrong(challenge)
    assert [refused(town, challenge, wrong) for _guess in range(5)] == [("TK-OTP-WRONG", left) for left in (4, 3, 2, 1, 0)]
    assert refused(town, challenge, wrong) == ("TK-OTP-LOCKED", 0)
    assert refused(town, challenge, town.code(challenge)) == ("TK-OTP-LOCKED", 0)
    assert refused_resend(town, challenge) == "TK-OTP-LOCKED"


def test_four_wrong_codes_leave_one_guess(town: Town) -> None:
    challenge = town.begin()
    for _guess in range(4):
        refused(town, challenge, town.wrong(challenge))
    assert town.verify(challenge).value


def test_a_code_is_good_until_its_last_second_and_not_longer(town: Town) -> None:
    challenge = town.begin()
    code = town.code(challenge)
    town.clock.instant = challenge.expires_at
    assert town.verify(challenge, code).value
    late = town.begin()
    code = town.code(late)
    town.clock.instant = late.expires_at
    town.clock.pass_by(seconds=1)
    assert refused(town, late, code) == ("TK-OTP-EXPIRED", 5)
    assert refused(town, late, town.wrong(late)) == ("TK-OTP-EXPIRED", 5)


def test_a_code_of_vneid_lives_three_minutes(town: Town) -> None:
    challenge = town.begin_vneid()
    assert (challenge.expires_at - challenge.sent_at).total_seconds() == 180


def test_an_expired_code_can_be_sent_again(town: Town) -> None:
    challenge = town.begin()
    town.clock.pass_by(minutes=6)
    newer = challenges.resend(town.portal, challenge.id)
    assert (newer.id, newer.code_number, newer.sent_at) == (challenge.id, 2, town.clock.now())
    assert (newer.expires_at - newer.sent_at).total_seconds() == 300
    assert town.verify(newer).value


def test_the_code_of_an_earlier_challenge_of_the_same_person_is_named_too(town: Town) -> None:
    first = town.begin()
    old = town.code(first)
    second = town.begin()
    assert refused(town, second, old) == ("TK-OTP-SUPERSEDED", 4)
    used = town.code(second)
    assert town.verify(second).value
    assert refused(town, town.begin(), used) == ("TK-OTP-USED", 4)
    with pytest.raises(RefusedError) as caught:  # another kind of challenge has codes of its own
        logins.verify(town.portal, town.begin_vneid().id, old)
    assert codes(caught.value) == ["TK-OTP-WRONG"]


def test_the_code_of_the_earlier_message_is_named_as_old_and_costs_a_try(town: Town) -> None:
    challenge = town.begin()
    old = town.code(challenge)
    town.clock.pass_by(seconds=30)
    newer = challenges.resend(town.portal, challenge.id)
    assert refused(town, newer, old) == ("TK-OTP-SUPERSEDED", 4)
    assert town.verify(newer).value


def test_sending_again_gives_no_tries_back(town: Town) -> None:
    challenge = town.begin()
    refused(town, challenge, town.wrong(challenge))
    town.clock.pass_by(seconds=30)
    assert challenges.resend(town.portal, challenge.id).tries_left == 4


def test_beginning_again_ends_the_open_challenge_of_the_same_person_and_kind(town: Town) -> None:
    first = town.begin()
    code = town.code(first)
    second = town.begin()
    assert refused(town, first, code)[0] == "TK-OTP-SUPERSEDED"
    assert refused_resend(town, first) == "TK-NO-CHALLENGE"
    assert town.verify(second).value


def test_a_sign_in_does_not_end_a_registration(town: Town) -> None:
    first = town.begin()
    town.begin_vneid()
    assert town.verify(first).value


def test_a_code_opens_once(town: Town) -> None:
    challenge = town.begin()
    code = town.code(challenge)
    ticket = town.verify(challenge, code)
    assert refused(town, challenge, code)[0] == "TK-OTP-USED"
    registration.set_password(town.portal, ticket, Secret("Gac-Bong7-tim!"))
    assert refused(town, challenge, code)[0] == "TK-OTP-USED"
    assert refused_resend(town, challenge) == "TK-NO-CHALLENGE"


@pytest.mark.parametrize("challenge_id", ["", "ch-000000000000", "\ud800", "' OR 1=1 --"])
def test_an_unknown_challenge_is_none(town: Town, challenge_id: str) -> None:
    calls = (
        lambda: challenges.get(town.portal, challenge_id),
        lambda: challenges.resend(town.portal, challenge_id),
        lambda: registration.verify(town.portal, challenge_id, Secret("123456")),
        lambda: logins.verify(town.portal, challenge_id, Secret("123456")),
    )
    for call in calls:
        with pytest.raises(NotFoundError) as caught:
            call()
        assert codes(caught.value) == ["TK-NO-CHALLENGE"]


def test_a_registration_code_does_not_sign_in(town: Town) -> None:
    challenge = town.begin()
    with pytest.raises(NotFoundError) as caught:
        logins.verify(town.portal, challenge.id, town.code(challenge))
    assert codes(caught.value) == ["TK-NO-CHALLENGE"]
    assert town.tries_left(challenge) == 5


def test_a_code_may_be_sent_again_after_thirty_seconds(town: Town) -> None:
    challenge = town.begin()
    town.clock.pass_by(seconds=29)
    assert refused_resend(town, challenge) == "TK-RESEND-SOON"
    town.clock.pass_by(seconds=1)
    newer = challenges.resend(town.portal, challenge.id)
    assert (newer.resend_at - newer.sent_at).total_seconds() == 30


def test_a_code_may_be_sent_again_three_times(town: Town) -> None:
    challenge = town.begin()
    for number in (2, 3, 4):
        town.clock.pass_by(seconds=30)
        assert challenges.resend(town.portal, challenge.id).code_number == number
    assert refused_resend(town, challenge) == "TK-RESEND-LIMIT"
    assert town.verify(challenge).value


def test_the_eleventh_challenge_within_ten_minutes_locks_the_phone_for_ten(town: Town) -> None:
    for _begin in range(10):
        last = town.begin()
    with pytest.raises(TooManyTriesError) as caught:
        town.begin()
    assert (codes(caught.value), caught.value.retry_after, caught.value.exit_code) == (["BE-TOO-MANY"], 600, 5)
    town.clock.pass_by(seconds=40)
    with pytest.raises(TooManyTriesError) as caught:
        challenges.resend(town.portal, last.id)
    assert caught.value.retry_after == 560
    assert town.begin_vneid(PHUC).kind == "login-vneid"
    town.clock.pass_by(seconds=559)
    with pytest.raises(TooManyTriesError):
        town.begin()
    town.clock.pass_by(seconds=1)
    assert town.begin().code_number == 1


def test_ten_challenges_spread_over_more_than_ten_minutes_lock_nothing(town: Town) -> None:
    for _begin in range(15):
        town.begin()
        town.clock.pass_by(seconds=61)
    assert town.begin().tries_left == 5


def test_a_challenge_can_be_looked_at_as_it_stands(town: Town) -> None:
    challenge = town.begin()
    assert challenges.get(town.portal, challenge.id) == challenge
    assert challenge.sent_at == START
    for _guess in range(5):
        refused(town, challenge, town.wrong(challenge))
    assert challenges.get(town.portal, challenge.id).tries_left == 0


def test_an_answered_or_replaced_challenge_is_not_waiting(town: Town) -> None:
    replaced = town.begin()
    answered = town.begin()
    town.verify(answered)
    for over in (replaced, answered):
        with pytest.raises(NotFoundError) as caught:
            challenges.get(town.portal, over.id)
        assert codes(caught.value) == ["TK-NO-CHALLENGE"]


def test_the_newest_open_code_is_found_by_phone_by_challenge_and_without_either(town: Town) -> None:
    other = town.begin_vneid(PHUC)
    challenge = town.begin()
    town.clock.pass_by(seconds=30)
    challenges.resend(town.portal, challenge.id)
    newest = town.portal.newest_code()
    assert (newest.challenge_id, newest.expires_at) == (challenge.id, challenges.get(town.portal, challenge.id).expires_at)
    assert newest == town.portal.newest_code(phone=MAI_PHONE) == town.portal.newest_code(challenge_id=challenge.id)
    town.verify(challenge)
    assert town.portal.newest_code().challenge_id == other.id
    with pytest.raises(NotFoundError) as caught:
        town.portal.newest_code(phone=MAI_PHONE)
    assert codes(caught.value) == ["TK-NO-CHALLENGE"]


@pytest.mark.parametrize("word", ["", "ch-000000000000", "\udcff"])
def test_there_is_no_code_of_an_unknown_challenge_or_phone(town: Town, word: str) -> None:
    town.begin()
    assert town.portal.messages(word) == ()
    for which in ({"challenge_id": word}, {"phone": word}):
        with pytest.raises(NotFoundError) as caught:
            town.portal.newest_code(**which)
        assert codes(caught.value) == ["TK-NO-CHALLENGE"]


def test_messages_carry_number_and_code_and_are_listed_newest_first(town: Town) -> None:
    challenge = town.begin()
    town.clock.pass_by(seconds=30)
    challenges.resend(town.portal, challenge.id)
    newest, oldest = town.portal.messages(MAI_PHONE)
    assert newest.sent_at > oldest.sent_at
    assert (newest.challenge_id, newest.code) == (challenge.id, town.code(challenge).value)
    assert f"số 2 của Quý vị là {newest.code}" in newest.text
    assert newest.code not in repr(newest)
    assert town.portal.messages("0911111111") == ()
    assert len(town.portal.messages()) == 2
    assert MAI not in newest.text
