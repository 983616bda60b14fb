"""Checks of filing: once, whole, by its owner, and what comes after."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from dvc_cli.contract.secret import Secret
from dvc_cli.contract.values import Dossier, Submission
from dvc_cli.domain.dossier import is_dossier_code
from dvc_cli.errors import ConflictError, NotFoundError, RefusedError
from dvc_cli.lazy_dataclasses import replace
from dvc_cli.testing.checking import NotHereError, Room, expect, expect_code, expect_error

_LARGE = 2_500_000


def files_a_dossier(room: Room) -> None:
    """A code, members with offices, a due day that is not before it was filed; the owner finds it again, and first in the list."""
    token, sent = _ready(room)
    filed = room.backend.submit_dossier(token, sent, _key())
    expect(is_dossier_code(filed.code), "the code has not the shape of a dossier's")
    expect(filed.members and all(member.agency for member in filed.members), "a member without an office")
    for paper in filed.papers:
        expect_code("paper_state", paper.state, "PaperLine.state")
    expect(filed.filed_at.date() <= filed.counted_from <= filed.due_on, "due before it was filed")
    expect(filed.title and filed.history, "a dossier without title or history")
    found = room.backend.get_dossier(token, filed.code)
    expect(
        (found.id, found.title, found.filed_at, found.papers) == (filed.id, filed.title, filed.filed_at, filed.papers), "found otherwise"
    )
    expect(room.backend.list_dossiers(token)[0].code == filed.code, "the newest dossier is not first in the list")


def files_it_once(room: Room) -> None:
    """The same key with the same content is the same dossier, again and from two clients at once."""
    token, sent = _ready(room)
    key, before = _key(), len(room.backend.list_dossiers(token))

    def submit(_client: int) -> Dossier:
        backend = room.open()
        try:
            return backend.submit_dossier(token, sent, key)
        finally:
            backend.close()

    with ThreadPoolExecutor(4) as together:
        codes = {dossier.code for dossier in together.map(submit, range(4))}
    codes.add(room.backend.submit_dossier(token, sent, key).code)
    expect(len(codes) == 1, f"one key filed {len(codes)} dossiers")
    expect(len(room.backend.list_dossiers(token)) == before + 1, "one key left more than one dossier in the list")


def refuses_other_content_under_a_key(room: Room) -> None:
    """BE-CONFLICT for another answer and for another file."""
    token, sent = _ready(room)
    key = _key()
    room.backend.submit_dossier(token, sent, key)
    facts = {**sent.facts, **({} if sent.facts else {"x": "y"})}
    changed = replace(sent, acknowledge={**sent.acknowledge, "KS-D2": "lý do khác hẳn"}, facts=facts)
    expect_error(lambda: room.backend.submit_dossier(token, changed, key), ConflictError, "BE-CONFLICT")
    other = _with_content(sent, sent.attachments[0].content + b"\n%%EOF\n")
    expect_error(lambda: room.backend.submit_dossier(token, other, key), ConflictError, "BE-CONFLICT")


def takes_large_files(room: Room) -> None:
    """2.5 MB in one row."""
    token, sent = _ready(room)
    content = sent.attachments[0].content + b"0" * (_LARGE - len(sent.attachments[0].content))
    room.backend.submit_dossier(token, _with_content(sent, content), _key())


def refuses_what_is_not_right(room: Room) -> None:
    """No pledge, another form, another procedure, a key that the form does not have, a file that did not arrive whole."""
    token, sent = _ready(room)
    file = replace(sent.attachments[0], sha256="0" * 64)
    wrong: Mapping[str, Submission] = {
        "A-PLEDGE": replace(sent, pledge=False),
        "DK-FORM-VERSION": replace(sent, form_version="0"),
        "BE-NOT-SUPPORTED": replace(sent, procedure="khong-co"),
        "A-UNKNOWN-KEY": replace(sent, payload={**sent.payload, "khong_co_o_nay": "x"}),
        "BE-REFUSED": replace(sent, attachments=(file, *sent.attachments[1:])),
    }
    before = len(room.backend.list_dossiers(token))
    for code, submission in wrong.items():
        expect_error(lambda submission=submission: room.backend.submit_dossier(token, submission, _key()), RefusedError, code)  # type: ignore[misc]
    expect(len(room.backend.list_dossiers(token)) == before, "a refused dossier was filed")


def shows_a_dossier_to_its_owner_only(room: Room) -> None:
    """NotFoundError for anybody else, and for a code that is none."""
    token, sent = _ready(room)
    filed = room.backend.submit_dossier(token, sent, _key())
    stranger = room.sign_in()
    expect_error(lambda: room.backend.get_dossier(stranger.token, filed.code), NotFoundError, "BE-REFUSED")
    expect(filed.code not in [each.code for each in room.backend.list_dossiers(stranger.token)], "a stranger's list shows it")
    expect_error(lambda: room.backend.get_dossier(token, "G22.99.08-000000-000000"), NotFoundError, "BE-REFUSED")


def supplements_when_asked_only(room: Room) -> None:
    """By capability: the filed answers are there; a supplement that nobody asked for is refused."""
    token, sent, filed = _filed(room, "supplement")
    answers = room.backend.get_filed_answers(token, filed.code)
    expect(answers.form_version == sent.form_version and dict(answers.payload) == dict(sent.payload), "other answers than were filed")
    expect(len(answers.attachments) == len(sent.attachments), "other files than were filed")
    expect_error(lambda: room.backend.supplement_dossier(token, filed.code, sent, _key()), RefusedError, "BE-REFUSED")


def withdraws_once(room: Room) -> None:
    """By capability: asking again changes nothing, and nobody else can ask."""
    token, _sent, filed = _filed(room, "withdraw")
    stranger = room.sign_in()
    expect_error(lambda: room.backend.withdraw_dossier(stranger.token, filed.code), NotFoundError, "BE-REFUSED")
    first = room.backend.withdraw_dossier(token, filed.code)
    second = room.backend.withdraw_dossier(token, filed.code)
    expect((first.status, len(first.history)) == (second.status, len(second.history)), "withdrawing again changed something")


def _ready(room: Room) -> tuple[Secret, Submission]:
    given = room.bench.submission()
    if given is None:
        raise NotHereError("no dossier on the bench")
    who, sent = given
    expect(sent.attachments, "the bench's dossier holds no file")
    return room.sign_in(who).token, sent


def _filed(room: Room, action: str) -> tuple[Secret, Submission, Dossier]:
    if action not in room.backend.capabilities().dossier_actions:
        msg = f"the backend does not offer {action}"
        raise NotHereError(msg)
    token, sent = _ready(room)
    return token, sent, room.backend.submit_dossier(token, sent, _key())


def _with_content(sent: Submission, content: bytes) -> Submission:
    file = replace(sent.attachments[0], content=content, sha256=hashlib.sha256(content).hexdigest())
    return replace(sent, attachments=(file, *sent.attachments[1:]))


def _key() -> str:
    return secrets.token_hex(16)


CHECKS = (
    files_a_dossier,
    files_it_once,
    refuses_other_content_under_a_key,
    takes_large_files,
    refuses_what_is_not_right,
    shows_a_dossier_to_its_owner_only,
    supplements_when_asked_only,
    withdraws_once,
)
