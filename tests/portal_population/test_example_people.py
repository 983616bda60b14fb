from __future__ import annotations

import sqlite3

import pytest

from dvc_cli.data import read_rows

# Number, name, birth date, issue date, province, ward, address, phone: as the worked examples write them (None: the example is silent).
TOLD = {
    "092196999001": (
        "TRẦN THỊ MAI PHƯƠNG",
        "1996-03-14",
        "2024-08-15",
        "Thành phố Cần Thơ",
        "Phường Cái Khế",
        "12 đường Ví Dụ",
        "0900000001",
    ),
    "092094999002": ("NGUYỄN HỮU NGHĨA", "1994-09-08", None, "Thành phố Cần Thơ", "Phường Cái Khế", "12 đường Ví Dụ", None),
    "001301999003": ("LÊ NGỌC HÀ", "2001-12-21", "2025-01-20", "Thành phố Hà Nội", "Phường Cửa Nam", "Số 7 ngõ Ví Dụ", "0900000002"),
    "001170999004": ("PHẠM THỊ LAN", None, None, "Thành phố Hà Nội", "Phường Cửa Nam", "Số 7 ngõ Ví Dụ", None),
    "012075999007": ("GIÀNG A LỬ", "1975-02-02", "2024-11-05", "Tỉnh Lai Châu", "Xã Sin Suối Hồ", "Bản Ví Dụ 2", "0900000003"),
    "012099999005": ("GIÀNG A CHỨ", "1999-04-10", None, "Tỉnh Lai Châu", "Xã Sin Suối Hồ", "Bản Ví Dụ 2", None),
    "012303999006": ("VÀNG THỊ SÙA", "2003-05-05", None, "Tỉnh Lai Châu", "Xã Sin Suối Hồ", "Bản Ví Dụ 2", None),
    "012171999008": ("LÝ THỊ DUA", None, None, None, None, None, None),
    "048176999101": ("TRẦN THỊ HẢI YẾN", None, None, "Thành phố Đà Nẵng", "Phường Hòa Cường", None, "0905000101"),
    "048048999102": ("TRẦN VĂN MINH", "1948-03-12", "2021-08-15", "Thành phố Đà Nẵng", "Phường Hòa Cường", "12 đường Mẫu Một, tổ 5", None),
    "051072999201": ("PHẠM VĂN TÍN", None, None, "Tỉnh Quảng Ngãi", "Xã Ba Tơ", None, "0914000201"),
    "051141999202": ("NGUYỄN THỊ SEN", "1941-01-01", "2022-06-02", "Tỉnh Quảng Ngãi", "Xã Ba Tơ", "Thôn 3", None),
    "092197999301": ("VÕ THỊ KIM NGÂN", None, None, "Thành phố Cần Thơ", "Phường Cái Răng", None, "0939000301"),
    "092095999302": ("LÊ QUỐC BẢO", "1995-07-09", "2021-05-10", "Thành phố Cần Thơ", "Phường Cái Răng", "88/2 đường Mẫu Ba", None),
    "092066999303": ("LÊ VĂN PHÚC", None, None, None, None, None, None),
}


@pytest.fixture
def examples(shipped: sqlite3.Connection) -> dict[str, sqlite3.Row]:
    return {row["id_number"]: row for row in shipped.execute("SELECT * FROM people WHERE origin = 'example'")}


def test_the_fifteen_people_of_the_six_worked_examples_are_there(examples: dict[str, sqlite3.Row]) -> None:
    assert set(examples) == set(TOLD)


