from __future__ import annotations

import pytest

from dvc_cli.forms import lint_form, load_form
from forms.toy import FORM, RAW, changed, with_field


def findings(raw: dict[str, object]) -> str:
    return "\n".join(lint_form(load_form(raw)))


def test_the_toy_form_is_in_order() -> None:
    assert lint_form(FORM) == ()


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (with_field(when={"nobody": ["x"]}), "unknown field `nobody`"),
        (with_field(required={"nobody": ["x"]}), "unknown field `nobody`"),
        (with_field(when={"relation": ["ba_noi"]}), "unknown values of `relation`: ba_noi"),
        (with_field(when={"married": ["maybe"]}), "unknown values of `married`: maybe"),
        (with_field(when={"ethnicity": ["99"]}), "unknown values of `ethnicity`: 99"),
        (with_field(when={"surname": ["Trần"]}), "compares the free text `surname`"),
        (with_field(when={"extra": [True]}), "looks at the field itself"),
        (with_field(when=False), "extra: no set of answers reaches it"),
        (with_field(when={"want_copies": True, "not": {"want_copies": [True]}}), "extra: no set of answers reaches it"),
        (with_field(when={"copies_count": ["*"], "want_copies": [False]}), "extra: no set of answers reaches it"),
        (with_field(when={"nationality": ["LA"]}), "extra: no set of answers reaches it"),
        (with_field(label={"vi": "Thêm", "en": ""}), "label has no English"),
        (with_field(label={"en": "Extra"}), "label has no Vietnamese"),
        (with_field(help={"vi": "x", "en": ""}), "help has no English"),
        (changed("married", source=None), "married: no source"),
        (changed("married", confidence=None), "married: no confidence"),
        (changed("ward", province_key=None), "ward: a ward without province_key"),
        (changed("ward", province_key="surname"), "`surname` is no province"),
        (with_field(province_key="province"), "only a ward has a province_key"),
        (with_field(type="colour"), "unknown type `colour`"),
        (with_field(type="choice", choices="colours"), "unknown list `colours`"),
        (with_field(type="choice"), "they need it"),
        (with_field(choices="relation"), "they need it"),
        (with_field(type="text"), "no max_length"),
        (with_field(type="code", pattern="["), "no regular expression"),
        (with_field(type="code", pattern="\\d{5}"), "write [0-9]"),
        (with_field(type="text", max_length=5, pattern="a"), "only a code has a pattern"),
        (with_field(type="integer", minimum=5, maximum=1), "minimum is above maximum"),
        (with_field(preset="maybe"), "preset `maybe` is no value"),
        (with_field(type="choices", choices="funeral_groups", excludes=[["none", "nobody"]]), "unknown choices nobody"),
        (with_field(preset_from="nobody"), "copies unknown field `nobody`"),
        (with_field(preset_from="surname"), "copies `surname` of another type"),
        (with_field(readonly=True), "read-only without a value"),
        (with_field(fault="KS-XX"), "unknown problem code KS-XX"),
        (with_field(derive={"rule": "magic"}), "unknown derivation `magic`"),
        (with_field(derive={"rule": "copy"}), "`copy` reads 1 fields"),
        (with_field(derive={"rule": "copy", "inputs": ["surname"]}), "copies `surname` of another type"),
        (with_field(derive={"rule": "copy", "inputs": ["nobody"]}), "derives from unknown field `nobody`"),
        (
            with_field(type="text", max_length=9, derive={"rule": "office_name", "kind": "bank", "inputs": ["ward"]}),
            "unknown kind of office `bank`",
        ),
        (
            with_field(type="text", max_length=9, derive={"rule": "office_name", "kind": "ubnd", "inputs": ["surname"]}),
            "`surname` is no place",
        ),
        (with_field(type="text", max_length=9, derive={"rule": "date_in_words", "inputs": ["surname"]}), "`surname` is no full date"),
        (with_field(key="Extra"), "Extra: is no field key"),
        (with_field(key="any"), "any: is no field key"),
        (with_field(key="pledge"), "pledge: is no field key"),
        (with_field(key="who"), "who: a field has the same name"),
        (changed("want_copies", when={"copies_count": ["*"]}), "want_copies: stands in a circle"),
        (RAW | {"source": ""}, "form: no source"),
        (RAW | {"title": {"vi": "x", "en": ""}}, "form: title has no English"),
        (RAW | {"sections": [*RAW["sections"], {"id": "empty", "title": {"vi": "Trống", "en": "Empty"}}]}, "empty: has no field"),
    ],
)
def test_what_is_wrong_is_told(raw: dict[str, object], says: str) -> None:
    assert says in findings(raw)


def test_a_field_behind_several_choices_at_once_is_reachable() -> None:
    raw = with_field(when={"all": [{"funeral_groups": ["merit"]}, {"funeral_groups": ["social_insurance"]}]})
    assert findings(raw) == ""
