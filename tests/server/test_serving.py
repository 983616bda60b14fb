"""Carrying out one call, without HTTP."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from dvc_cli.backends.sandbox import SandboxBackend
from dvc_cli.contract.messages import call_of
from dvc_cli.contract.operations import operation, path_arguments
from dvc_cli.contract.values import Secret
from dvc_cli.portal.dossiers_events import Asked as Wanted
from dvc_cli.portal.dossiers_office import ask
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.web.house import House
from dvc_cli.portal.web.log import Log
from dvc_cli.portal.web.serving import Answered, Asked, serve
from dvc_cli.testing.sample_birth import MOTHER, sample_birth
from portal_accounts.small_town import MovableClock


def carry_out(portal: Portal, name: str, given: Mapping[str, object], tag: str = "") -> Answered:
    house, row = House(lambda: portal, SandboxBackend, Log(io.StringIO())), operation(name)
    call = call_of(row, given)
    path = {key: str(given[key]) for key in path_arguments(name)}
    headers = {key.lower(): value for key, value in call.headers.items()} | ({"if-match": tag} if tag else {})
    return serve(house, portal, Asked(row, path, {}, headers, call.body, "127.0.0.1"))


def signed_in(portal: Portal) -> Secret:
    backend = SandboxBackend(portal)
    challenge = backend.begin_vneid_login(MOTHER, Secret(portal.people(MOTHER)[0].vneid_password), share_data=True)
    return backend.verify_login(challenge.id, Secret(portal.newest_code(challenge_id=challenge.id).code)).token


def test_a_server_older_than_its_tables_is_away_for_its_callers_and_its_log_says_why(tmp_path: Path) -> None:
    portal = Portal(tmp_path, MovableClock())
    with portal.write() as connection:
        connection.execute("UPDATE meta SET value = '9999' WHERE key = 'schema_version'")
    portal.close()
    answered = carry_out(portal, "begin_login", {"id_number": MOTHER, "password": Secret("x")})
    document = json.loads(answered.body)
    assert (answered.status, document["maybe_done"], [item["code"] for item in document["problems"]]) == (503, False, ["BE-UNREACHABLE"])
    assert (answered.headers["Retry-After"], answered.trouble) == ("1", "BE-VERSION")


def test_a_refusal_is_no_trouble_of_the_server(tmp_path: Path) -> None:
    portal = Portal(tmp_path, MovableClock())
    answered = carry_out(portal, "begin_login", {"id_number": MOTHER, "password": Secret("x")})
    assert (answered.status, answered.trouble) == (422, "")
    portal.close()


def test_a_dossier_with_files_asks_once_whose_token_it_is(tmp_path: Path) -> None:
    portal = Portal(tmp_path, MovableClock())
    token = signed_in(portal)
    sent = sample_birth(portal.now())
    for file in sent.attachments:
        assert carry_out(portal, "put_attachment", {"token": token, "sha256": file.sha256, "content": file.content}).status == 204
    asked: list[str] = []
    with portal.read() as connection:
        connection.set_trace_callback(asked.append)
        answered = carry_out(portal, "submit_dossier", {"token": token, "submission": sent, "idempotency_key": "key"})
        connection.set_trace_callback(None)
    assert (answered.status, len(sent.attachments)) == (201, 2)
    assert sum("FROM sessions" in statement for statement in asked) == 1
    portal.close()


def test_a_supplement_that_is_sent_again_is_answered_again_though_it_changed_the_dossier_itself(tmp_path: Path) -> None:
    """Its first answer was lost on the way: what is sent again names the ETag of before."""
    portal = Portal(tmp_path, MovableClock())
    token, sent = signed_in(portal), sample_birth(portal.now())
    filed = SandboxBackend(portal).submit_dossier(token, sent, "khoa-1")
    ask(portal, filed.code, Wanted(fields=("child_given_name",)))
    tag = carry_out(portal, "get_dossier", {"token": token, "code": filed.code}).headers["ETag"]
    mended = replace(sent, payload={**sent.payload, "child_given_name": "KHANG"}, attachments=())
    given = {"token": token, "code": filed.code, "supplement": mended, "idempotency_key": "khoa-2"}
    first, again = (carry_out(portal, "supplement_dossier", given, tag) for _time in range(2))
    assert (first.status, again.status, again.body) == (200, 200, first.body)
    other = replace(mended, payload={**mended.payload, "child_given_name": "KHA"})
    assert carry_out(portal, "supplement_dossier", {**given, "supplement": other}, tag).status == 409
    assert carry_out(portal, "supplement_dossier", {**given, "idempotency_key": "khoa-3"}, tag).status == 412
    portal.close()
