"""The closed language of conditions: when a field lives, when it is required, when a derivation holds.

In TOML a condition is a table. Each key is a field key with the values that it may have; all must hold:

    when = { birth_case = ["du_cha_me", "chua_co_cha"], want_copies = true }

`"*"` stands for any value. Three words are no field keys: `any = [{...}, ...]` holds when one of its tables does, `all = [{...}, ...]`
when each does, `not = {...}` when its table does not. `true` and `false` alone are the two constant conditions. Values are compared
as canonical text: codes of choices and places, `true`/`false`, ISO dates. A field of several choices matches when one of them does; a
field without a value matches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dvc_cli.lazy_dataclasses import dataclass

ANY_VALUE = "*"
WORDS = frozenset({"any", "all", "not"})


class ConditionError(ValueError):
    """Raised when a table is no condition; the text says what it should be and what stood there."""

    def __init__(self, why: str, got: object) -> None:
        super().__init__(f"{why}, not {got!r}")


@dataclass(frozen=True, slots=True)
class Match:
    """One key and the canonical texts that it may have."""

    key: str
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when every test, every `all_of`, one of `any_of` (if there are some) and no `none_of` holds; `never` holds never."""

    tests: tuple[Match, ...] = ()
    all_of: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()
    none_of: tuple[Condition, ...] = ()
    never: bool = False

    def holds(self, texts: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether it holds for these canonical texts; a key that is absent or empty has no value."""
        # Plain loops: a form asks some two hundred conditions each time somebody answers a question.
        if self.never:
            return False
        for test in self.tests:
            if not _passes(test, texts):
                return False
        for part in self.all_of:
            if not part.holds(texts):
                return False
        for part in self.none_of:
            if part.holds(texts):
                return False
        return not self.any_of or any(part.holds(texts) for part in self.any_of)

    def parts(self) -> Iterator[Condition]:
        """This condition and everything nested in it."""
        yield self
        for part in (*self.all_of, *self.any_of, *self.none_of):
            yield from part.parts()

    def keys(self) -> tuple[str, ...]:
        """The field keys that it looks at, in order, each once."""
        return tuple(dict.fromkeys(test.key for part in self.parts() for test in part.tests))

    @property
    def always(self) -> bool:
        """True for the constant condition `true`."""
        return self == ALWAYS


ALWAYS = Condition()
NEVER = Condition(never=True)


def both(one: Condition, other: Condition) -> Condition:
    """The condition that holds when both do."""
    if one.always or other.never:
        return other
    if other.always or one.never:
        return one
    return Condition(all_of=(one, other))


def parse_condition(raw: object) -> Condition:
    """Read a condition from its TOML value. Raises ConditionError."""
    if isinstance(raw, bool):
        return ALWAYS if raw else NEVER
    if not isinstance(raw, Mapping):
        raise ConditionError("a condition is a table, true or false", raw)
    if not raw:
        raise ConditionError("a condition that always holds is written true", raw)
    tests = tuple(Match(str(key), _allowed(str(key), value)) for key, value in raw.items() if key not in WORDS)
    return Condition(
        tests=tests,
        all_of=_nested(raw, "all"),
        any_of=_nested(raw, "any"),
        none_of=(parse_condition(raw["not"]),) if "not" in raw else (),
    )


def _nested(raw: Mapping[str, object], word: str) -> tuple[Condition, ...]:
    if word not in raw:
        return ()
    items = raw[word]
    if not isinstance(items, list) or not items:
        why = f"`{word}` takes a list of tables"
        raise ConditionError(why, items)
    return tuple(parse_condition(item) for item in items)


def _allowed(key: str, raw: object) -> tuple[str, ...]:
    values = raw if isinstance(raw, list) else [raw]
    if not values:
        why = f"`{key}` takes one allowed value or more"
        raise ConditionError(why, raw)
    return tuple(_text(key, value) for value in values)


def _text(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int) and str(value):
        return str(value)
    why = f"`{key}` compares with texts, whole numbers, true or false"
    raise ConditionError(why, value)


def _passes(test: Match, texts: Mapping[str, tuple[str, ...]]) -> bool:
    present, allowed = texts.get(test.key), test.allowed
    if not present:
        return False
    if len(present) == 1 and present[0] in allowed:
        return True
    return ANY_VALUE in allowed or any(text in allowed for text in present)
