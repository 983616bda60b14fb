"""Finds backends by name. A plug-in that cannot be loaded is named with its error and never stops another one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, cast

from dvc_cli.backends.gate import Observe, guarded, hushed
from dvc_cli.backends.options import BackendOptions
from dvc_cli.contract.backend import Backend
from dvc_cli.errors import DvcError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.text import safe

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from dvc_cli.contract.bench import Bench

GROUP = "dvc_cli.backends"
BENCHES = "dvc_cli.benches"
BUILT_IN = "dvc-cli"

# The same as our own entry points; looked up first, because reading the metadata of every installed package costs start-up time.
_BUILT_INS = {"sandbox": "dvc_cli.backends.sandbox:open_backend", "http": "dvc_cli.backends.http:open_backend"}

Factory = Callable[[BackendOptions], object]


@dataclass(frozen=True, slots=True)
class BackendEntry:
    """One registered backend: its name, the package it comes from, and what is wrong with it ('' when it can be opened)."""

    name: str
    origin: str
    error: str = ""

    @property
    def ok(self) -> bool:
        """Whether the backend can be loaded."""
        return not self.error


def list_backends() -> tuple[BackendEntry, ...]:
    """Every registered backend, built-ins first, plug-ins by name; loads each plug-in to see whether it works."""
    built_in = [BackendEntry(name, BUILT_IN) for name in _BUILT_INS]
    return (*built_in, *_judged(_plug_ins()))


def open_backend(name: str, options: BackendOptions, observe: Observe | None = None) -> Backend:
    """Open the backend `name`, behind the gate that cleans what it says; `observe` is told of each call.

    UsageError A-USAGE when there is none of this name (the valid ones are listed) or it cannot be loaded.
    """
    if name in _BUILT_INS:
        return guarded(bare_backend(name, options), observe)
    with hushed():
        return guarded(bare_backend(name, options), observe)


def bare_backend(name: str, options: BackendOptions) -> Backend:
    """The backend `name` without the gate, for the contract suite alone. UsageError as `open_backend`."""
    if name in _BUILT_INS:
        return cast("Backend", _load_path(_BUILT_INS[name])(options))
    return cast("Backend", _made(_plug_in(name), options, "Backend", "name"))


def open_bench(name: str, options: BackendOptions) -> Bench | None:
    """The bench that the package of a plug-in brings for the contract suite; None when it brings none. UsageError when it is broken."""
    from importlib.metadata import entry_points

    entry = next((each for each in entry_points(group=BENCHES) if each.name == name), None)
    if entry is None:
        return None
    return cast("Bench", _made(entry, options, "Bench", "open"))


def check_name(name: str) -> None:
    """UsageError A-USAGE, the valid names listed, when no backend is called `name`. Loads no backend."""
    if name not in _BUILT_INS:
        _plug_in(name)


def _plug_in(name: str) -> EntryPoint:
    plug_ins = {entry.name: entry for entry in reversed(tuple(_plug_ins()))}
    if name not in plug_ins:
        names = ", ".join((*_BUILT_INS, *sorted(plug_ins)))
        raise UsageError(problem("A-USAGE", "backend", detail=_("Không có backend {name}.").format(name=safe(name)), hint=names))
    return plug_ins[name]


def _plug_ins() -> Iterator[EntryPoint]:
    from importlib.metadata import entry_points

    own = set(_BUILT_INS.items())
    yield from sorted((entry for entry in entry_points(group=GROUP) if (entry.name, entry.value) not in own), key=lambda entry: entry.name)


def _judged(entries: Iterable[EntryPoint]) -> Iterator[BackendEntry]:
    taken = set(_BUILT_INS)
    for entry in entries:
        if entry.name in taken:
            yield BackendEntry(entry.name, _origin(entry), _("Tên này đã có backend khác dùng."))
            continue
        taken.add(entry.name)
        factory = _load(entry)
        yield BackendEntry(entry.name, _origin(entry), factory if isinstance(factory, str) else "")


def _made(entry: EntryPoint, options: BackendOptions, kind: str, member: str) -> object:
    """What a factory makes: a `kind`, known by its `member`. UsageError names a factory that is none, fails or makes another thing."""
    factory = _load(entry)
    if isinstance(factory, str):
        raise _broken(entry.name, factory)
    try:
        made: object = factory(options)
        right = getattr(made, member, None) is not None
    except DvcError:
        raise
    except (Exception, SystemExit) as error:
        raise _broken(entry.name, _told(error)) from error
    if not right:
        text = _("{value} phải trả về {kind} nhưng trả về {found}.")
        raise _broken(entry.name, safe(text.format(value=entry.value, kind=kind, found=type(made).__name__), 200))
    return made


def _load(entry: EntryPoint) -> Factory | str:
    """The factory, or the text of what went wrong."""
    try:
        with hushed():
            loaded = cast("object", entry.load())
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a plug-in does while loading, the others must go on
        return _told(error)
    if not callable(loaded):
        return _("{value} không gọi được.").format(value=entry.value)
    return cast("Factory", loaded)


def _load_path(path: str) -> Factory:
    module, _colon, attribute = path.partition(":")
    return cast("Factory", getattr(import_module(module), attribute))


def _origin(entry: EntryPoint) -> str:
    return safe(f"{entry.dist.name} {entry.dist.version}" if entry.dist is not None else entry.value, 200)


def _told(error: BaseException) -> str:
    return safe(f"{type(error).__name__}: {error}", 200)


def _broken(name: str, text: str) -> UsageError:
    return UsageError(problem("A-USAGE", "backend", detail=_("Backend {name} bị lỗi: {error}").format(name=safe(name), error=text)))
