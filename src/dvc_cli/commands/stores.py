"""Which token store a run uses, and what happens where the usual one does not work. Never a silent fall-back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dvc_cli.errors import CancelledError, SessionError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.prompts.prompter import GoBack, Leave, Option, Prompter, Question, WantHelp
from dvc_cli.tokens import TokenStore, file_store_path, open_store

if TYPE_CHECKING:
    from dvc_cli.commands.deps import Deps

KEYRING, FILE, MEMORY, STOP, AGAIN = "keyring", "file", "memory", "stop", "again"
MISSING, LOCKED, SILENT = "TK-STORE-MISSING", "TK-STORE-LOCKED", "TK-STORE-TIMEOUT"
DESK = "desk.db"
UNUSABLE = frozenset({MISSING, LOCKED, SILENT})


def choose_store(deps: Deps) -> TokenStore:
    """The configured store; a keyring that is not there, locked or silent may be replaced, by the person, at a terminal."""
    while True:
        store = open_store(deps.settings.token_store, deps.paths, _passphrase(deps), environ=deps.world.environ)
        if store.name != KEYRING or not deps.may_ask:
            return store
        try:
            store.probe()
        except (UsageError, SessionError) as error:
            code = error.problems[0].code
            if code not in UNUSABLE:
                raise
            other = _other_store(deps, code)
            if other is not None:
                return other
        else:
            return store


def readable_store(deps: Deps) -> TokenStore | None:
    """The store as it stands; None where there is none yet, or a question would have to be asked first."""
    opened: TokenStore | None = vars(deps).get("store")
    if opened is not None:
        return opened
    kind, secret = deps.settings.token_store, deps.settings.passphrase
    if kind == FILE and (secret is None or not file_store_path(deps.paths).exists()):
        return None
    return open_store(kind, deps.paths, (lambda: secret.value) if secret else None, environ=deps.world.environ)


def _other_store(deps: Deps, code: str) -> TokenStore | None:
    """The store that the person chooses instead; None to try the keyring again."""
    question = Question("token_store", _why(code) + " " + _("Giữ phiên đăng nhập ở đâu?"))
    options = [
        Option(FILE, _("Trong một tệp mã hóa, có mật khẩu kho")),
        Option(MEMORY, _("Chỉ trong lần chạy này, không giữ bản nháp")),
        Option(STOP, _("Dừng lại")),
    ]
    if code != MISSING:
        options.append(Option(AGAIN, _("Thử lại, sau khi mở kho khóa")))
        if (deps.paths.data / DESK).exists():
            deps.prompter.tell(_("Bản nháp đã có trên máy này mở bằng khóa nằm trong kho khóa ấy: nơi giữ khác không mở được chúng."))
    chosen = _ask(deps.prompter, question, tuple(options))
    if chosen == AGAIN:
        return None
    if chosen == STOP:
        raise CancelledError
    if chosen == FILE:
        from dvc_cli.config import write_setting

        write_setting(deps.paths, "token_store", FILE)
        deps.tell(_("Đã ghi token_store = file vào {path}.").format(path=deps.paths.config_file))
    return open_store(chosen, deps.paths, _passphrase(deps))


def _why(code: str) -> str:
    if code == LOCKED:
        return _("Kho khóa của hệ điều hành đang khóa.")
    if code == SILENT:
        return _("Kho khóa của hệ điều hành không trả lời.")
    return _("Máy này không có kho khóa của hệ điều hành.")


def _ask(prompter: Prompter, question: Question, options: tuple[Option, ...]) -> str:
    while True:
        try:
            return prompter.choice(question, options)
        except WantHelp:
            prompter.tell(_("Tệp mã hóa giữ phiên qua nhiều lần chạy; mật khẩu kho không lưu ở đâu cả, mất là mất bản nháp."))
        except (GoBack, Leave):
            raise CancelledError from None


class _Passphrase:
    """Asks for the file store's passphrase when it is first needed; twice when the file is about to be made."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps

    def __call__(self) -> str:
        deps = self._deps
        if deps.settings.passphrase is not None:
            return deps.settings.passphrase.value
        if not deps.may_ask:
            raise UsageError(problem("TK-STORE-MISSING", hint=_("Đặt DVC_PASSPHRASE, hoặc chạy ở nơi hỏi được mật khẩu kho.")))
        new = not file_store_path(deps.paths).exists()
        while True:
            first = self._secret(_("Đặt mật khẩu kho (giữ kín, không lấy lại được)") if new else _("Mật khẩu kho"))
            if not new or self._secret(_("Nhập lại mật khẩu kho")) == first:
                return first
            deps.prompter.tell(_("Hai lần nhập không giống nhau."))

    def _secret(self, label: str) -> str:
        while True:
            try:
                return self._deps.prompter.secret(Question("passphrase", label))
            except WantHelp:
                self._deps.prompter.tell(_("Mật khẩu này mở tệp mã hóa giữ phiên đăng nhập và khóa của bản nháp trên máy này."))
            except (GoBack, Leave):
                raise CancelledError from None


def _passphrase(deps: Deps) -> _Passphrase:
    return _Passphrase(deps)
