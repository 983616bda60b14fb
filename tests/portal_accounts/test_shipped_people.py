"""The sandbox as it is shipped: its own people can do what their level and their phone allow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dvc_cli.contract.values import Secret
from dvc_cli.errors import RefusedError
from dvc_cli.portal import logins
from dvc_cli.portal.passwords import check_rule
from dvc_cli.portal.people import InventedPerson
from dvc_cli.portal.portal import Portal
from portal_accounts.small_town import MovableClock, Town, codes


@pytest.fixture
def shipped(tmp_path: Path) -> Iterator[Town]:
    clock = MovableClock()
    opened = Town(tmp_path / "sandbox", clock, Portal(tmp_path / "sandbox", clock))
    yield opened
    opened.portal.close()


def first(town: Town, *, level: int, owned: bool, account: bool) -> InventedPerson:
    wanted = (level, owned, account)
    return next(person for person in town.portal.people() if (person.vneid_level, person.phone_owned, person.portal_account) == wanted)


def facts(person: InventedPerson) -> dict[str, object]:
    return {"id_number": person.id_number, "full_name": person.full_name, "birth_date": person.birth_date, "phone": person.phone}


def test_there_are_people_for_every_answer_of_the_portal(shipped: Town) -> None:
    assert len(shipped.portal.people()) >= 200
    new = first(shipped, level=0, owned=True, account=False)
    assert shipped.open_account(**facts(new)).id_number == new.id_number
    level_two = first(shipped, level=2, owned=True, account=False)
    assert shipped.sign_in_vneid(level_two.id_number).account.full_name == level_two.full_name
    registered = first(shipped, level=2, owned=True, account=True)
    assert shipped.sign_in(registered.id_number, Secret(registered.portal_password)).account.kind == "portal"
    for person, refusal in (
        (registered, "TK-EXISTS"),
        (next(person for person in shipped.portal.people() if person.phone and not person.phone_owned), "TK-SUBSCRIBER"),
    ):
        with pytest.raises(RefusedError) as caught:
            shipped.begin(**facts(person))
        assert codes(caught.value) == [refusal]
    with pytest.raises(RefusedError) as caught:
        logins.begin_vneid(shipped.portal, first(shipped, level=1, owned=True, account=False).id_number, Secret("x"), share_data=True)
    assert codes(caught.value) == ["TK-VNEID-LEVEL"]


def test_every_shipped_password_keeps_the_rule(shipped: Town) -> None:
    for person in shipped.portal.people():
        for password in (person.vneid_password, person.portal_password):
            if password:
                check_rule(Secret(password))
