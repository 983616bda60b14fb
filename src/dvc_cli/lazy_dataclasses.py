"""`dataclass`, `field`, `replace` and `asdict` of the standard library, without their price at start-up.

A short command imports a hundred data classes and makes instances of a third of them. The standard decorator writes and compiles six
methods for each class while it is imported, and loads `inspect` to do so: more than everything else that such a command does. Here the
methods are shared, and a class gets its `__init__` compiled with its first instance.

What a class promises is the same: `frozen`, `kw_only`, defaults, `default_factory`, `repr=False`, `compare=False`, `__post_init__`,
ClassVar, pickling, inheritance in both directions; the functions of `dataclasses` take these classes. Always `slots=True`. A type
checker sees the standard library's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from types import FunctionType

TYPE_CHECKING = False

Maker = Callable[[], object]
_NONE = object()  # no default
_MAKE = object()  # stands for a value that a factory makes
_OWN, _KEY = "__lazy_fields__", "__lazy_key__"


class _Field:
    """One field of a class; `annotation` as written, `default` and `factory` are _NONE and None where there are none."""

    __slots__ = ("annotation", "compare", "default", "factory", "kw_only", "name", "repr")

    def __init__(self, default: object, factory: Maker | None, *, repr: bool, compare: bool) -> None:  # noqa: A002 - the standard's name
        self.name, self.kw_only = "", False
        self.annotation: object = ""
        self.default, self.factory, self.repr, self.compare = default, factory, repr, compare


def _field(
    *,
    default: object = _NONE,
    default_factory: Maker | None = None,
    repr: bool = True,  # noqa: A002
    compare: bool = True,
) -> object:
    return _Field(default, default_factory, repr=repr, compare=compare)


def _dataclass(*, frozen: bool = False, slots: bool = False, kw_only: bool = False) -> Callable[[type], type]:
    if not slots:
        msg = "data classes of this program have slots"
        raise TypeError(msg)
    return lambda cls: _made(cls, frozen=frozen, kw_only=kw_only)


def _made(cls: type, *, frozen: bool, kw_only: bool) -> type:
    """`cls` again, with slots; as with the standard decorator, a class can only get them while it is made."""
    inherited = _inherited(cls.__mro__[1:])
    own = _own_fields(cls, kw_only=kw_only)
    members = {name: value for name, value in cls.__dict__.items() if name not in own and name not in {"__dict__", "__weakref__"}}
    found = inherited | own
    members["__slots__"] = tuple(name for name in own if name not in inherited)
    members[_OWN] = found
    members[_KEY] = _key_of([name for name, item in found.items() if item.compare])
    members["__lazy_frozen__"] = frozen
    members["__match_args__"] = tuple(name for name, item in found.items() if not item.kw_only)
    for name, method in (_FROZEN if frozen else _MUTABLE).items():
        members.setdefault(name, method)
    made = type(cls)(cls.__name__, cls.__bases__, members)
    made.__qualname__ = cls.__qualname__
    if "__init__" not in members:
        _set_init(made)
    return made


def _own_fields(cls: type, *, kw_only: bool) -> dict[str, _Field]:
    found = {}
    for name, annotation in cls.__annotations__.items():
        if str(annotation).startswith(("ClassVar", "typing.ClassVar")):
            continue
        given = cls.__dict__.get(name, _NONE)
        item = given if isinstance(given, _Field) else _Field(given, None, repr=True, compare=True)
        item.name, item.annotation, item.kw_only = name, annotation, kw_only
        found[name] = item
    return found


def _inherited(bases: tuple[type, ...]) -> dict[str, _Field]:
    return {name: item for base in reversed(bases) for name, item in _fields_of(base).items()}


def _fields_of(base: type) -> Mapping[str, _Field]:
    """The fields that `base` itself has, be it one of ours or of the standard library's."""
    if _OWN in base.__dict__:
        ours: Mapping[str, _Field] = base.__dict__[_OWN]
        return ours
    return _standard_fields(base) if "__dataclass_fields__" in base.__dict__ else {}


def _standard_fields(base: type) -> dict[str, _Field]:
    import dataclasses

    found = {}
    for item in dataclasses.fields(base):
        default = _NONE if item.default is dataclasses.MISSING else item.default
        factory = None if item.default_factory is dataclasses.MISSING else item.default_factory
        own = found[item.name] = _Field(default, factory, repr=item.repr, compare=item.compare)
        own.name, own.annotation, own.kw_only = item.name, item.type, item.kw_only is True
    return found


def _key_of(names: list[str]) -> Callable[[object], object]:
    return attrgetter(*names) if names else lambda _value: ()


def _set_init(cls: type) -> None:
    """Give `cls` an `__init__` that replaces itself by the compiled one when it is first called."""

    def first(self: object, *args: object, **named: object) -> None:
        compiled = _compiled_init(cls)
        setattr(cls, "__init__", compiled)  # noqa: B010 - a plain assignment would be one to a method
        compiled(self, *args, **named)

    setattr(cls, "__init__", first)  # noqa: B010


