"""The portal on PostgreSQL: the same suite through two servers at once, the same counting, and a database that crashes under load."""

from __future__ import annotations

import io
import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from dvc_cli.backends.sandbox import SandboxBackend
from dvc_cli.clock import SystemClock
from dvc_cli.contract.bench import Bench
from dvc_cli.contract.oauth import CLIENT, DEVICE_GRANT, FORM_TYPE
from dvc_cli.contract.secret import Secret
from dvc_cli.errors import RefusedError, UnavailableError, UsageError
from dvc_cli.portal import vneid_requests, vneid_visits
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.storage import postgres
from dvc_cli.portal.storage.migrator import newest_version, schema_version
from dvc_cli.portal.storage.place import ServerPlace
from dvc_cli.portal.storage.postgres import PostgresConnection, _translated
from dvc_cli.portal.web import oauth
from dvc_cli.portal.web.house import House, Portals
from dvc_cli.portal.web.log import Log
from dvc_cli.testing.suite import BackendContract
from postgres.servers import Postgres, served, started
from server.campaign import campaign
from server.fault_proxy import FAULTS, PASS


class TestTwoServersOnPostgres(BackendContract):
    @pytest.fixture(scope="class")
    @classmethod
    def bench(cls, postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
        with served(postgres.new_database(), tmp_path_factory.mktemp("served")) as found:
            yield found


def portal_at(address: str) -> Portal:
    return Portal(ServerPlace(address), SystemClock())


def settle(address: str) -> None:
    """Make the tables and the town."""
    portal = portal_at(address)
    portal.people()
    portal.close()


def test_two_that_come_first_make_one_town(database: str) -> None:
    together = threading.Barrier(2)

    def arrive(_who: int) -> tuple[int, str]:
        portal = portal_at(database)
        together.wait(timeout=20)
        found = len(portal.people()), portal.vault.fingerprint
        portal.close()
        return found

    with ThreadPoolExecutor(2) as both:
        (first, second) = both.map(arrive, range(2))
    assert first == second
    assert first[0] >= 200


def test_the_tables_are_those_of_the_numbered_migrations(database: str) -> None:
    portal = portal_at(database)
    with portal.write() as connection:
        assert schema_version(connection) == newest_version()
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (str(newest_version() + 1),))
    portal.close()
    with pytest.raises(RefusedError) as newer:
        portal_at(database).people()
    assert [item.code for item in newer.value.problems] == ["BE-VERSION"]


def test_a_change_that_fails_half_way_leaves_nothing(database: str) -> None:
    portal = portal_at(database)

    def half() -> None:
        with portal.write() as connection:
            connection.execute("DELETE FROM birth_notifications")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with portal.read() as connection:
        assert connection.execute("SELECT count(*) AS n FROM birth_notifications").fetchone()["n"] > 0
    portal.close()


def test_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError) as away:
        portal_at(f"postgresql:///x?host={tmp_path}").people()
    assert ([item.code for item in away.value.problems], away.value.maybe_done) == (["BE-UNREACHABLE"], False)


