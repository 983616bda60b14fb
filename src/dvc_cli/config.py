"""The settings of one run: flag, else environment, else config file, else default; each knows where its value came from."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from dvc_cli.contract.secret import Secret
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field

if TYPE_CHECKING:
    from pathlib import Path

    from dvc_cli.paths import Paths

FLAG, ENVIRONMENT, CONFIG_FILE, DEFAULT = "flag", "environment", "config file", "default"

_NO = frozenset({"", "0", "false", "no"})
_WORDS = {"true": True, "1": True, "có": True, "yes": True, "false": False, "0": False, "không": False, "no": False}
_MAX_BYTES = 65_536

Value = str | bool


@dataclass(frozen=True, slots=True)
class _Known:
    """A setting: its default (whose type is its type), the variables that set it, and the values it may take (none: any)."""

    default: Value
    variables: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


_KNOWN: Mapping[str, _Known] = {
    "backend": _Known("sandbox", ("DVC_BACKEND",)),
    "url": _Known("", ("DVC_URL",)),
    "lang": _Known("vi", ("DVC_LANG",), ("vi", "en")),
    "no_input": _Known(False, ("DVC_NO_INPUT",)),  # noqa: FBT003 - a default, not a flag of the call
    "plain": _Known(False, ("DVC_PLAIN", "ACCESSIBLE")),  # noqa: FBT003
    "token_store": _Known("keyring", ("DVC_TOKEN_STORE",), ("keyring", "file", "memory")),
    "staff_name": _Known(""),
    "ward": _Known(""),
    "keep_days": _Known("180"),
    "ca_file": _Known(""),
    "client_certificate": _Known(""),
    "client_key": _Known(""),
    "proxy": _Known(""),
    "timeout": _Known(""),
}
NAMES = tuple(_KNOWN)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting for `config list`; `origin` is flag, environment, config file or default."""

    name: str
    value: Value
    origin: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What this run goes by. `url`, `staff_name` and `ward` are "" when unset; `origins` says for each name where its value came from.

    `passphrase` is that of the encrypted token store when the environment gave one; it is no setting and is never listed.
    """

    backend: str = "sandbox"
    url: str = ""
    lang: str = "vi"
    no_input: bool = False
    plain: bool = False
    token_store: str = "keyring"  # noqa: S105 - the name of a kind of store
    staff_name: str = ""
    ward: str = ""
    keep_days: str = "180"
    ca_file: str = ""
    client_certificate: str = ""
    client_key: str = ""
    proxy: str = field(default="", repr=False)
    timeout: str = ""
    passphrase: Secret | None = None
    origins: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(NAMES, DEFAULT))

    def listed(self) -> tuple[Setting, ...]:
        """Every setting with its value and origin, in the order of `NAMES`."""
        values: Mapping[str, Value] = {
            "backend": self.backend,
            "url": self.url,
            "lang": self.lang,
            "no_input": self.no_input,
            "plain": self.plain,
            "token_store": self.token_store,
            "staff_name": self.staff_name,
            "ward": self.ward,
            "keep_days": self.keep_days,
            "ca_file": self.ca_file,
            "client_certificate": self.client_certificate,
            "client_key": self.client_key,
            "proxy": _without_secret(self.proxy),
            "timeout": self.timeout,
        }
        return tuple(Setting(name, values[name], self.origins[name]) for name in NAMES)


def holds_password(proxy: str) -> bool:
    """Whether a password stands in the address of a proxy."""
    return ":" in _user_of(proxy)


def _user_of(proxy: str) -> str:
    before, at, _host = proxy.rpartition("@")
    return before.rpartition("://")[2] if at else ""


def _without_secret(proxy: str) -> str:
    """A proxy's address without the name and password that may stand in it."""
    user = _user_of(proxy)
    return proxy.replace(f"{user}@", "***@") if user else proxy


