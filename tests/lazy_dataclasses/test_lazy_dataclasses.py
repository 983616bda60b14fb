"""Our data classes keep every promise of the standard library's, which is asked beside them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from typing import ClassVar

import pytest

from dvc_cli import lazy_dataclasses


@lazy_dataclasses.dataclass(frozen=True, slots=True)
class Point:
    """One field without and one with a default."""

    x: int
    y: int = 2


def both(make):
    """The same class made by the standard library and by ours."""
    return make(dataclasses), make(lazy_dataclasses)


def person(kind, **options):
    @kind.dataclass(frozen=True, slots=True, **options)
    class Person:
        table: ClassVar[str] = "people"
        name: str
        tags: list[str] = kind.field(default_factory=list)
        secret: str = kind.field(default="", repr=False)
        note: str = kind.field(default="", compare=False)

        def greeting(self):
            return f"hello {self.name}"

    return Person


CALLS = [
    ((), {}),
    (("An",), {}),
    (("An", ["a"], "s", "n"), {}),
    ((), {"name": "An", "note": "x"}),
    (("An",), {"name": "An"}),
    (("An",), {"age": 3}),
    (("An", [], "", "", ""), {}),
]


@pytest.mark.parametrize(("given", "named"), CALLS)
@pytest.mark.parametrize("options", [{}, {"kw_only": True}])
def test_the_constructor_takes_and_refuses_the_same(given, named, options):
    told = []
    for kind in both(lambda module: person(module, **options)):
        try:
            told.append(repr(kind(*given, **named)))
        except TypeError:
            told.append("TypeError")
    assert told[0] == told[1]


def test_values_are_equal_hashed_and_shown_by_their_fields():
    for kind in both(person):
        one, same, other = kind("An", (), note="1"), kind("An", (), note="2"), kind("Bình", ())
        assert one == same
        assert hash(one) == hash(same)
        assert one != other
        assert one != ("An", (), "", "1")
        assert repr(kind("An", secret="mật khẩu")).endswith("Person(name='An', tags=[], note='')")
        assert kind.__match_args__ == ("name", "tags", "secret", "note")
        assert kind.table == "people"
        assert one.greeting() == "hello An"


def test_each_instance_gets_its_own_made_default():
    assert all(kind("An").tags is not kind("An").tags for kind in both(person))


def test_a_frozen_value_can_neither_be_changed_nor_emptied():
    for kind in both(person):
        value = kind("An")
        with pytest.raises(dataclasses.FrozenInstanceError):
            value.name = "Bình"
        with pytest.raises(dataclasses.FrozenInstanceError):
            del value.name
        assert not hasattr(value, "__dict__")


def test_a_mutable_value_can_be_changed_and_not_hashed():
    def counter(kind):
        @kind.dataclass(slots=True)
        class Counter:
            count: int = 0

        return Counter

    for kind in both(counter):
        value = kind()
        value.count += 1
        assert value == kind(1)
        with pytest.raises(TypeError):
            hash(value)


def test_what_a_class_defines_itself_stays():
    def checked(kind):
        @kind.dataclass(frozen=True, slots=True)
        class Checked:
            value: int

            def __post_init__(self):
                if self.value < 0:
                    raise ValueError(self.value)

            def __repr__(self):
                return "own"

        return Checked

    for kind in both(checked):
        assert repr(kind(1)) == "own"
        with pytest.raises(ValueError, match="-1"):
            kind(-1)


@pytest.mark.parametrize("below", [dataclasses, lazy_dataclasses])
@pytest.mark.parametrize("above", [dataclasses, lazy_dataclasses])
def test_classes_inherit_from_each_other_in_both_directions(below, above):
    @below.dataclass(frozen=True, slots=True, kw_only=True)
    class Flags:
        json: bool = False
        set_: list[str] = below.field(default_factory=list)

    @above.dataclass(frozen=True, slots=True, kw_only=True)
    class Own(Flags):
        limit: int
        json: bool = True

    value = Own(limit=3)
    assert (value.json, value.set_, value.limit) == (True, [], 3)
    assert repr(value).endswith("Own(json=True, set_=[], limit=3)")
    assert value != Flags()
    assert [each.name for each in dataclasses.fields(Own)] == ["json", "set_", "limit"]
    assert lazy_dataclasses.required(Own) == {"limit"}


def test_the_functions_of_the_standard_library_take_our_values():
    for kind in both(person):
        value = kind("An", ["a"], "s")
        assert dataclasses.is_dataclass(kind)
        assert [(each.name, each.type, each.repr, each.kw_only) for each in dataclasses.fields(value)] == [
            ("name", "str", True, False),
            ("tags", "list[str]", True, False),
            ("secret", "str", False, False),
            ("note", "str", True, False),
        ]
        assert dataclasses.asdict(value) == {"name": "An", "tags": ["a"], "secret": "s", "note": ""}
        assert dataclasses.replace(value, name="Bình").name == "Bình"
        assert dataclasses.fields(kind)[0].default is dataclasses.MISSING
        assert dataclasses.fields(kind)[1].default_factory is list


def test_replace_makes_a_changed_copy_and_refuses_what_is_no_field():
    value = Point(1)
    assert lazy_dataclasses.replace(value, y=5) == Point(1, 5)
    assert value == Point(1, 2)
    with pytest.raises(TypeError):
        lazy_dataclasses.replace(value, z=5)


def test_values_are_copied_and_pickled():
    assert copy.copy(Point(3)) == copy.deepcopy(Point(3)) == pickle.loads(pickle.dumps(Point(3))) == Point(3)


def test_a_data_class_without_slots_is_refused():
    with pytest.raises(TypeError, match="slots"):
        lazy_dataclasses.dataclass(frozen=True)


def test_making_classes_and_values_loads_no_inspect():
    program = """
import sys
from dvc_cli.lazy_dataclasses import dataclass, field, replace
@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: list = field(default_factory=list)
assert replace(Point(1), x=2) == Point(2) and hash(replace(Point(1), y=())) and repr(Point(1)) and Point.__match_args__
print(sorted({"dataclasses", "inspect", "re"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_values_of_either_library_are_changed_and_asked_for_their_fields():
    for kind in both(person):
        assert lazy_dataclasses.changed(kind("An"), name="Bình") == kind("Bình")
        assert lazy_dataclasses.field_names(kind("An")) == ("name", "tags", "secret", "note")
        assert lazy_dataclasses.asdict(kind("An")) == {"name": "An", "tags": [], "secret": "", "note": ""}
    assert lazy_dataclasses.field_names("text") == ()
    assert lazy_dataclasses.field_names(Point) == ()