@pytest.mark.parametrize("number", TOLD)
def test_they_are_as_the_examples_write_them(examples: dict[str, sqlite3.Row], number: str) -> None:
    row = examples[number]
    provinces = {item["province_code"]: item["official_name"] for item in read_rows("provinces_2025.csv")}
    wards = {item["commune_code"]: item["official_name"] for item in read_rows("communes_2025.csv")}
    is_now = (
        *(row["full_name"], row["birth_date"], row["id_issue_date"], provinces[row["province"]]),
        *(wards[row["ward"]], row["address_detail"], row["phone"]),
    )
    told = TOLD[number]
    assert tuple(value for value, wanted in zip(is_now, told, strict=True) if wanted is not None) == tuple(item for item in told if item)
    assert row["residence_type"] == "thuong_tru"
    assert row["gender"] == ("nu" if number[3] in "13" else "nam")
    assert row["birth_date"][2:4] == number[4:6]


def test_each_can_sign_in_with_vneid_on_an_own_phone_and_none_has_an_account_yet(
    shipped: sqlite3.Connection, examples: dict[str, sqlite3.Row]
) -> None:
    for number, row in examples.items():
        assert (row["vneid_level"], row["phone_owner"], row["vneid_phone"]) == (2, number, row["phone"])
    assert shipped.execute("SELECT count(*) FROM accounts WHERE id_number LIKE '______999%'").fetchone()[0] == 0


def test_requesters_have_the_card_and_contact_of_the_example(examples: dict[str, sqlite3.Row]) -> None:
    assert examples["092196999001"]["email"] == "maiphuong@example.org"
    assert {examples[number]["id_issue_place"] for number in ("092196999001", "001301999003", "012075999007")} == {"Bộ Công an"}
    deceased = [examples[number]["id_issue_place"] for number in ("048048999102", "051141999202", "092095999302")]
    assert set(deceased) == {"Cục Cảnh sát quản lý hành chính về trật tự xã hội"}


def test_hometowns_are_those_that_the_births_declare(examples: dict[str, sqlite3.Row]) -> None:
    hometowns = {number: row["hometown_province"] for number, row in examples.items()}
    assert hometowns["092196999001"] == hometowns["092094999002"] == "92"
    assert hometowns["001301999003"] == "37"
    assert hometowns["012099999005"] == hometowns["012303999006"] == "12"


def test_a_birth_date_known_by_year_only_is_kept_as_such(examples: dict[str, sqlite3.Row]) -> None:
    assert examples["051141999202"]["birth_known"] == "1941"


def test_families_and_householders_are_those_of_the_examples(examples: dict[str, sqlite3.Row]) -> None:
    heads = {number: row["household_id"] for number, row in examples.items()}
    assert heads["092196999001"] == heads["092094999002"] == "092094999002"
    assert heads["001301999003"] == "001170999004" == examples["001301999003"]["mother_id"]
    assert {heads[number] for number in ("012075999007", "012099999005", "012303999006")} == {"012075999007"}
    assert examples["012099999005"]["father_id"] == "012075999007"
    assert heads["048048999102"] == "048176999101"
    assert heads["051141999202"] == "051072999201"
    assert heads["092095999302"] == heads["092197999301"] == "092066999303"


def test_marriages_have_the_certificates_of_the_examples(shipped: sqlite3.Connection) -> None:
    rows = shipped.execute("SELECT * FROM marriages WHERE husband_id IN ('092094999002', '012099999005') ORDER BY issued_on").fetchall()
    assert [tuple(row)[1:] for row in rows] == [
        ("092094999002", "092196999001", "45", "01/2021", "2021-05-20", "UBND phường Cái Khế"),
        ("012099999005", "012303999006", "12", "01/2022", "2022-03-18", "UBND xã Sin Suối Hồ"),
    ]


def test_the_newborn_of_case_a_has_its_electronic_notification(shipped: sqlite3.Connection) -> None:
    row = shipped.execute("SELECT * FROM birth_notifications WHERE code = '00412.GCS.99901.26'").fetchone()
    assert tuple(row)[1:5] == ("092196999001", "2026-11-02", "nu", "Bệnh viện Phụ sản Ví Dụ")


def test_the_notification_of_case_b_is_on_paper_only(shipped: sqlite3.Connection) -> None:
    assert shipped.execute("SELECT 1 FROM birth_notifications WHERE code = '01875.GCS.99902.26'").fetchone() is None
