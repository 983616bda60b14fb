from __future__ import annotations

from datetime import date

import pytest

from dvc_cli.domain.dates import PartialDate
from dvc_cli.forms import Field, ValueFault, display_value, is_empty, parse_value
from forms.toy import CONTEXT, FORM, context, field

CAN_THO, CAI_KHE = "92", "31120"


def value(item: Field, text: object, **values: object) -> object:
    return parse_value(item, text, CONTEXT, values)


def code_of(item: Field, text: object, **values: object) -> str:
    with pytest.raises(ValueFault) as caught:
        value(item, text, **values)
    return caught.value.code


@pytest.mark.parametrize("text", ["true", "1", "có", "CÓ", "co", "yes", "y", "c", "True"])
def test_yes_in_all_its_spellings(text: str) -> None:
    assert value(field("boolean"), text) is True


@pytest.mark.parametrize("text", ["false", "0", "không", "Không", "khong", "no", "n", "k", "FALSE"])
def test_no_in_all_its_spellings(text: str) -> None:
    assert value(field("boolean"), text) is False


def test_neither_yes_nor_no() -> None:
    assert code_of(field("boolean"), "có lẽ") == "A-INVALID"


@pytest.mark.parametrize("text", ["5", " 5 ", "05", "５"])
def test_whole_numbers(text: str) -> None:
    assert value(field("integer", minimum=1), text) == 5


@pytest.mark.parametrize("text", ["0", "-3", "100", "1.5", "năm", "1e3", "٣", "99999999999999999999"])
def test_a_number_out_of_bounds_or_shape_is_invalid(text: str) -> None:
    assert code_of(field("integer", minimum=1, maximum=99), text) == "A-INVALID"


@pytest.mark.parametrize("text", ["000196000001", "000 196 000 001", "０００１９６０００００１"])
def test_a_personal_number_forgives_spaces_and_full_width_digits(text: str) -> None:
    assert value(field("personal_number"), text) == "000196000001"


def test_a_wrong_personal_number_has_the_code_of_its_field() -> None:
    assert code_of(field("personal_number"), "00019600000") == "A-INVALID"
    assert code_of(field("personal_number", fault="KS-I1"), "00019600000a") == "KS-I1"


@pytest.mark.parametrize("text", ["0900000001", "+84 900 000 001", "84900000001", "0900.000.001", "0084900000001"])
def test_phones_become_ten_digits(text: str) -> None:
    assert value(field("phone"), text) == "0900000001"


def test_a_wrong_phone_has_the_code_of_its_field() -> None:
    assert code_of(field("phone"), "0200000001") == "A-INVALID"
    assert code_of(field("phone", fault="KS-I6"), "12") == "KS-I6"


@pytest.mark.parametrize("text", ["a@b.vn", "mai.phuong+x@vidu.example.org"])
def test_an_email_has_one_at_and_a_dotted_domain(text: str) -> None:
    assert value(field("email", max_length=254), text) == text


@pytest.mark.parametrize("text", ["a@b", "a@@b.vn", "a b@c.vn", "@c.vn", "a@.vn", "a@c.", "a"])
def test_what_is_no_email(text: str) -> None:
    assert code_of(field("email"), text) == "A-INVALID"
    assert code_of(field("email", fault="KS-I6"), text) == "KS-I6"


def test_a_text_over_its_cap_is_invalid_even_where_the_field_has_its_own_code() -> None:
    assert value(field("name", max_length=5), "Nhiên") == "Nhiên"
    assert code_of(field("name", max_length=4), "Nhiên") == "A-INVALID"
    assert code_of(field("email", max_length=6, fault="KS-I6"), "abc@d.vn") == "A-INVALID"


def test_names_are_cleaned_but_never_rewritten() -> None:
    assert value(field("name"), "  y\u0306 \u200b  ÐINH  ") == "y̆ ĐINH"
    assert value(field("name"), "nguyễn VĂN An") == "nguyễn VĂN An"


def test_a_code_must_match_its_pattern_wholly() -> None:
    assert value(field("code", pattern="[0-9]{5}"), "99911") == "99911"
    assert value(field("code", pattern="[0-9]{5}"), "999 11") == "99911"
    assert code_of(field("code", pattern="[0-9]{5}"), "999111") == "A-INVALID"
    assert code_of(field("code", pattern="[0-9]{5}", fault="KT-21"), "9991") == "KT-21"


