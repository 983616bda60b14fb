"""A small form and what a conversation over it needs; invented people only."""

from __future__ import annotations

from datetime import date, datetime

from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.forms import Context, load_form
from dvc_cli.prompts.scripted import ScriptedPrompter

CARD = "001199999105||NGUYỄN THỊ NGỌC MẪU|02031999|Nữ|Phường Mẫu, Hà Nội|01072021"
CARD_OF_A_MAN = "001099999106||TRẦN VĂN MẪU|02031999|Nam|Phường Mẫu, Hà Nội|01072021"

_BOTH = ["du_cha_me", "chua_co_cha"]


def _label(vi: str) -> dict[str, str]:
    return {"vi": vi, "en": vi}


def _field(section: str, key: str, kind: str, label: str, **more: object) -> dict[str, object]:
    return {"section": section, "key": key, "type": kind, "label": _label(label), **more}


def _mother(part: str, kind: str, label: str, rule: str = "", key: str = "requester_full_name", **more: object) -> dict[str, object]:
    suggest = {"suggest": {"rule": rule, "inputs": [key], "when": {"requester_relation": ["me"]}}} if rule else {}
    return _field("mother", f"mother_{part}", kind, label, person="mother", part=part, **more, **suggest)


FORM = load_form(
    {
        "name": "toy",
        "command": "toy",
        "title": _label("Tờ khai thử"),
        "version": "1",
        "sections": [
            {"id": "start", "title": _label("Trường hợp")},
            {"id": "mother", "title": _label("Người mẹ"), "gender": "nu", "when": {"birth_case": _BOTH}},
            {"id": "copies", "title": _label("Bản sao")},
        ],
        "fields": [
            _field("start", "birth_case", "choice", "Trường hợp", choices="birth_case", required=True),
            _field("start", "requester_relation", "choice", "Quan hệ", choices="requester_relation", required=True),
            _field("start", "requester_full_name", "name", "Người yêu cầu", from_session=True, required=True),
            _field("start", "requester_id_number", "personal_number", "Số định danh người yêu cầu", from_session=True, required=True),
            _mother("surname", "name", "Họ mẹ", "surname", required=True, max_length=20),
            _mother("middle_name", "name", "Chữ đệm mẹ", "middle_name"),
            _mother("given_name", "name", "Tên mẹ", "given_name", required=True),
            _mother("birth_date", "partial_date", "Ngày sinh mẹ", required=True),
            _mother("id_number", "personal_number", "Số định danh mẹ", "copy", "requester_id_number", required=True),
            _field("mother", "mother_nationality", "nationality", "Quốc tịch mẹ", preset="VN", required=True),
            _field("mother", "mother_province", "province", "Tỉnh, thành phố", required=True),
            _field("mother", "mother_ward", "ward", "Phường, xã", province_key="mother_province", required=True),
            _field(
                "copies",
                "want_copies",
                "boolean",
                "Cấp bản sao",
                required=True,
                must_answer=True,
                help=_label("Bản sao trích lục."),
                law="Luật Hộ tịch 2014",
            ),
            _field("copies", "copies_count", "integer", "Số lượng", when={"want_copies": True}, required=True, minimum=1),
            _field("copies", "note", "text", "Ghi chú"),
        ],
    }
)

SESSION = {"requester_full_name": "Nguyễn Thị Ngọc Mẫu", "requester_id_number": "001199999105"}
MOTHER = {
    "mother_surname": "Nguyễn",
    "mother_middle_name": "Thị Ngọc",
    "mother_given_name": "Mẫu",
    "mother_birth_date": "1999-03-02",
    "mother_id_number": "001199999105",
    "mother_province": "92",
    "mother_ward": "31120",
}
START = {"birth_case": "du_cha_me", "requester_relation": "nguoi_giam_ho"}
COMPLETE = {**START, **MOTHER, "want_copies": "false", "note": ""}


def context(session: dict[str, str] | None = None) -> Context:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=VN_TZ)
    return Context(on=date(2026, 11, 23), now=now, calendar=working_calendar(), session_values=SESSION if session is None else session)


class Notebook:
    """Remembers in order what was saved and what was asked, so that a test can read one against the other."""

    def __init__(self, answers: dict[str, object]) -> None:
        self.log: list[tuple[str, str]] = []
        self.saved: dict[str, object] = {}
        self.prompter = _Watched(self.log, answers)

    def save(self, key: str, value: object) -> None:
        self.log.append(("saved", key))
        self.saved[key] = value


class _Watched(ScriptedPrompter):
    def __init__(self, log: list[tuple[str, str]], answers) -> None:
        super().__init__(answers)
        self._log = log

    def _typed(self, question):
        self._log.append(("asked", question.key))
        return super()._typed(question)
