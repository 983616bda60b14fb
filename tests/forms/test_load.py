from __future__ import annotations

import pytest

from dvc_cli.forms import FormError, load_form
from forms.toy import FORM, RAW, changed, with_field


def test_fields_keep_the_order_of_the_file_and_know_their_section() -> None:
    assert FORM.keys[:2] == ("requester_full_name", "requester_phone")
    assert [item.key for item in FORM.section_fields("partner_block")][:2] == ["partner_nationality", "partner_passport"]
    assert FORM.section("who").title.vi == "Ai"
    assert "ward" in FORM
    assert "warden" not in FORM


def test_a_field_lives_only_with_its_section() -> None:
    assert not FORM.lives_when(FORM["partner_birth"]).holds({})
    assert FORM.lives_when(FORM["partner_birth"]).holds({"married": ("true",)})


def test_values_are_found_after_what_they_depend_on() -> None:
    order = FORM.order
    for before, after in (("country", "province"), ("province", "ward"), ("ward", "office"), ("nationality", "partner_nationality")):
        assert order.index(before) < order.index(after)
    assert FORM.circle == ()


def test_a_circle_is_kept_for_the_linter() -> None:
    raw = changed("want_copies", when={"copies_count": ["*"]})
    assert set(load_form(raw).circle) == {"want_copies", "copies_count"}


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (RAW | {"colour": "red"}, "unknown attribute colour"),
        (with_field(colour="red"), "unknown attribute colour"),
        (with_field(label="Thêm"), "`label` takes a table"),
        (with_field(key="ward"), "stands twice"),
        (with_field(section="nowhere"), "no section `nowhere`"),
        (with_field(when={}), "`when`"),
        (with_field(required="yes"), "`required`"),
        (with_field(page="1"), "`page` takes a whole number"),
        (with_field(readonly=1), "`readonly` takes true or false"),
        (with_field(derive="copy"), "`derive` takes a table"),
        (with_field(derive={"rule": "copy", "from": "x"}), "unknown attribute from"),
        (with_field(excludes=["a"]), "`excludes` takes a list of pairs"),
        (with_field(preset=[1]), "`preset` takes a text"),
        (RAW | {"fields": []}, "`fields` takes one table or more"),
        (RAW | {"effective_from": "2026"}, "`effective_from` takes a date"),
        (RAW | {"version": ""}, "`version` is missing"),
        (RAW | {"sections": [*RAW["sections"], RAW["sections"][0]]}, "stands twice"),
    ],
)
def test_what_is_no_form_is_refused_with_the_reason(raw: dict[str, object], says: str) -> None:
    with pytest.raises(FormError, match=says.replace("`", ".")):
        load_form(raw)


def test_a_field_needs_type_and_label() -> None:
    for attribute in ("type", "label", "section"):
        with pytest.raises(FormError):
            load_form(changed("facility", **{attribute: None}))
