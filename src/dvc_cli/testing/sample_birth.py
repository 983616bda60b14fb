"""A linked birth dossier that is right: worked example B of the sandbox's people, the child born three days before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from dvc_cli.contract.values import Attachment, Submission
from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.dossier import AttachmentFile
from dvc_cli.forms import Context
from dvc_cli.procedures import assess, procedure

MOTHER = "001301999003"

_HOME = {"province": "Thành phố Hà Nội", "ward": "Phường Cửa Nam", "address_detail": "Số 7 ngõ Ví Dụ"}
_NAME = {"surname": "LÊ", "middle_name": "NGỌC", "given_name": "HÀ"}

_ANSWERS: Mapping[str, str] = {
    "birth_kind": "khong_yeu_to_nuoc_ngoai",
    "birth_case": "chua_co_cha",
    "residence_same_area": "true",
    "birth_office_province": _HOME["province"],
    "birth_office_ward": _HOME["ward"],
    "residence_case": "cha_me_khong_chu_so_huu",
    "requester_full_name": "LÊ NGỌC HÀ",
    "requester_id_number": MOTHER,
    "requester_birth_date": "2001-12-21",
    "requester_gender": "nu",
    "requester_id_issue_date": "2025-01-20",
    "requester_id_issue_place": "Bộ Công an",
    **{f"requester_{key}": value for key, value in _HOME.items()},
    "requester_residence_type": "thuong_tru",
    "requester_relation": "me",
    "requester_phone": "0900000002",
    "birth_data_source": "nhap_tay",
    "birth_notification_no": "01875.GCS.99902.26",
    "child_surname": "LÊ",
    "child_middle_name": "MINH",
    "child_given_name": "KHÔI",
    "child_gender": "nam",
    "child_nationality": "Việt Nam",
    "child_ethnicity": "Kinh",
    "hometown_province": "Tỉnh Ninh Bình",
    "birth_place_kind": "co_so_y_te",
    "birth_place_province": _HOME["province"],
    "birth_place_ward": _HOME["ward"],
    "birth_place_detail": "Bệnh viện Ví Dụ Hà Nội",
    "want_copies": "true",
    "copies_count": "2",
    **{f"mother_{key}": value for key, value in (*_HOME.items(), *_NAME.items())},
    "mother_nationality": "Việt Nam",
    "mother_ethnicity": "Kinh",
    "mother_birth_date": "2001-12-21",
    "mother_id_number": MOTHER,
    "mother_residence_type": "thuong_tru",
    "residence_confirm_mode": "giay",
    "householder_full_name": "PHẠM THỊ LAN",
    "householder_id_number": "001170999004",
    "relation_to_householder": "chau_ngoai",
    "residence_address_detail": _HOME["address_detail"],
    "initial_care_facility_code": "99912",
    "card_guardian": "thong_tin_me",
    "residence_result_method": "qua_cong_thong_tin",
    "bhyt_paper": "true",
}
_FILES = ((1, "birth_notification_scan", "giấy chứng sinh.pdf"), (2, "ct01", "tờ khai ct01.pdf"))
_MINDED = "lý do tập huấn"


def sample_birth(now: datetime) -> Submission:
    """The dossier as filed at `now`; every warning that it earns that day has a reason."""
    item = procedure("khai-sinh")
    given = {**_ANSWERS, "child_birth_date": (now - timedelta(days=3)).date().isoformat()}
    files = tuple(_file(slot, paper, name) for slot, paper, name in _FILES)
    facts = tuple(AttachmentFile(one.slot, one.id, one.name, len(one.content), one.kind, one.sha256) for one in files)
    context = Context(on=now.date(), now=now, calendar=working_calendar())
    found = assess(item, given, facts, {}, pledge=True, context=context)
    acknowledge = {each.code: _MINDED for each in found.problems if each.severity == "warning"}
    return Submission(item.command, item.form.version, found.payload, found.facts, files, acknowledge, pledge=True)


def _file(slot: int, paper: str, name: str) -> Attachment:
    content = b"%PDF-1.7\n% " + name.encode() + b"\n%%EOF\n"
    return Attachment(slot, paper, name, "pdf", hashlib.sha256(content).hexdigest(), content)
