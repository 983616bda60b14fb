"""The sandbox speaks the whole account part of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dvc_cli.backends.sandbox import SandboxBackend
from dvc_cli.contract.backend import Backend
from dvc_cli.contract.values import Secret
from dvc_cli.errors import NotFoundError, SessionError
from portal_accounts.small_town import MAI, NOBODY, PASSWORD, START, Town, open_town

NEW = Secret("Moi-Bong8-tim!")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    opened = open_town(tmp_path / "sandbox")
    yield opened
    opened.portal.close()


@pytest.fixture
def backend(town: Town) -> Backend:
    return SandboxBackend(town.portal)


def test_what_it_can_do(backend: Backend) -> None:
    able = backend.capabilities()
    assert able.registration == {"cong_dan/thue_bao_di_dong", "cong_dan/bao_hiem_xa_hoi"}
    assert able.logins == {"portal", "vneid_password"}
    assert able.lookups == {"person", "birth_notification", "death_notice"}
    assert able.procedures == {"khai-sinh", "khai-tu"}
    assert able.invented_people
    assert backend.now() == START


def test_from_registration_to_profile(town: Town, backend: Backend) -> None:
    begun = backend.begin_registration(town.registration())
    town.clock.pass_by(seconds=30)
    again = backend.resend_code(begun.id)
    assert backend.get_challenge(begun.id) == again
    ticket = backend.verify_registration(again.id, town.code(again))
    account = backend.set_password(ticket.value, PASSWORD)
    login = backend.begin_login(MAI, PASSWORD)
    session = backend.verify_login(login.id, town.code(login))
    assert backend.who_am_i(session.token) == account == session.account
    backend.change_password(session.token, PASSWORD, NEW)
    renewed = backend.refresh_session(session.refresh_token)
    assert backend.get_profile(renewed.token).verified == ()
    assert "ethnicity" in backend.refresh_profile(renewed.token).verified
    backend.log_out(renewed.token)
    with pytest.raises(SessionError):
        backend.get_profile(renewed.token)


def test_look_ups_need_a_session(town: Town, backend: Backend) -> None:
    login = backend.begin_vneid_login(MAI, town.vneid_password(MAI), share_data=True)
    token = backend.verify_login(login.id, town.code(login)).token
    assert backend.find_person(token, MAI).full_name == "NGUYỄN THỊ MAI HOÀ"
    assert backend.find_birth_notification(token, "00412.GCS.99901.26", MAI).gender == "nu"
    with pytest.raises(NotFoundError):
        backend.find_person(token, NOBODY)
    for call in (
        lambda: backend.find_person(Secret("x"), MAI),
        lambda: backend.find_birth_notification(Secret("x"), "00412.GCS.99901.26", MAI),
        lambda: backend.list_dossiers(Secret("x")),
        lambda: backend.get_dossier(Secret("x"), "G22.99.08-261109-000001"),
    ):
        with pytest.raises(SessionError):
            call()


def test_closing_twice_is_safe(backend: Backend) -> None:
    backend.close()
    backend.close()
