"""The one signed-in session of a backend on this workstation: keep it, use it, renew it, end it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dvc_cli.commands.deps import Deps
from dvc_cli.commands.labels import label
from dvc_cli.contract.secret import Secret
from dvc_cli.desk.sessions import SessionFacts
from dvc_cli.domain.identity import mask_number
from dvc_cli.domain.names import mask_name
from dvc_cli.errors import DvcError, SessionError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, replace

if TYPE_CHECKING:
    from dvc_cli.contract.values import Session


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A usable session: its masked facts and the token that the backend takes."""

    facts: SessionFacts
    token: Secret


def current(deps: Deps) -> SessionFacts | None:
    """The masked facts of the session on the chosen backend, usable or not; opens no key and no backend."""
    return deps.sessions.current(deps.place)


def check_alive(facts: SessionFacts | None, deps: Deps) -> SessionFacts:
    """The facts, when they can still be used or renewed. SessionError TK-SESSION-MISSING, TK-SESSION-EXPIRED."""
    if facts is None:
        raise SessionError(problem("TK-SESSION-MISSING"))
    if deps.now() > max(facts.expires_at, facts.refresh_until):
        raise SessionError(problem("TK-SESSION-EXPIRED"))
    return facts


def is_alive(deps: Deps) -> bool:
    """Whether there is a session that can still be used or renewed; opens no key and no backend."""
    try:
        check_alive(current(deps), deps)
    except SessionError:
        return False
    return True


@contextmanager
def signed_in(deps: Deps) -> Iterator[SignedIn]:
    """A session to work with, renewed where needed. A session that the backend no longer takes is forgotten."""
    session = require(deps)
    try:
        yield session
    except SessionError as error:
        if any(item.code == "TK-SESSION-REVOKED" for item in error.problems):
            forget(deps, session.facts)
        raise


def require(deps: Deps) -> SignedIn:
    """The session of the chosen backend. SessionError when there is none, or it is over and cannot be renewed."""
    facts = check_alive(current(deps), deps)
    kept = deps.store.get(_record(facts))
    if kept is None:
        forget(deps, facts)
        raise SessionError(problem("TK-SESSION-MISSING"))
    tokens = json.loads(kept)
    if deps.now() <= facts.expires_at:
        return SignedIn(facts, Secret(tokens["token"]))
    return _renew(deps, facts, Secret(tokens["refresh"]))


def usable_without_asking(deps: Deps) -> SignedIn | None:
    """The session when it can be used without a question and without a failure; None otherwise."""
    try:
        facts = current(deps)
        if facts is None or (facts.storage == "file" and deps.settings.passphrase is None):
            return None
        return require(deps)
    except DvcError:
        return None


def keep(deps: Deps, session: Session) -> SessionFacts:
    """Make `session` the current one; an older one on this backend ends, and that is told."""
    older = current(deps)
    import secrets  # with what it loads, a twentieth of a command that only looks for a session

    account = session.account
    facts = SessionFacts(
        record=secrets.token_hex(8),
        backend=deps.place,
        id_masked=mask_number(account.id_number),
        full_name_masked=mask_name(account.full_name),
        kind=account.kind,
        assurance=account.assurance,
        expires_at=session.expires_at,
        refresh_until=session.refresh_until,
        storage=deps.store.name,
        subject=deps.desk.consents.subject(account.id_number),
    )
    deps.record("sign_in", facts.id_masked, detail=facts.kind)
    _put_tokens(deps, facts, session)
    deps.sessions.put(facts)
    if older is not None:
        end(deps, older)
        deps.tell(_("Phiên trước ({person}) đã được đăng xuất.").format(person=older.id_masked))
    return facts


def end(deps: Deps, facts: SessionFacts) -> None:
    """Sign out at the backend, then forget the tokens; a backend that cannot be reached does not keep them here."""
    try:
        kept = deps.store.get(_record(facts))
        if kept is not None and facts.backend == deps.place:
            deps.backend.log_out(Secret(json.loads(kept)["token"]))
    except DvcError as error:
        deps.tell(_("Chưa báo được cho nơi tiếp nhận: {codes}.").format(codes=error))
    forget(deps, facts)
    deps.record("sign_out", facts.id_masked)


def forget(deps: Deps, facts: SessionFacts) -> None:
    """Delete the tokens and the masked facts."""
    deps.sessions.remove(facts.record)
    deps.store.delete(_record(facts))


def describe(facts: SessionFacts) -> tuple[tuple[str, str], ...]:
    """A session for a person, masked."""
    return (
        (_("Đang đăng nhập"), f"{facts.full_name_masked} ({facts.id_masked})"),
        (_("Tài khoản"), label("account_kind", facts.kind)),
        (_("Mức bảo đảm"), label("assurance", facts.assurance)),
        (_("Phiên dùng đến"), facts.expires_at.strftime("%H:%M %d/%m/%Y")),
        (_("Nơi giữ phiên"), label("session_storage", facts.storage)),
    )


def document(facts: SessionFacts) -> dict[str, object]:
    """`account` and `session` of the JSON answers."""
    return {
        "account": {
            "id_masked": facts.id_masked,
            "full_name_masked": facts.full_name_masked,
            "kind": facts.kind,
            "assurance": facts.assurance,
        },
        "session": {"expires_at": facts.expires_at, "storage": facts.storage},
    }


def _renew(deps: Deps, facts: SessionFacts, refresh: Secret) -> SignedIn:
    session = deps.backend.refresh_session(refresh)
    renewed = replace(facts, expires_at=session.expires_at, refresh_until=session.refresh_until)
    _put_tokens(deps, renewed, session)
    deps.sessions.put(renewed)
    return SignedIn(renewed, session.token)


def _put_tokens(deps: Deps, facts: SessionFacts, session: Session) -> None:
    tokens = {"token": session.token.value, "refresh": session.refresh_token.value}
    deps.store.put(_record(facts), json.dumps(tokens))


def _record(facts: SessionFacts) -> str:
    return f"session-{facts.record}"
