"""A place is taken by code, official name or bare name; search finds it as people type it."""

from __future__ import annotations

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvc_cli.data import read_rows
from dvc_cli.domain.places import bare_name, places

TODAY = date(2026, 11, 24)
NOW = places(TODAY)


def names(query, **options):
    return [hit.name for hit in NOW.search(query, **options)]


def test_the_list_has_34_provinces_and_3321_communes():
    assert len(NOW.provinces()) == 34
    assert sum(len(NOW.communes(province.code)) for province in NOW.provinces()) == 3321
    assert NOW.communes("99") == ()


@pytest.mark.parametrize(
    "text",
    [
        "92",
        "Thành phố Cần Thơ",
        "Cần Thơ",
        "CẦN THƠ",
        " cần  thơ ",
        "TP Cần Thơ",
        "tp. Cần Thơ",
        "TP.Cần Thơ",
        unicodedata.normalize("NFD", "Cần Thơ"),
    ],
)
def test_a_province_is_taken_by_code_official_or_bare_name(text):
    assert NOW.province(text).code == "92"


@pytest.mark.parametrize("text", ["", "Can Tho", "Tỉnh Cần Thơ", "Hậu Giang", "Tỉnh Hậu Giang", "9", "092", "Cần Thơ, Việt Nam"])
def test_what_is_no_province_of_today_is_not_taken(text):
    assert NOW.province(text) is None


@pytest.mark.parametrize("text", ["31120", "Phường Cái Khế", "phường cái khế", "Cái Khế", "P. Cái Khế", "P.Cái Khế", "p cái khế"])
def test_a_commune_is_taken_by_code_official_or_bare_name_in_its_province(text):
    assert NOW.commune(text, "92") == NOW.commune_by_code("31120")


@pytest.mark.parametrize(
    ("text", "province"), [("31120", "01"), ("Cái Khế", "01"), ("Xã Cái Khế", "92"), ("cai khe", "92"), ("", "92"), ("Cái Khế", "99")]
)
def test_a_commune_is_not_taken_elsewhere_or_misspelt(text, province):
    assert NOW.commune(text, province) is None


@pytest.mark.parametrize("text", ["Xã Thuận Hoà", "Xã Thuận Hòa", "Thuận Hòa"])
def test_both_tone_placements_name_the_commune(text):
    assert NOW.commune(text, "08").code == "00922"


@pytest.mark.parametrize(
    "row", [row for row in read_rows("communes_2025.csv") if row["spelling_variant"]], ids=lambda row: row["commune_code"]
)
def test_every_listed_other_spelling_names_its_commune(row):
    for text in (row["official_name"], row["spelling_variant"]):
        assert NOW.commune(text, row["province_code"]).code == row["commune_code"]


def test_every_unit_is_taken_by_each_of_its_names():
    for province in NOW.provinces():
        for text in (province.code, province.name, bare_name(province.name)):
            assert NOW.province(text) == province
        for commune in NOW.communes(province.code):
            for text in (commune.code, commune.name, bare_name(commune.name)):
                assert NOW.commune(text, province.code) == commune
            assert NOW.commune_by_code(commune.code) == commune


@pytest.mark.parametrize(
    ("on", "quang_ninh", "bac_ninh"),
    [
        (date(2026, 8, 31), "Tỉnh Quảng Ninh", "Tỉnh Bắc Ninh"),
        (date(2026, 9, 1), "Thành phố Quảng Ninh", "Tỉnh Bắc Ninh"),
        (date(2026, 9, 19), "Thành phố Quảng Ninh", "Tỉnh Bắc Ninh"),
        (date(2026, 9, 20), "Thành phố Quảng Ninh", "Thành phố Bắc Ninh"),
        (date.max, "Thành phố Quảng Ninh", "Thành phố Bắc Ninh"),
        (date(2020, 1, 1), "Tỉnh Quảng Ninh", "Tỉnh Bắc Ninh"),
    ],
)
def test_official_names_change_on_their_day_and_all_spellings_stay_accepted(on, quang_ninh, bac_ninh):
    table = places(on)
    assert (table.province("22").name, table.province("24").name) == (quang_ninh, bac_ninh)
    for text in ("Tỉnh Quảng Ninh", "Thành phố Quảng Ninh", "Quảng Ninh"):
        assert table.province(text).code == "22"
    assert table.search("quang ninh")[0].name == quang_ninh


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ck", "Phường Cái Khế"),
        ("cai khe", "Phường Cái Khế"),
        ("Cái Khế", "Phường Cái Khế"),
        ("caikhe", "Phường Cái Khế"),
        ("caik", "Phường Cái Khế"),
        ("P. Cái Khế", "Phường Cái Khế"),
        ("p.cai khe", "Phường Cái Khế"),
        ("x cai khe", "Phường Cái Khế"),
        ("khe cai khe", None),
        ("cai khe can tho", "Phường Cái Khế"),
        ("cai khe, tp can tho", "Phường Cái Khế"),
        ("31120", "Phường Cái Khế"),
        ("92", "Thành phố Cần Thơ"),
        ("tp hcm", "Thành phố Hồ Chí Minh"),
        ("TP.HCM", "Thành phố Hồ Chí Minh"),
        ("hcm", "Thành phố Hồ Chí Minh"),
        ("Thuận Hòa", "Xã Thuận Hoà"),
        ("ea hleo", "Xã Ea H’Leo"),
        ("ea h'leo", "Xã Ea H’Leo"),
        ("sin suoi ho", "Xã Sin Suối Hồ"),
        ("xa dung", "Xã Xa Dung"),
        ("ba dinh", "Phường Ba Đình"),
        ("xã ba đình", "Xã Ba Đình"),
        ("zzzz", None),
        ("", None),
        (" , ", None),
    ],
)
def test_search_finds_what_people_type(query, first):
    found = names(query)
    assert (found[0] if found else None) == first