@pytest.mark.parametrize("served", [False, True])
def test_a_restart_between_two_calls_is_noticed_by_no_caller(database: str, *, served: bool) -> None:
    portal = Portal(ServerPlace(database), SystemClock(), own_time=served)
    found = len(portal.people())
    with psycopg.connect(database, autocommit=True) as other:
        ended = other.execute(
            "SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    assert ended == [(True,)]
    portal.begin_call()
    assert len(portal.people()) == found
    portal.close()


def test_a_database_that_lets_nobody_write_is_away_and_did_nothing(database: str) -> None:
    settle(database)
    with psycopg.connect(database, autocommit=True) as other:  # as a standby, or the one that the others left behind
        other.execute(f'ALTER DATABASE "{other.info.dbname}" SET default_transaction_read_only = on')
    portal = portal_at(database)
    with pytest.raises(UnavailableError) as away, portal.write() as connection:
        connection.execute("DELETE FROM messages")
    assert ([item.code for item in away.value.problems], away.value.maybe_done) == (["BE-UNREACHABLE"], False)
    portal.close()


def test_a_user_without_the_rights_is_told_so_and_nothing_was_done(database: str) -> None:
    settle(database)
    with psycopg.connect(database, autocommit=True) as other:
        role = f"guest_of_{other.info.dbname}"
        other.execute(f'DROP ROLE IF EXISTS "{role}"')
        other.execute(f'CREATE ROLE "{role}"')
    guest = portal_at(make_conninfo(database, options=f"-c role={role}"))
    with pytest.raises(UnavailableError) as away:
        guest.people()
    assert [(item.code, "InsufficientPrivilege" in item.message) for item in away.value.problems] == [("BE-UNREACHABLE", True)]
    assert away.value.maybe_done is False


def test_no_call_waits_for_a_server_that_is_gone_and_what_the_address_says_is_kept(database: str) -> None:
    connection = PostgresConnection(make_conninfo(database, connect_timeout=7, options="-c search_path=pg_catalog"))
    chosen = connection._inner.info.get_parameters()
    names = ("connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout")
    assert [chosen[name] for name in names] == ["7", "10", "5", "3", "20000"]
    assert [connection.execute(f"SHOW {name}").fetchone()[0] for name in ("search_path", "statement_timeout")] == ["pg_catalog", "20s"]
    connection.close()


def test_a_portal_in_which_a_call_crashed_is_opened_anew_by_the_next(database: str) -> None:
    portals = Portals(House(lambda: portal_at(database), SandboxBackend, Log(io.StringIO()), threads=1))

    def ask() -> int:
        with portals.borrow() as portal, portal.read() as connection:
            return len(connection.execute("SELECT * FROM counters").fetchall())

    assert {ask() for _until_it_is_prepared in range(4)} == {0}
    with psycopg.connect(database, autocommit=True) as other:  # what was prepared no longer fits, on this connection for ever
        other.execute("ALTER TABLE counters ADD COLUMN more TEXT")
    with pytest.raises(psycopg.errors.FeatureNotSupported):
        ask()
    assert ask() == 0
    portals.close()


def test_a_database_that_cannot_hold_vietnamese_is_refused(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        name = f"{connection.info.dbname}_ascii"
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f"CREATE DATABASE \"{name}\" ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(UsageError) as refused:
        ServerPlace(make_conninfo(database, dbname=name)).check()
    assert [(item.code, item.field, "SQL_ASCII" in item.message) for item in refused.value.problems] == [("A-USAGE", "database", True)]


def test_a_database_whose_lock_is_one_in_name_only_is_refused(database: str) -> None:
    place = ServerPlace(database)
    place.check()
    with psycopg.connect(database, autocommit=True) as connection:  # as engines do that have PostgreSQL's functions without their meaning
        name = connection.info.dbname
        connection.execute("CREATE FUNCTION public.pg_advisory_xact_lock(bigint) RETURNS void LANGUAGE sql AS 'SELECT'")
        connection.execute("CREATE FUNCTION public.pg_try_advisory_xact_lock(bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true'")
        connection.execute(f'ALTER DATABASE "{name}" SET search_path = public, pg_catalog')
    with pytest.raises(UsageError) as refused:
        place.check()
    assert [(item.code, item.field) for item in refused.value.problems] == [("A-USAGE", "database")]


@pytest.mark.parametrize(
    ("statement", "translated"),
    [
        ("SELECT ? WHERE a = :name", b"SELECT %s WHERE a = %(name)s"),
        ("SELECT '?:x''%' || ?", b"SELECT '?:x''%%' || %s"),
        ("a LIKE ? || '%'", b"a LIKE %s || '%%'"),
    ],
)
def test_marks_are_translated_and_texts_are_not(statement: str, translated: bytes) -> None:
    assert _translated(statement) == translated


def test_of_two_that_ask_for_one_session_one_gets_it(database: str) -> None:
    portal, device_code = portal_at(database), Secret("d" * 30)
    vneid_requests.begin_by_device(portal, device_code, "BCDF-GHJK")
    visit = vneid_visits.begin(portal, "BCDF-GHJK")
    citizen = next(each for each in portal.people() if each.vneid_level == 2)
    vneid_visits.sign_in(portal, visit, citizen.id_number, Secret(citizen.vneid_password))
    vneid_visits.verify(portal, visit, Secret(portal.newest_code(citizen.phone).code))
    vneid_visits.answer(portal, visit, agreed=True)
    together, form = threading.Barrier(2), {"grant_type": DEVICE_GRANT, "device_code": device_code.value, "client_id": CLIENT}

    def ask(_who: int) -> int:
        mine = portal_at(database)
        mine.people()
        together.wait(timeout=20)
        status = oauth.give_token(mine, "http://127.0.0.1:1", urlencode(form), {"Content-Type": FORM_TYPE}).status
        mine.close()
        return status

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(ask, range(2))) == [200, 400]
    with portal.read() as connection:
        assert connection.execute("SELECT count(*) AS sessions FROM sessions").fetchone()["sessions"] == 1
    portal.close()


def test_forty_submits_under_random_faults(database: str, folder: Path) -> None:
    chance = random.Random(20261109)
    tally = campaign(
        folder,
        40,
        lambda _request: chance.choice((*FAULTS, *(PASS,) * 9)),
        clients=4,
        open_portal=lambda: portal_at(database),
    )
    assert (tally.filed, tally.lies, tally.lost, tally.doubled) == (40, 0, 0, 0)


def test_the_database_crashes_in_the_middle_of_load_and_no_acknowledged_dossier_is_lost(tmp_path: Path) -> None:
    with started() as postgres:
        address, lock, filed = postgres.new_database(), threading.Lock(), [0]
        # Not after so many requests more: every client may be waiting for the database to look something up.
        back = threading.Timer(0.5, postgres.come_up)

        def plan(request: bytes) -> str:
            with lock:
                filed[0] += request.startswith(b"POST /v1/dossiers")
                if filed[0] == 15 and not back.is_alive() and not back.finished.is_set():
                    postgres.crash()
                    back.start()
            return PASS

        tally = campaign(tmp_path, 60, plan, clients=4, open_portal=lambda: portal_at(address), patient=True)
        back.join()
    assert (tally.filed, tally.lies, tally.lost, tally.doubled) == (60, 0, 0, 0)
    assert any(isinstance(error, UnavailableError) for error in tally.told)


def test_who_waits_too_long_for_the_lock_is_told_and_writes_once_it_is_free(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "_STATEMENT_MILLISECONDS", 50)
    portal = portal_at(database)
    portal.people("")

    def write() -> None:
        with portal.write() as connection:
            connection.execute("DELETE FROM uploads")

    with psycopg.connect(database) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (postgres.WRITERS,))
        with pytest.raises(UnavailableError) as late:
            write()
    assert ([item.code for item in late.value.problems], late.value.maybe_done) == (["BE-UNREACHABLE"], False)
    write()
    portal.close()
