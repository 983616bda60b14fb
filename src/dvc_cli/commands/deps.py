"""What a command needs of the world, wired once and opened only when used: settings, clock, backend, token store, desk, prompter."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from dvc_cli.clock import Clock, FrozenClock, SystemClock, parse_now
from dvc_cli.commands.flags import CommonFlags
from dvc_cli.config import Settings, load_settings
from dvc_cli.errors import DvcError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.output.streams import World
from dvc_cli.paths import Paths, find_paths

if TYPE_CHECKING:  # only when used: start-up is a feature
    from pathlib import Path

    from dvc_cli.backends import BackendOptions
    from dvc_cli.contract.backend import Backend
    from dvc_cli.desk import Desk, Facts, Sessions, Waiting
    from dvc_cli.disk.files import UnusableError
    from dvc_cli.domain.calendar import WorkingCalendar
    from dvc_cli.journal import Journal
    from dvc_cli.prompts.prompter import Prompter
    from dvc_cli.tokens import TokenStore

SANDBOX = "sandbox"
CLOCK_SLACK = timedelta(minutes=10)
LAST_YEAR = 9000  # due days need room behind the present
MENDING = frozenset({"config list", "config set", "backend list", "doctor"})
DOCTOR = "doctor"


class Deps:
    """The dependencies of one run of the command `command`; `close` gives back what was opened."""

    def __init__(self, world: World, flags: CommonFlags, command: str) -> None:
        self.world, self.flags, self.command = world, flags, command
        self.settings_fault: UsageError | None = None  # what `doctor` tells of a settings file that stops every other command
        self._clock_watched = False

    @cached_property
    def paths(self) -> Paths:
        """Where this home keeps its things."""
        return find_paths(self.world.environ)

    @cached_property
    def settings(self) -> Settings:
        """Flag, environment, config file, default."""
        flags = self.flags
        given: dict[str, str | bool | None] = {
            "backend": flags.backend,
            "url": flags.url,
            "lang": flags.lang,
            "no_input": flags.no_input,
            "plain": flags.plain,
        }
        try:
            return load_settings(given, self.world.environ, self.paths)
        except UsageError as fault:
            if self.command != DOCTOR:
                raise
            self.settings_fault = fault
            return load_settings(given, self.world.environ, self.paths, use_file=False)

    def check_settings(self) -> None:
        """Refuse a backend that nobody knows, and an instant that is none, before a command starts; not those that mend the settings.

        UsageError A-USAGE.
        """
        if self.command in MENDING:
            return
        if not self.on_sandbox:
            from dvc_cli.backends import check_name

            check_name(self.settings.backend)
        elif self.world.environ.get("DVC_NOW"):
            self.now()

    @property
    def on_sandbox(self) -> bool:
        """Whether the chosen backend is the embedded sandbox; its time can be frozen and moved."""
        return self.settings.backend == SANDBOX

    @property
    def plain(self) -> bool:
        """Whether screens are written line by line."""
        return self.settings.plain or self.world.dumb()

    @property
    def may_ask(self) -> bool:
        """Whether questions are allowed: not forbidden, and a person (or, with --plain, at least a line) is at standard input."""
        return not self.settings.no_input and (self.world.stdin_tty or self.settings.plain)

    def need_asking(self, what: str) -> None:
        """Raise UsageError A-USAGE unless questions are allowed."""
        if not self.may_ask:
            raise UsageError(problem("A-USAGE", detail=what))

    @cached_property
    def clock(self) -> Clock:
        """The present: frozen by DVC_NOW on the sandbox, else the system's, moved by `sandbox advance` on the sandbox."""
        if not self.on_sandbox:
            return SystemClock()
        frozen = self.world.environ.get("DVC_NOW", "")
        if not frozen:
            from dvc_cli.commands.sandbox_clock import moved_clock

            return moved_clock(self.paths.data)
        try:
            return FrozenClock(_with_room(parse_now(frozen)))
        except (ValueError, OverflowError):
            raise UsageError(problem("A-USAGE", detail=_("DVC_NOW không phải là ngày giờ RFC 3339."))) from None

    def now(self) -> datetime:
        """The present instant at +07:00."""
        return self.clock.now()

    def today(self) -> date:
        """The present day in Viet Nam."""
        return self.now().date()

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The working days, with those that this office added. UsageError names what is wrong in its file."""
        from dvc_cli.office_calendar import office_calendar

        return office_calendar(self.paths.config)

    @cached_property
    def backend(self) -> Backend:
        """The chosen backend, opened at first use."""
        from dvc_cli.backends import open_backend
        from dvc_cli.commands.observing import observer

        settings = self.settings
        self.journal.note("backend", backend=settings.backend, store=settings.token_store, lang=settings.lang, plain=self.plain)
        return open_backend(settings.backend, self.backend_options, observer(self.journal))

    @property
    def backend_options(self) -> BackendOptions:
        """What a backend of this run is opened with."""
        from dvc_cli.backends import BackendOptions, Network

        given = self.settings
        network = Network(given.ca_file, given.client_certificate, given.client_key, given.proxy, given.timeout)
        return BackendOptions(given.url, self.paths.data, self.clock, network, lambda: self.calendar)

    @property
    def place(self) -> str:
        """Which backend, and at which address: sessions and codes of one server are never shown to another."""
        url = "" if self.on_sandbox else self.settings.url.rstrip("/")
        return f"{self.settings.backend} {url}".rstrip()

    @cached_property
    def store(self) -> TokenStore:
        """The token store; opening it touches nothing."""
        from dvc_cli.commands.stores import choose_store

        return choose_store(self)

    @cached_property
    def desk(self) -> Desk:
        """This workstation's own records; in memory when the token store is."""
        from dvc_cli.commands.unusable import tell_set_aside
        from dvc_cli.desk import Unusable, open_desk

        def told(error: UnusableError, moved: Path) -> None:
            tell_set_aside(self, error, moved)

        self.journal.note("desk", store=self.store.name)
        return open_desk(self.paths, self.store, memory=self.store.name == "memory", unusable=Unusable(self.now(), told))

    @cached_property
    def _facts(self) -> Facts:
        from dvc_cli.desk import open_facts

        opened = self.__dict__.get("store")
        kind = opened.name if opened is not None else self.settings.token_store
        return open_facts(self.paths, memory=kind == "memory")

    @property
    def waiting(self) -> Waiting:
        """Codes that were sent and are waited for."""
        return self._facts.waiting

    @property
    def sessions(self) -> Sessions:
        """Masked facts of the signed-in sessions."""
        return self._facts.sessions

    @cached_property
    def prompter(self) -> Prompter:
        """Asks on standard error."""
        from dvc_cli.prompts.choosing import choose_prompter

        world = self.world
        return choose_prompter(world.stdin, world.stderr, world.environ, plain=self.plain)

    @cached_property
    def journal(self) -> Journal:
        """The log of this run; a run that neither calls a backend nor opens the desk has none, unless it was asked for (`--verbose`)."""
        from dvc_cli.journal import Journal

        return Journal(self.paths.logs, self.command)

    def tell(self, text: str) -> None:
        """A remark on standard error."""
        self.world.remark(text)
        if self.flags.verbose:
            self.journal.note("remark", said=text)

    def detail(self, text: str) -> None:
        """A remark for those who asked for more (`--verbose`)."""
        if self.flags.verbose:
            self.tell(text)

    def record(self, act: str, subject_masked: str = "", *, ref: str = "", detail: str = "") -> None:
        """Write an act that touches personal data into the audit, durably.

        `act` is a key of `commands.audit.ACTS`; `subject_masked` is the citizen; `ref` a draft or a dossier; `detail` holds codes or the
        staff's words, never what a citizen answered.
        """
        from dvc_cli.desk.audit import Entry

        settings = self.settings
        who = (os_user(), settings.staff_name, settings.ward, settings.backend)
        self._watch_clock()
        self.desk.audit.append(Entry(self.now(), act, *who, subject_masked, ref, detail))

    def reopen_desk(self) -> None:
        """Let the desk go and open it again at its next use, after its key was replaced."""
        self.desk.close()
        del self.__dict__["desk"]

    def close(self) -> None:
        """Close what was opened; what was not stays untouched."""
        if "desk" in self.__dict__:
            self._seal()
        for name in ("backend", "desk"):
            opened = self.__dict__.get(name)
            if opened is not None:
                opened.close()

    def _watch_clock(self) -> None:
        """Say once when the clock stands before the last act that was written down: dates and waits would be wrong."""
        if self._clock_watched:
            return
        self._clock_watched = True
        last = self.desk.audit.last_instant()
        if last is not None and last - self.now() > CLOCK_SLACK:
            self.tell(_("Đồng hồ của máy chậm hơn lần dùng trước ({when}); xem lại ngày giờ.").format(when=f"{last:%H:%M %d/%m/%Y}"))

    def _seal(self) -> None:
        try:
            self.desk.audit.seal()
        except DvcError as error:  # the command itself is done; the next one seals what this one appended
            self.tell(_("Chưa niêm được sổ nhật ký: {codes}.").format(codes=error))


def os_user() -> str:
    """The account of the operating system; the environment is believed only where the system does not tell."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        import getpass

        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):
            return ""


def _with_room(instant: datetime) -> datetime:
    """The same instant; ValueError when it is too near the end of the calendar to count from."""
    if instant.year > LAST_YEAR:
        raise ValueError(instant.year)
    return instant