@pytest.mark.parametrize(
    ("query", "found", "former"),
    [
        ("hau giang", "Thành phố Cần Thơ", "Tỉnh Hậu Giang"),
        ("brvt", "Thành phố Hồ Chí Minh", "Tỉnh Bà Rịa - Vũng Tàu"),
        ("phuc xa", "Phường Hồng Hà", "Phường Phúc Xá"),
        ("Phúc Xá, Ba Đình, Hà Nội", "Phường Hồng Hà", "Phường Phúc Xá"),
        ("Số 1 Phố Ví Dụ, Phúc Xá, Ba Đình, Hà Nội", "Phường Hồng Hà", "Phường Phúc Xá"),
        ("q.1", "Phường Tân Định", "Quận 1"),
        ("q1", "Phường Tân Định", "Quận 1"),
    ],
)
def test_a_name_of_before_2025_leads_to_its_successor(query, found, former):
    hit = NOW.search(query)[0]
    assert (hit.name, hit.former) == (found, former)


def test_the_successor_of_a_split_commune_is_not_guessed():
    assert {hit.code for hit in NOW.search("Phường Cửa Nam, Hoàn Kiếm")} == {"00004", "00070", "00082", "00226"}


def test_a_later_word_finds_too():
    assert "Xã Sin Suối Hồ" in names("suoi ho", limit=20)
    assert "Xã Hoàng Hoa Thám" in names("hoa tham")


def test_marks_in_the_query_put_the_marked_name_first():
    assert all("Hòa" in name or "Hoà" in name for name in names("hòa", limit=3))


def test_search_keeps_to_the_province_and_the_limit():
    hits = NOW.search("tan", province="92", limit=4)
    assert len(hits) == 4
    assert {hit.province_code for hit in hits} == {"92"}
    assert NOW.search("ba dinh", province="92") == ()
    assert NOW.search("tan", limit=0) == ()


def test_a_hit_names_its_province_and_a_province_is_its_own():
    commune, province = NOW.search("cai khe")[0], NOW.search("can tho")[0]
    assert (commune.code, commune.type, commune.province_code, commune.province_name) == ("31120", "Phường", "92", "Thành phố Cần Thơ")
    assert (province.code, province.province_code, province.type) == ("92", "92", "thành phố")


def test_no_unit_is_found_twice():
    for query in ("an", "ninh kieu", "thuan hoa", "p"):
        codes = [hit.code for hit in NOW.search(query, limit=500)]
        assert len(codes) == len(set(codes))


@pytest.mark.parametrize("row", read_rows("communes_2025.csv")[::97], ids=lambda row: row["commune_code"])
def test_every_commune_is_found_by_its_bare_name_in_its_province(row):
    hits = NOW.search(bare_name(row["official_name"]), province=row["province_code"], limit=3)
    assert hits[0].code == row["commune_code"]


def test_every_former_commune_has_successors_that_exist():
    for row in read_rows("communes_before_2025.csv")[::53]:
        codes = [commune.code for commune in NOW.successors(row["old_commune"], row["old_district"], row["old_province"])]
        assert set(row["successor_codes_2025"].split()) <= set(codes)


def test_successors_of_districts_and_provinces_are_communes():
    assert [commune.name for commune in NOW.successors("Quận Ninh Kiều")] == [
        "Phường Cái Khế",
        "Phường Ninh Kiều",
        "Phường Tân An",
        "Phường An Bình",
    ]
    assert {commune.province_code for commune in NOW.successors("Hậu Giang")} == {"92"}
    assert NOW.successors("phuc xa", province="Hà Nội")[0].code == "00097"
    assert NOW.successors("Phúc Xá", "Quận Đống Đa") == ()
    assert NOW.successors("Không Có") == ()


def test_a_keystroke_of_search_is_quick():
    NOW.search("cai")
    for query in ("a", "p", "hoa", "tan", "Số 1 Phố Ví Dụ, Phúc Xá, Ba Đình, Hà Nội"):
        start = time.process_time()
        for _ in range(20):
            NOW.search(query)
        assert (time.process_time() - start) / 20 < 0.02


@given(st.text(st.characters(), max_size=40))
def test_any_text_can_be_looked_for(text):
    NOW.search(text)
    NOW.province(text)
    NOW.commune(text, "92")
