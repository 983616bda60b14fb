"""The file itself: created once, private, without secrets in clear, honest about damage; its time moves on; it can begin anew."""

from __future__ import annotations

import sqlite3
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from dvc_cli.errors import DvcError, RefusedError, StoreError, UsageError
from dvc_cli.portal import challenges
from dvc_cli.portal.portal import Portal, sandbox_folder, sandbox_offset
from dvc_cli.portal.storage.connection import DATABASE
from dvc_cli.portal.storage.migrator import newest_version, schema_version
from dvc_cli.portal.vault import KEY_FILE, Vault
from portal_accounts.small_town import MAI, PASSWORD, PHUC, Town, codes, open_town


def everything_on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.name != KEY_FILE)


def trouble(town: Town) -> DvcError:
    with pytest.raises(DvcError) as caught:
        town.portal.people()
    return caught.value


def test_no_password_code_or_token_stands_in_the_file(town: Town) -> None:
    town.portal.people()
    # Six digits may stand in a phone number by chance: what counts is that no code adds one.
    untouched = everything_on_disk(town.folder)
    first = town.begin()
    seen = [town.code(first).value]
    town.clock.pass_by(seconds=30)
    challenges.resend(town.portal, first.id)
    seen.append(town.code(first).value)
    town.clock.pass_by(seconds=1)
    seen.append(town.wrong(first).value)
    town.open_account()
    people = town.portal.people()
    seen += [person.vneid_password for person in people if person.vneid_password]
    seen += [person.portal_password for person in people if person.portal_password]
    for session in (town.sign_in(), town.sign_in_vneid(), town.sign_in_vneid(PHUC)):
        seen += [session.token.value, session.refresh_token.value]
    seen += [PASSWORD.value, *(message.code for message in town.portal.messages())]
    open_files = everything_on_disk(town.folder)
    town.portal.close()
    for content in (open_files, everything_on_disk(town.folder)):
        assert MAI.encode() in content
        for secret in seen:
            assert content.count(secret.encode()) <= untouched.count(secret.encode())
        assert town.folder.joinpath(KEY_FILE).read_bytes() not in content
        assert "Không đưa mã".encode() not in content


def test_folder_database_and_key_are_private(town: Town) -> None:
    town.begin()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in town.folder.iterdir()}
    assert stat.S_IMODE(town.folder.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}
    assert {DATABASE, KEY_FILE} <= set(modes)


def test_nothing_is_made_before_the_first_use(town: Town) -> None:
    assert not town.folder.exists()
    assert sandbox_offset(town.folder) == timedelta()
    assert not town.folder.exists()


def test_it_is_found_again_as_it_was_left(town: Town) -> None:
    challenge = town.begin()
    code = town.code(challenge)
    town.portal.close()
    again = open_town(town.folder)
    assert again.verify(challenge, code).value
    again.portal.close()
    again.portal.close()


def test_time_moves_on_by_whole_days_and_is_kept(town: Town) -> None:
    assert town.portal.advance(3).offset_days == 3
    assert town.portal.advance(4).offset_days == 7
    assert sandbox_offset(town.folder) == timedelta(days=7)


def test_time_that_another_process_moved_counts_from_the_next_call_on(town: Town) -> None:
    town.portal.people()
    one, other = (Portal(town.folder, town.clock, own_time=True) for _each in range(2))
    begun = town.clock.now()
    assert one.now() == other.now() == begun
    moved = one.advance(3)
    assert (moved.now, moved.offset_days) == (begun + timedelta(days=3), 3)
    assert other.now() == begun  # within one call time does not jump
    other.begin_call()
    assert other.now() == moved.now
    one.close()
    other.close()


@pytest.mark.parametrize("days", [0, -1, 36_501, 10**30])
def test_time_does_not_go_back_nor_beyond_a_century(town: Town, days: int) -> None:
    with pytest.raises(UsageError) as caught:
        town.portal.advance(days)
    assert codes(caught.value) == ["A-USAGE"]
    assert sandbox_offset(town.folder) == timedelta()


def test_beginning_anew_keeps_the_people_and_their_first_passwords_only(town: Town) -> None:
    before = town.portal.people()
    town.open_account()
    session = town.sign_in()
    town.portal.advance(2)
    town.portal.reset()
    assert town.portal.people() == before
    assert (town.portal.messages(), sandbox_offset(town.folder)) == ((), timedelta())
    with pytest.raises(DvcError) as caught:
        challenges.get(town.portal, "ch-000000000000")
    assert codes(caught.value) == ["TK-NO-CHALLENGE"]
    assert session.account.id_number == town.open_account().id_number


def test_beginning_anew_reaches_a_process_that_has_it_open(town: Town) -> None:
    other = open_town(town.folder)
    other.begin()
    town.portal.reset()
    assert other.portal.messages() == ()
    assert other.begin().tries_left == 5
    other.portal.close()


def test_two_sandboxes_have_different_people_s_passwords(town: Town, tmp_path: Path) -> None:
    other = open_town(tmp_path / "other")
    assert town.vneid_password(MAI) != other.vneid_password(MAI)
    other.portal.close()


def test_without_its_key_the_file_is_told_to_be_lost_and_can_begin_anew(town: Town) -> None:
    town.begin()
    town.portal.close()
    (town.folder / KEY_FILE).unlink()
    lost = trouble(town)
    assert (codes(lost), lost.exit_code) == (["DK-STORE-CORRUPT"], 1)
    assert "dvc sandbox reset" in lost.problems[0].hint
    town.portal.reset()
    assert town.open_account().id_number == MAI