def test_a_soft_code_is_accepted_as_it_stands() -> None:
    assert value(FORM["notification"], "00412 GCS 1") == "00412 GCS 1"
    assert value(FORM["notification"], "00412.GCS.99901.26") == "00412.GCS.99901.26"
    assert code_of(FORM["notification"], "x" * 41) == "A-INVALID"


def test_what_was_expected_is_said_without_repeating_what_was_typed() -> None:
    with pytest.raises(ValueFault) as caught:
        value(FORM["facility"], "bí mật")
    assert "99911" in caught.value.detail
    assert "bí mật" not in caught.value.detail + str(caught.value)


@pytest.mark.parametrize("text", ["me", "ME", "Mẹ", "mẹ", "Mother", "Me\u0323"])
def test_a_choice_by_code_or_label(text: str) -> None:
    assert value(FORM["relation"], text) == "me"


def test_a_choice_by_portal_value() -> None:
    assert value(field("choice", choices="birth_data_source"), "1") == "csdl_bao_hiem"


def test_tone_marks_are_kept_in_choices() -> None:
    relation = field("choice", choices="requester_relation_to_deceased")
    assert value(relation, "Bà") == "ba_grandmother"
    assert code_of(relation, "ba") == "A-CHOICE"


def test_a_short_list_is_told_and_a_long_one_gives_the_nearest() -> None:
    with pytest.raises(ValueFault) as short:
        value(FORM["relation"], "Ông")
    assert "nguoi_giam_ho" in short.value.detail
    with pytest.raises(ValueFault) as long:
        value(field("choice", choices="relation_to_householder"), "Cháu nộii")
    assert "Cháu nội" in long.value.detail


def test_several_choices_in_the_order_of_the_list() -> None:
    groups = FORM["funeral_groups"]
    assert value(groups, ("merit", "social_insurance")) == ("social_insurance", "merit")
    assert value(groups, "merit, social_insurance") == ("social_insurance", "merit")
    assert value(groups, "merit; merit") == ("merit",)


def test_a_label_with_commas_is_one_choice() -> None:
    several = field("choices", choices="requester_relation_to_deceased")
    assert value(several, "Con, Đại diện cơ quan, tổ chức") == ("con", "dai_dien_co_quan")


def test_choices_that_exclude_each_other() -> None:
    groups = FORM["funeral_groups"]
    assert code_of(groups, ("social_assistance", "emergency_relief")) == "KT-04"
    assert code_of(groups, ("none", "merit")) == "KT-04"
    assert value(groups, "none") == ("none",)
    assert code_of(groups, ("merit", "unheard_of")) == "A-CHOICE"


@pytest.mark.parametrize("text", ["VN", "vn", "Việt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"])
def test_countries_by_code_and_both_names(text: str) -> None:
    assert value(field("country"), text) == "VN"
    assert value(field("nationality"), text) == "VN"


@pytest.mark.parametrize(
    ("text", "code"), [("Kinh", "01"), ("01", "01"), ("Mông", "08"), ("H'Mông", "08"), ("H’mông", "08"), ("Khác", "khac")]
)
def test_peoples_by_code_and_every_spelling(text: str, code: str) -> None:
    assert value(field("ethnicity"), text) == code


@pytest.mark.parametrize("text", [CAN_THO, "Thành phố Cần Thơ", "Cần Thơ", "cần thơ", "TP. Cần Thơ"])
def test_provinces_by_code_and_name(text: str) -> None:
    assert value(FORM["province"], text) == CAN_THO


def test_a_province_without_tone_marks_is_not_found() -> None:
    assert code_of(FORM["province"], "Can Tho") == "A-PLACE"
    assert code_of(field("province", fault="KT-23"), "Hậu Giang") == "KT-23"


@pytest.mark.parametrize("text", [CAI_KHE, "Phường Cái Khế", "Cái Khế", "phường cái khế"])
def test_wards_inside_their_province(text: str) -> None:
    assert value(FORM["ward"], text, province=CAN_THO) == CAI_KHE


