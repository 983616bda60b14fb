from __future__ import annotations

import time

import pytest

from dvc_cli.errors import DvcError, SessionError, UsageError
from dvc_cli.paths import find_paths
from dvc_cli.tokens import open_store
from dvc_cli.tokens.keyring_store import backend_name, service_name
from tokens.helpers.token_rings import MemoryRing

RINGS = "tokens.helpers.token_rings"


@pytest.fixture(autouse=True)
def _empty_ring():
    MemoryRing.entries.clear()
    yield
    MemoryRing.entries.clear()


def store_on(ring, tmp_path, limit=3.0):
    paths = find_paths({"DVC_HOME": str(tmp_path)})
    return open_store("keyring", paths, environ={"PYTHON_KEYRING_BACKEND": ring}, limit=limit)


def failure_of(call):
    with pytest.raises(DvcError) as caught:
        call()
    return type(caught.value), caught.value.problems[0].code, caught.value.exit_code


def test_a_usable_keyring_passes_the_probe_and_keeps_nothing_of_it(tmp_path):
    store = store_on(f"{RINGS}.MemoryRing", tmp_path)
    store.probe()
    assert MemoryRing.entries == {}
    assert store.records() == ()
    assert store.name == "keyring"


def test_what_is_put_is_read_and_deleted(tmp_path):
    store = store_on(f"{RINGS}.MemoryRing", tmp_path)
    assert store.get("session-1") is None
    store.put("session-1", "first")
    store.put("session-1", "second")
    store.put("desk-key", "key")
    assert (store.get("session-1"), store.get("desk-key")) == ("second", "key")
    store.delete("session-1")
    store.delete("session-1")
    assert store.get("session-1") is None
    assert store.records() == ("desk-key",)


def test_another_process_knows_which_records_there_are(tmp_path):
    store_on(f"{RINGS}.MemoryRing", tmp_path).put("session-1", "x")
    assert store_on(f"{RINGS}.MemoryRing", tmp_path).records() == ("session-1",)


def test_a_long_value_is_kept_and_leaves_nothing_when_it_becomes_short_or_goes(tmp_path):
    store = store_on(f"{RINGS}.MemoryRing", tmp_path)
    store.put("session-1", "x" * 5000)
    assert store.get("session-1") == "x" * 5000
    store.put("session-1", "y" * 2000)
    assert store.get("session-1") == "y" * 2000
    assert len(MemoryRing.entries) == 4
    store.put("session-1", "short")
    assert MemoryRing.entries == {("dvc-cli:session-1", "dvc"): "short"}
    store.put("session-1", "x" * 5000)
    store.delete("session-1")
    assert MemoryRing.entries == {}


@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        (f"{RINGS}.LockedRing", (SessionError, "TK-STORE-LOCKED", 3)),
        (f"{RINGS}.NoCollectionRing", (UsageError, "TK-STORE-MISSING", 2)),
        (f"{RINGS}.OddlyBrokenRing", (UsageError, "TK-STORE-MISSING", 2)),
        (f"{RINGS}.ForgetfulRing", (UsageError, "TK-STORE-MISSING", 2)),
        ("keyring.backends.fail.Keyring", (UsageError, "TK-STORE-MISSING", 2)),
        ("keyring.backends.null.Keyring", (UsageError, "TK-STORE-MISSING", 2)),
        ("no.such.module.Ring", (UsageError, "TK-STORE-MISSING", 2)),
        (f"{RINGS}.NoSuchRing", (UsageError, "TK-STORE-MISSING", 2)),
        ("nonsense", (UsageError, "TK-STORE-MISSING", 2)),
    ],
)
def test_the_probe_tells_a_keyring_that_cannot_be_used(tmp_path, ring, expected):
    assert failure_of(store_on(ring, tmp_path).probe) == expected


@pytest.mark.parametrize("ring", ["HangingRing", "SlowToLoadRing"])
def test_a_keyring_that_never_answers_is_left_after_the_limit(tmp_path, ring):
    store = store_on(f"{RINGS}.{ring}", tmp_path, limit=0.1)
    began = time.monotonic()
    for call in (store.probe, lambda: store.get("desk-key"), lambda: store.put("desk-key", "x"), lambda: store.delete("desk-key")):
        assert failure_of(call) == (SessionError, "TK-STORE-TIMEOUT", 3)
    assert time.monotonic() - began < 2


def test_a_locked_keyring_is_not_taken_for_an_empty_one(tmp_path):
    store = store_on(f"{RINGS}.LockedRing", tmp_path)
    assert failure_of(lambda: store.get("desk-key")) == (SessionError, "TK-STORE-LOCKED", 3)
    assert failure_of(lambda: store.put("desk-key", "x")) == (SessionError, "TK-STORE-LOCKED", 3)


def test_the_limit_leaves_time_to_start_within_three_seconds():
    import inspect

    assert inspect.signature(open_store).parameters["limit"].default == 2.5


@pytest.mark.parametrize("number", ["000190012345", "091234567", "0912345678"])
def test_no_service_name_holds_a_citizens_number(number):
    assert number not in service_name(f"session-{number}")
    assert service_name(f"session-{number}") == service_name(f"session-{number}")


def test_service_names_are_plain_for_plain_records_and_distinct_for_others():
    assert service_name("desk-key") == "dvc-cli:desk-key"
    odd = ["ticket-a/b", "ticket-a b", "ticket-" + "x" * 80, "ticket-ă", "ticket-\ud800"]
    assert len({service_name(record) for record in odd}) == len(odd)


def test_each_platform_has_its_own_named_keyring_and_the_environment_wins():
    assert backend_name({}, "linux") == "keyring.backends.SecretService.Keyring"
    assert backend_name({}, "darwin") == "keyring.backends.macOS.Keyring"
    assert backend_name({}, "win32") == "keyring.backends.Windows.WinVaultKeyring"
    assert backend_name({"PYTHON_KEYRING_BACKEND": "a.B"}, "win32") == "a.B"


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_named_keyrings_exist_in_the_library(platform):
    from importlib import import_module

    module, _dot, name = backend_name({}, platform).rpartition(".")
    assert hasattr(import_module(module), name)
