"""Sessions end after thirty minutes, can be renewed for twelve hours, and end at will."""

from __future__ import annotations

import pytest

from dvc_cli.contract.values import Secret
from dvc_cli.errors import SessionError
from dvc_cli.portal import sessions
from portal_accounts.small_town import Town, codes


def refused(town: Town, token: Secret) -> list[str]:
    with pytest.raises(SessionError) as caught:
        sessions.who_am_i(town.portal, token)
    assert caught.value.exit_code == 3
    return codes(caught.value)


def refused_refresh(town: Town, token: Secret) -> list[str]:
    with pytest.raises(SessionError) as caught:
        sessions.refresh(town.portal, token)
    return codes(caught.value)


def test_a_session_is_good_until_its_last_second(town: Town) -> None:
    session = town.sign_in_vneid()
    assert (session.expires_at - town.clock.now()).total_seconds() == 1800
    town.clock.instant = session.expires_at
    assert sessions.who_am_i(town.portal, session.token) == session.account
    town.clock.pass_by(seconds=1)
    assert refused(town, session.token) == ["TK-SESSION-EXPIRED"]


def test_renewing_gives_new_tokens_and_ends_the_old_ones(town: Town) -> None:
    old = town.sign_in_vneid()
    town.clock.pass_by(minutes=45)
    new = sessions.refresh(town.portal, old.refresh_token)
    assert (new.account, new.refresh_until) == (old.account, old.refresh_until)
    assert (new.expires_at - town.clock.now()).total_seconds() == 1800
    assert refused(town, old.token) == ["TK-SESSION-REVOKED"]
    assert refused_refresh(town, old.refresh_token) == ["TK-SESSION-REVOKED"]
    assert sessions.who_am_i(town.portal, new.token) == old.account


def test_a_session_can_be_renewed_for_twelve_hours(town: Town) -> None:
    session = town.sign_in_vneid()
    town.clock.pass_by(hours=11, minutes=50)
    session = sessions.refresh(town.portal, session.refresh_token)
    assert session.expires_at == session.refresh_until
    town.clock.pass_by(minutes=10)
    assert sessions.who_am_i(town.portal, session.token)
    town.clock.pass_by(seconds=1)
    assert refused_refresh(town, session.refresh_token) == ["TK-SESSION-EXPIRED"]


def test_logging_out_ends_both_tokens_and_may_be_done_twice(town: Town) -> None:
    session, other = town.sign_in_vneid(), town.sign_in_vneid()
    for _time in range(2):
        sessions.log_out(town.portal, session.token)
    assert refused(town, session.token) == ["TK-SESSION-REVOKED"]
    assert refused_refresh(town, session.refresh_token) == ["TK-SESSION-REVOKED"]
    assert sessions.who_am_i(town.portal, other.token).kind == "vneid"
    sessions.log_out(town.portal, Secret("unknown"))


@pytest.mark.parametrize("token", ["", "unknown", "\ud800"])
def test_an_unknown_token_is_no_longer_accepted(town: Town, token: str) -> None:
    assert refused(town, Secret(token)) == ["TK-SESSION-REVOKED"]


def test_a_refresh_token_opens_nothing_by_itself(town: Town) -> None:
    session = town.sign_in_vneid()
    assert refused(town, session.refresh_token) == ["TK-SESSION-REVOKED"]
    assert refused_refresh(town, session.token) == ["TK-SESSION-REVOKED"]


def test_tokens_are_not_shown(town: Town) -> None:
    session = town.sign_in_vneid()
    assert session.token.value not in repr(session)
    assert session.refresh_token.value not in repr(session)