def test_another_key_is_noticed(town: Town) -> None:
    town.begin()
    town.portal.close()
    (town.folder / KEY_FILE).write_bytes(b"k" * 32)
    assert codes(trouble(town)) == ["DK-STORE-CORRUPT"]


def test_a_file_that_is_no_database_is_told_and_can_begin_anew(town: Town) -> None:
    town.folder.mkdir(parents=True)
    (town.folder / DATABASE).write_bytes(b"not a database " * 100)
    assert isinstance(trouble(town), StoreError)
    assert sandbox_offset(town.folder) == timedelta()
    town.portal.reset()
    assert len(town.portal.people()) == 6


def test_a_changed_message_is_not_believed(town: Town) -> None:
    town.begin()
    with town.portal.write() as connection:
        connection.execute("UPDATE messages SET phone = '0987654321'")
    with pytest.raises(StoreError) as caught:
        town.portal.messages()
    assert codes(caught.value) == ["DK-STORE-CORRUPT"]


def test_tables_of_a_newer_program_are_left_alone(town: Town) -> None:
    with town.portal.write() as connection:
        connection.execute("UPDATE meta SET value = '9999' WHERE key = 'schema_version'")
    town.portal.close()
    refused = trouble(town)
    assert (codes(refused), isinstance(refused, RefusedError)) == (["BE-VERSION"], True)
    town.portal.reset()
    assert len(town.portal.people()) == 6


def test_a_newer_program_that_comes_meanwhile_is_noticed_by_the_next_call(town: Town) -> None:
    portal = Portal(town.folder, town.clock, own_time=True)
    portal.now()
    with town.portal.write() as connection:
        connection.execute("UPDATE meta SET value = '9999' WHERE key = 'schema_version'")
    portal.begin_call()
    with pytest.raises(RefusedError) as caught:
        portal.now()
    assert codes(caught.value) == ["BE-VERSION"]
    portal.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be taken away there")
def test_a_file_taken_away_takes_no_more_writes_none_is_made_in_its_place_and_it_may_come_back(town: Town) -> None:
    town.begin()
    away = town.folder.with_name("away")
    town.folder.rename(away)
    for _try in range(2):
        assert codes(trouble(town)) == ["DK-STORE-CORRUPT"]
    assert not town.folder.exists()
    away.rename(town.folder)
    assert len(town.portal.messages()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be replaced there")
def test_another_file_in_its_place_is_the_one_that_is_read_and_written(town: Town) -> None:
    town.portal.people()
    earlier = town.folder / "earlier"
    with sqlite3.connect(earlier) as copy, town.portal.read() as connection:
        connection.backup(copy)
    copy.close()
    town.begin()
    for name in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (town.folder / name).unlink()
    earlier.rename(town.folder / DATABASE)
    assert town.portal.messages() == ()
    town.begin()
    town.portal.close()
    assert len(town.portal.messages()) == 1


def test_a_sandbox_in_use_is_not_reset(town: Town) -> None:
    town.begin()
    other = sqlite3.connect(town.folder / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError) as caught:
        town.portal.reset()
    other.close()
    assert codes(caught.value) == ["DK-LOCKED"]
    assert len(town.portal.messages()) == 1


def test_a_key_that_cannot_be_written_is_told_and_leaves_nothing_half_made(town: Town) -> None:
    (town.folder / KEY_FILE).mkdir(parents=True)
    assert codes(trouble(town)) == ["DK-STORE-CORRUPT"]
    (town.folder / KEY_FILE).rmdir()
    assert len(town.portal.people()) == 6


def test_every_migration_is_counted(town: Town) -> None:
    with town.portal.read() as connection:
        assert schema_version(connection) == newest_version() >= 1


def test_an_exception_undoes_the_whole_write(town: Town) -> None:
    def fail_half_way() -> None:
        with town.portal.write() as connection, town.portal.write():
            connection.execute("DELETE FROM birth_notifications")
            raise KeyError

    with pytest.raises(KeyError):
        fail_half_way()
    with town.portal.read() as connection:
        assert connection.execute("SELECT count(*) FROM birth_notifications").fetchone()[0] == 1


def test_a_file_held_by_another_process_is_told_to_be_locked(town: Town) -> None:
    town.begin()
    with town.portal.read() as connection:
        connection.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(town.folder / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError) as caught:
        town.begin()
    other.close()
    assert codes(caught.value) == ["DK-LOCKED"]


def test_a_file_that_turned_read_only_is_not_called_damaged(town: Town) -> None:
    with town.portal.read() as connection:
        connection.execute("PRAGMA query_only = ON")  # as where the disk was mounted anew without the right to write
    with pytest.raises(StoreError) as caught:
        town.begin()
    assert codes(caught.value) == ["DK-LOCKED"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    town = open_town(tmp_path / "file" / "sandbox")
    assert codes(trouble(town)) == ["DK-STORE-CORRUPT"]


def test_the_sandbox_lies_in_its_own_folder(tmp_path: Path) -> None:
    assert sandbox_folder(tmp_path) == tmp_path / "sandbox"


def test_a_sealed_box_opens_under_its_label_only() -> None:
    vault = Vault(b"k" * 32)
    box = vault.seal("a", b"content")
    assert vault.unseal("a", box) == b"content"
    for label, wrong in (("b", box), ("a", box[:-1]), ("a", b"")):
        with pytest.raises(StoreError):
            vault.unseal(label, wrong)