def test_a_ward_of_another_province_is_not_found_and_the_nearest_is_told() -> None:
    assert code_of(FORM["ward"], "Phường Cái Khế", province="01") == "A-PLACE"
    assert code_of(FORM["ward"], CAI_KHE, province="01") == "A-PLACE"
    assert code_of(FORM["ward"], "Cái Khế") == "A-PLACE"
    with pytest.raises(ValueFault) as caught:
        value(FORM["ward"], "Cai Khe", province=CAN_THO)
    assert "Phường Cái Khế" in caught.value.detail


@pytest.mark.parametrize("text", ["2026-11-02", "02/11/2026", "2/11/2026", "02-11-2026", "2.11.2026"])
def test_full_dates(text: str) -> None:
    assert value(FORM["birth_date"], text) == date(2026, 11, 2)


@pytest.mark.parametrize("text", ["31/02/2026", "2026", "11/2026", "hôm qua", "2026-11-02T10:00", "10/11/2026"])
def test_what_is_no_full_date_up_to_the_filing_day(text: str) -> None:
    assert code_of(FORM["birth_date"], text) == "A-DATE"


def test_the_filing_day_itself_is_not_the_future() -> None:
    assert value(FORM["birth_date"], "09/11/2026") == date(2026, 11, 9)
    assert parse_value(FORM["birth_date"], "10/11/2026", context(on=date(2026, 11, 10)), {}) == date(2026, 11, 10)


def test_partial_dates() -> None:
    assert value(FORM["partner_birth"], "1941") == PartialDate(1941)
    assert value(FORM["partner_birth"], "03/1941") == PartialDate(1941, 3)
    assert value(FORM["partner_birth"], "02/03/1941") == PartialDate(1941, 3, 2)
    assert code_of(FORM["partner_birth"], "2026-10-05T14:35") == "A-DATE"
    assert value(FORM["burial_date"], "2026-10-05T14:35") == PartialDate(2026, 10, 5, 14, 35)
    assert value(FORM["burial_date"], "2026") == PartialDate(2026)


def test_a_lunar_date_has_its_own_code_where_the_field_says_so() -> None:
    assert code_of(FORM["burial_date"], "10/3 âm lịch") == "KT-17"
    assert code_of(FORM["birth_date"], "10/3 âm lịch") == "A-DATE"


def test_a_list_of_one_is_a_value_and_a_list_of_two_is_not() -> None:
    assert value(FORM["surname"], ("", "Trần")) == "Trần"
    assert code_of(FORM["surname"], ("Trần", "Lê")) == "A-INVALID"


def test_a_secret_is_kept_as_typed_and_never_shown() -> None:
    secret = field("secret", max_length=20)
    assert value(secret, "  e\u0301 x ") == "  e\u0301 x "
    assert code_of(secret, "\ud800") == "A-INVALID"
    assert code_of(secret, "x" * 21) == "A-INVALID"
    assert "bimat" not in display_value(secret, "bimat")


@pytest.mark.parametrize("given", ["", "  ", "\u200b", "\t\n", (), ("", " ")])
def test_blanks_are_no_answer(given: object) -> None:
    assert is_empty(FORM["surname"], given)


def test_a_blank_password_is_an_answer() -> None:
    assert not is_empty(field("secret"), " ")
    assert is_empty(field("secret"), "")


@pytest.mark.parametrize(
    ("key", "canonical", "vi", "en"),
    [
        ("ward", CAI_KHE, "Phường Cái Khế", "Phường Cái Khế"),
        ("province", CAN_THO, "Thành phố Cần Thơ", "Thành phố Cần Thơ"),
        ("relation", "me", "Mẹ", "Mother"),
        ("married", True, "Có", "Yes"),
        ("married", False, "Không", "No"),
        ("birth_date", date(2026, 11, 2), "02/11/2026", "02/11/2026"),
        ("burial_date", PartialDate(2026, 10, 5, 14, 5), "05/10/2026 14:05", "05/10/2026 14:05"),
        ("partner_birth", PartialDate(1941, 3), "03/1941", "03/1941"),
        ("copies_count", 5, "5", "5"),
        ("ethnicity", "08", "Mông", None),
        ("surname", "Trần", "Trần", "Trần"),
    ],
)
def test_values_as_people_read_them(key: str, canonical: object, vi: str, en: str | None) -> None:
    assert display_value(FORM[key], canonical, "vi") == vi
    assert en is None or display_value(FORM[key], canonical, "en") == en