def load_settings(flags: Mapping[str, str | bool | None], environ: Mapping[str, str], paths: Paths, *, use_file: bool = True) -> Settings:
    """Collect the settings of this run.

    A flag that is None, False or "" was not given; names in `flags` that are no setting are passed over. When `environ` can be
    changed (as `os.environ` can), DVC_PASSPHRASE is taken out of it, so that no child of this process inherits it.
    UsageError A-USAGE (A-ENCODING, A-TOO-LARGE for the file) names the file or variable that is wrong.
    """
    stored = read_file(paths.config_file) if use_file else {}
    passphrase = _take_passphrase(environ)
    chosen = {name: _choose(name, known, flags, environ, stored) for name, known in _KNOWN.items()}
    origins = {name: setting.origin for name, setting in chosen.items()}

    def text(name: str) -> str:
        return str(chosen[name].value)

    return Settings(
        backend=text("backend"),
        url=text("url"),
        lang=text("lang"),
        no_input=chosen["no_input"].value is True,
        plain=chosen["plain"].value is True,
        token_store=text("token_store"),
        staff_name=text("staff_name"),
        ward=text("ward"),
        keep_days=text("keep_days"),
        ca_file=text("ca_file"),
        client_certificate=text("client_certificate"),
        client_key=text("client_key"),
        proxy=text("proxy"),
        timeout=text("timeout"),
        passphrase=Secret(passphrase) if passphrase else None,
        origins=origins,
    )


def _take_passphrase(environ: Mapping[str, str]) -> str:
    if isinstance(environ, MutableMapping):
        taken: str = environ.pop("DVC_PASSPHRASE", "")
        return taken
    return environ.get("DVC_PASSPHRASE", "")


def _choose(
    name: str, known: _Known, flags: Mapping[str, str | bool | None], environ: Mapping[str, str], stored: Mapping[str, Value]
) -> Setting:
    given = flags.get(name)
    if given:
        return Setting(name, _checked(name, known, given, f"--{name.replace('_', '-')}"), FLAG)
    for variable in known.variables:
        text = environ.get(variable, "").strip()
        if isinstance(known.default, bool):
            if text.lower() not in _NO:
                return Setting(name, True, ENVIRONMENT)  # noqa: FBT003 - the value of the setting
        elif text:
            return Setting(name, _checked(name, known, text, variable), ENVIRONMENT)
    if name in stored:
        return Setting(name, stored[name], CONFIG_FILE)
    return Setting(name, known.default, DEFAULT)


def _checked(name: str, known: _Known, value: object, where: str) -> Value:
    if isinstance(value, bool) and isinstance(known.default, bool):
        return value
    if isinstance(value, str) and isinstance(known.default, str):
        from dvc_cli.text import clean

        text = clean(value)
        if not known.allowed or text in known.allowed:
            return text
    allowed = known.allowed or (("true", "false") if isinstance(known.default, bool) else ())
    hint = _("Giá trị nhận được: {values}.").format(values=", ".join(allowed)) if allowed else ""
    raise UsageError(problem("A-USAGE", detail=_("Thiết lập {name} ({where}) không hợp lệ.").format(name=name, where=where), hint=hint))


def read_file(path: Path) -> dict[str, Value]:
    """The settings of a config file; empty when there is no file. UsageError names the file when it cannot be understood."""
    from dvc_cli.config_file import read_toml_file

    found = read_toml_file(path, _MAX_BYTES)
    return {name: _checked(name, _known(name, str(path)), value, str(path)) for name, value in found.items()}


def write_setting(paths: Paths, key: str, value: str) -> Setting:
    """Write one setting to the config file and return it; an empty value takes it out of the file and returns the default.

    Other lines and comments of the file stay; a secret part of the value is not returned. UsageError A-USAGE for an unknown key (the
    nearest is named) or a wrong value.
    """
    from dvc_cli.config_file import write_toml_line

    known = _known(key, "config set")
    path = paths.config_file
    stored = read_file(path)
    if not value.strip():
        stored.pop(key, None)
        write_toml_line(path, key, None, stored)
        return Setting(key, known.default, DEFAULT)
    given: object = _WORDS.get(value.strip().casefold(), value) if isinstance(known.default, bool) else value
    checked = _checked(key, known, given, "config set")
    write_toml_line(path, key, checked, stored | {key: checked})
    return Setting(key, _without_secret(str(checked)) if key == "proxy" else checked, CONFIG_FILE)


def _known(name: str, where: str) -> _Known:
    if name in _KNOWN:
        return _KNOWN[name]
    from dvc_cli.text import nearest, safe

    near = nearest(name, NAMES)
    hint = _("Có phải là {name}?").format(name=near) if near else _("Các thiết lập: {names}.").format(names=", ".join(NAMES))
    detail = _("Không có thiết lập {name} ({where}).").format(name=safe(name, 60), where=where)
    raise UsageError(problem("A-USAGE", detail=detail, hint=hint))