def _compiled_init(cls: type) -> FunctionType:
    found, frozen = _fields_of(cls), cls.__dict__["__lazy_frozen__"]
    known: dict[str, object] = {"__set": object.__setattr__, "__made": _MAKE}
    heads: dict[bool, list[str]] = {False: [], True: []}
    body = []
    for name, item in found.items():
        value = name
        if item.factory is not None:
            known[f"__of_{name}"] = item.factory
            heads[item.kw_only].append(f"{name}=__made")
            value = f"__of_{name}() if {name} is __made else {name}"
        elif item.default is not _NONE:
            known[f"__of_{name}"] = item.default
            heads[item.kw_only].append(f"{name}=__of_{name}")
        else:
            heads[item.kw_only].append(name)
        body.append(f" __set(self, {name!r}, {value})" if frozen else f" self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    head = ", ".join(["self", *heads[False], *(["*", *heads[True]] if heads[True] else [])])
    exec(f"def __init__({head}):\n" + "\n".join(body or [" pass"]), known)  # noqa: S102 - made of field names alone
    init = known["__init__"]
    if not isinstance(init, FunctionType):  # pragma: no cover - the line above makes a function
        raise TypeError(cls)
    return init


class _Standard:
    """`__dataclass_fields__` or `__dataclass_params__`, made by the standard library when one of its functions asks for them."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, _instance: object, owner: type) -> object:
        import dataclasses

        cls = next(base for base in owner.__mro__ if _OWN in base.__dict__)
        columns = [(name, item.annotation, _standard_field(item)) for name, item in _fields_of(cls).items()]
        made = dataclasses.make_dataclass(cls.__name__, columns, frozen=cls.__dict__["__lazy_frozen__"])
        for name in ("__dataclass_fields__", "__dataclass_params__"):
            setattr(cls, name, getattr(made, name))
        return getattr(cls, self._name)


def _standard_field(item: _Field) -> object:
    import dataclasses

    if item.factory is not None:
        return dataclasses.field(default_factory=item.factory, repr=item.repr, compare=item.compare, kw_only=item.kw_only)
    if item.default is not _NONE:
        return dataclasses.field(default=item.default, repr=item.repr, compare=item.compare, kw_only=item.kw_only)
    bare: object = dataclasses.field(repr=item.repr, compare=item.compare, kw_only=item.kw_only)
    return bare


def _equal(self: object, other: object) -> object:
    if other.__class__ is not self.__class__:
        return NotImplemented
    key: Callable[[object], object] = getattr(self, _KEY)
    return key(self) == key(other)


def _hash(self: object) -> int:
    key: Callable[[object], object] = getattr(self, _KEY)
    return hash(key(self))


def _repr(self: object) -> str:
    found: Mapping[str, _Field] = getattr(self, _OWN)
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name, item in found.items() if item.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse_set(_self: object, name: str, _value: object) -> None:
    from dataclasses import FrozenInstanceError

    msg = f"cannot assign to field {name!r}"
    raise FrozenInstanceError(msg)


def _refuse_delete(_self: object, name: str) -> None:
    from dataclasses import FrozenInstanceError

    msg = f"cannot delete field {name!r}"
    raise FrozenInstanceError(msg)


def _get_state(self: object) -> list[object]:
    found: Mapping[str, _Field] = getattr(self, _OWN)
    return [getattr(self, name) for name in found]


def _set_state(self: object, state: list[object]) -> None:
    found: Mapping[str, _Field] = getattr(self, _OWN)
    for name, value in zip(found, state, strict=True):
        object.__setattr__(self, name, value)


_MUTABLE: Mapping[str, object] = {
    "__eq__": _equal,
    "__hash__": None,
    "__repr__": _repr,
    "__dataclass_fields__": _Standard("__dataclass_fields__"),
    "__dataclass_params__": _Standard("__dataclass_params__"),
}
_FROZEN: Mapping[str, object] = {
    **_MUTABLE,
    "__hash__": _hash,
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_delete,
    "__getstate__": _get_state,
    "__setstate__": _set_state,
}


def field_names(value: object) -> tuple[str, ...]:
    """The names of the fields of a value of a data class, ours or the standard library's; none for any other value."""
    return class_fields(type(value))


def class_fields(cls: type) -> tuple[str, ...]:
    """The names of the fields of a data class, ours or the standard library's; none for any other class."""
    for base in cls.__mro__:
        if _OWN in base.__dict__ or "__dataclass_fields__" in base.__dict__:
            return tuple(_fields_of(base))
    return ()


def changed(value: object, /, **changes: object) -> object:
    """As `replace`, for a value whose class a type checker does not know."""
    kept = {name: getattr(value, name) for name in field_names(value) if name not in changes}
    return type(value)(**kept, **changes)


def _asdict(value: object) -> object:
    import dataclasses

    return dataclasses.asdict(value)  # type: ignore[call-overload] # the standard library says what it takes


def required(cls: type) -> frozenset[str]:
    """The names of the fields that have no default."""
    found = _inherited(cls.__mro__)
    return frozenset(name for name, item in found.items() if item.default is _NONE and item.factory is None)


if TYPE_CHECKING:
    from dataclasses import asdict, dataclass, field, replace
else:
    asdict, dataclass, field, replace = _asdict, _dataclass, _field, changed

__all__ = ["asdict", "changed", "class_fields", "dataclass", "field", "field_names", "replace", "required"]
