"""Papers by case, files of a row, fees, members: the tables of the birth procedure."""

import pytest

from khai_sinh.birth import codes, judge, pdf

HOME = {"birth_place_kind": "tai_nha"}
OTHER_HOMES = ("ve_voi_nguoi_than", "co_so_ton_giao", "co_so_tro_giup", "phuong_tien")
OWN_HOMES = ("cha_me_chu_so_huu", "cha_me_khong_chu_so_huu", "ve_voi_giam_ho")
FOUNDLING = {"birth_case": "bo_roi", "requester_relation": "nguoi_giam_ho"}


def papers(case, changes=None, **more):
    return {line.id: (line.required, line.state) for line in judge(case, changes, **{"files": (), **more}).papers}


NEEDED, OPTIONAL = (True, "needed"), (False, "optional")

BY_CASE = [
    ("facility, electronic notification", "a", {}, {}, {"birth_notification": (True, "from_data")}),
    ("look-up found nothing", "a", {}, {"notification": "missing"}, {"birth_notification_scan": NEEDED}),
    ("look-up found it", "a", {}, {"notification": "found"}, {"birth_notification": (True, "from_data")}),
    ("facility, typed", "b", {"residence_confirm_mode": None}, {}, {"birth_notification_scan": NEEDED}),
    ("home, witness", "b", {**HOME, "residence_confirm_mode": None}, {}, {"witness_statement": NEEDED}),
    (
        "home, no witness", "b", {**HOME, "residence_confirm_mode": None, "has_birth_witness": "false"}, {},
        {"birth_commitment": NEEDED},
    ),
    ("on the way", "b", {"birth_place_kind": "tren_duong", "residence_confirm_mode": None}, {}, {"witness_statement": NEEDED}),
    (
        "foundling", "a", {**FOUNDLING, "birth_place_kind": "khac", "requester_relation_other": "người nuôi"}, {},
        {"abandonment_record": NEEDED},
    ),
    ("surrogacy", "a", {"surrogacy": "true"}, {}, {"birth_notification": (True, "from_data"), "surrogacy_confirmation": NEEDED}),
    (
        "foreign element", "a", {"birth_kind": "nuoc_ngoai_xa_bien_gioi"}, {},
        {"birth_notification": (True, "from_data"), "foreign_papers": NEEDED},
    ),
    (
        "marriage not found", "a", {}, {"marriage": "missing"},
        {"birth_notification": (True, "from_data"), "marriage_certificate": OPTIONAL},
    ),
    ("father not found", "a", {}, {"father": "missing"}, {"birth_notification": (True, "from_data"), "parent_id_scan": OPTIONAL}),
    (
        "guardian, not said who", "a", {"requester_relation": "nguoi_giam_ho"}, {},
        {"birth_notification": (True, "from_data"), "authorisation": OPTIONAL},
    ),
    (
        "poor household", "a", {"poor_household_cert_no": "HN-1", "poor_household_cert_date": "2026-01-10"}, {},
        {"birth_notification": (True, "from_data"), "poor_household_cert": OPTIONAL},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("case", "changes", "known", "expected"), [row[1:] for row in BY_CASE], ids=[row[0] for row in BY_CASE])
def test_papers_by_case(case, changes, known, expected):
    assert papers(case, changes, known=known) == expected


@pytest.mark.parametrize("home", OTHER_HOMES)
def test_ct01_is_required_for_another_home_on_paper(home):
    assert papers("b", {"residence_case": home})["ct01"] == NEEDED


@pytest.mark.parametrize("home", OWN_HOMES)
def test_ct01_is_optional_for_the_home_of_parents_or_guardian(home):
    assert papers("b", {"residence_case": home})["ct01"] == OPTIONAL


@pytest.mark.parametrize("home", OTHER_HOMES + OWN_HOMES)
def test_no_ct01_where_people_confirm_in_vneid(home):
    assert "ct01" not in papers("a", {"residence_case": home})


def test_each_missing_paper_is_named_once():
    result = judge("b", HOME, files=())
    missing = [item for item in result.problems if item.code == "A-PAPER-MISSING"]
    assert [item.field for item in missing] == ["attachments"]
    assert "witness_statement" in missing[0].message
    assert not result.complete


def test_a_paper_nobody_asked_for_is_kept_and_shown():
    line = next(line for line in judge("a", files=(pdf(1, "parent_id_scan"),)).papers if line.id == "parent_id_scan")
    assert (line.required, line.state, line.slot) == (False, "attached", 1)


@pytest.mark.parametrize("paper", ["death_notice_scan", "giay_chung_sinh", ""])
def test_an_unknown_paper_is_refused(paper):
    result = judge("a", files=(pdf(1, paper),))
    assert [(item.code, item.field) for item in result.blocking] == [("A-CHOICE", "attachments")]


def test_the_notification_never_goes_to_the_second_row():
    assert "A-INVALID" in codes(judge("b", files=(pdf(2, "birth_notification_scan"),)))
    assert "A-INVALID" not in codes(judge("b", files=(pdf(1, "birth_notification_scan"),)))


@pytest.mark.parametrize(
    ("kind", "size", "fires"), [(None, 10, True), ("pdf", 0, True), ("pdf", 1, False), ("jpeg", 1, False), ("png", 1, False)]
)
def test_files_are_pdf_jpeg_or_png_by_content(kind, size, fires):
    result = judge("b", files=(pdf(1, "birth_notification_scan", kind=kind, size=size),))
    assert ("A-PAPER-TYPE" in codes(result)) is fires
    assert "A-PAPER-MISSING" not in codes(result)


def row_of(*sizes, slot=1):
    return tuple(pdf(slot, "birth_notification_scan", f"trang {n}.pdf", size) for n, size in enumerate(sizes))


@pytest.mark.parametrize(
    ("sizes", "too_big", "large"),
    [
        ((2_600_001,), True, True),
        ((1_300_000, 1_300_001), True, True),
        ((1_300_000, 1_300_000), False, True),
        ((2_000_001,), False, True),
        ((1_000_000, 1_000_000), False, False),
    ],
)
def test_the_files_of_a_row_are_counted_together(sizes, too_big, large):
    found = codes(judge("b", files=row_of(*sizes)))
    assert ("A-PAPER-SIZE" in found, "A-PAPER-LARGE" in found) == (too_big, large)


def test_two_rows_are_counted_apart():
    files = (pdf(1, "birth_notification_scan", size=2_000_000), pdf(2, "ct01", size=2_000_000))
    assert not {"A-PAPER-SIZE", "A-PAPER-LARGE"} & codes(judge("b", files=files))


def test_a_second_file_of_one_name_is_renamed_with_a_hint():
    scans = tuple(pdf(1, "birth_notification_scan", name) for name in ("image.pdf", "IMAGE.pdf", "image 2.pdf"))
    result = judge("b", files=(*scans, pdf(2, "ct01", "image.pdf")))
    assert "A-PAPER-NAME" in codes(result, "hint")
    assert [(file.slot, file.name) for file in result.attachments] == [
        (1, "image.pdf"), (1, "IMAGE 3.pdf"), (1, "image 2.pdf"), (2, "image.pdf"),
    ]  # fmt: skip
    assert result.complete


def test_one_name_in_two_rows_is_fine():
    files = (pdf(1, "birth_notification_scan", "image.pdf"), pdf(2, "ct01", "image.pdf"))
    assert "A-PAPER-NAME" not in codes(judge("b", files=files))


def fees(case, changes=None, **more):
    return {line.id: line for line in judge(case, changes, **more).fees}


def test_a_late_fee_is_the_province_s_to_set():
    late = fees("c", {"poor_household_cert_no": None, "poor_household_cert_date": None})["late"]
    assert (late.amount, late.note) == (None, "theo nghị quyết HĐND cấp tỉnh")


def test_a_poor_household_pays_nothing_even_when_late():
    assert {line.amount for line in fees("c", {"want_copies": "true", "copies_count": "3"}).values()} == {0}


def test_there_is_no_late_fee_in_time():
    assert "late" not in fees("c", at="2026-09-14T09:00")
    assert "late" in fees("c", at="2026-09-15T09:00")


@pytest.mark.parametrize(
    ("changes", "amount"), [({"copies_count": "1"}, 8_000), ({"copies_count": "10"}, 80_000), ({"want_copies": "false"}, 0)]
)
def test_copies_cost_8000_each(changes, amount):
    assert fees("a", changes)["copies"].amount == amount


def test_the_identity_card_is_a_member_and_a_fee_only_when_wanted():
    without = judge("a", {"want_identity_card": "false"})
    assert without.procedure_code == "2.000986"
    assert "can_cuoc" not in {line.procedure for line in without.members}
    assert "identity_card" not in {line.id for line in without.fees}


def test_the_card_office_of_the_province_is_named_by_the_province():
    line = next(line for line in judge("a", {"identity_card_level": "cap_tinh"}).members if line.procedure == "can_cuoc")
    assert line.agency == "Công an thành phố Cần Thơ"
