"""A town of six invented people, a clock that tests can move, and the shortest ways through the portal."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from dvc_cli.clock import parse_now
from dvc_cli.contract.values import Account, Challenge, Registration, Secret, Session
from dvc_cli.errors import DvcError
from dvc_cli.portal import challenges, logins, registration
from dvc_cli.portal.portal import Portal

START = parse_now("2026-11-09T09:30")
PASSWORD = Secret("Gac-Bong7-tim!")

MAI = "000196000011"  # VNeID 2, own phone, insured
HUNG = "000090000012"  # VNeID 2 with a phone of its own; the phone in use is Mai's second one
SUA = "000303000013"  # no VNeID, own phone
LINH = "000301000014"  # VNeID 1
PHUC = "000088000015"  # has a portal account with its first password
BIEN = "000070000016"  # no phone at all
NOBODY = "000199999999"

MAI_PHONE, HUNG_PHONE, HUNG_VNEID, SUA_PHONE, PHUC_PHONE = "0901000011", "0901000012", "0901000092", "0901000013", "0901000015"

_COLUMNS = (
    "id_number, full_name, birth_date, gender, ethnicity, nationality, id_issue_date, id_issue_place, province, ward,"
    " phone, phone_owner, email, vneid_level, vneid_phone, social_insurance_number"
)
_CAN_THO, _HA_NOI, _LAI_CHAU = ("92", "31135"), ("01", "00004"), ("12", "03676")
_CARD, _NO_CARD = ("2022-05-04", "Bộ Công an"), ("", "")
_PEOPLE = (
    (
        MAI,
        "NGUYỄN THỊ MAI HOÀ",
        "1996-03-14",
        "nu",
        "01",
        "VN",
        *_CARD,
        *_CAN_THO,
        MAI_PHONE,
        MAI,
        "mai@example.vn",
        2,
        MAI_PHONE,
        "9600000011",
    ),
    (HUNG, "TRẦN HÙNG", "1990-01-31", "nam", "01", "VN", *_NO_CARD, *_CAN_THO, HUNG_PHONE, MAI, "", 2, HUNG_VNEID, "9600000012"),
    (SUA, "LÝ THỊ SÙA", "2003-05-05", "nu", "05", "VN", *_NO_CARD, *_LAI_CHAU, SUA_PHONE, SUA, "", 0, "", "9600000013"),
    (LINH, "PHẠM NGỌC LINH", "2001-12-21", "nu", "01", "VN", *_NO_CARD, *_HA_NOI, "0901000014", LINH, "", 1, "0901000014", ""),
    (PHUC, "ĐỖ VĂN PHÚC", "1988-08-08", "nam", "01", "VN", *_NO_CARD, *_HA_NOI, PHUC_PHONE, PHUC, "", 2, PHUC_PHONE, ""),
    (BIEN, "HỒ BIỂN", "1970-07-07", "nam", "01", "VN", *_NO_CARD, *_HA_NOI, "", "", "", 0, "", "9600000016"),
)


def settle_town(connection: sqlite3.Connection, seed: str) -> None:
    marks = ", ".join("?" * len(_PEOPLE[0]))
    connection.executemany(f"INSERT INTO people ({_COLUMNS}) VALUES ({marks})", _PEOPLE)
    connection.execute(
        "INSERT INTO accounts (id_number, kind, phone, assurance, created_at) VALUES (?, 'portal', ?, 'm2', '2022-01-01T08:00:00+07:00')",
        (PHUC, PHUC_PHONE),
    )
    connection.execute(
        "INSERT INTO birth_notifications VALUES ('00412.GCS.99901.26', ?, '2026-11-02', 'nu', 'Bệnh viện X', '2026-11-02T10:00:00+07:00')",
        (MAI,),
    )


@dataclass
class MovableClock:
    """Stands still until a test moves it."""

    instant: datetime = START

    def now(self) -> datetime:
        return self.instant

    def pass_by(self, **duration: float) -> None:
        self.instant += timedelta(**duration)


@dataclass
class Town:
    """A portal with its clock, and the usual steps."""

    folder: Path
    clock: MovableClock
    portal: Portal

    def registration(self, **changes: object) -> Registration:
        facts: dict[str, object] = {
            "subject": "cong_dan",
            "method": "thue_bao_di_dong",
            "id_number": MAI,
            "full_name": "Nguyễn Thị Mai Hòa",
            "birth_date": date(1996, 3, 14),
            "phone": MAI_PHONE,
            "email": "mai.hoa@example.vn",
        }
        return Registration(**(facts | changes))

    def begin(self, **changes: object) -> Challenge:
        return registration.begin(self.portal, self.registration(**changes))

    def code(self, challenge: Challenge) -> Secret:
        return Secret(self.portal.newest_code(challenge_id=challenge.id).code)

    def wrong(self, challenge: Challenge) -> Secret:
        right = self.code(challenge).value
        return Secret(f"{(int(right) + 1) % 1_000_000:06d}")

    def verify(self, challenge: Challenge, code: Secret | None = None) -> Secret:
        return registration.verify(self.portal, challenge.id, code or self.code(challenge)).value

    def open_account(self, **changes: object) -> Account:
        return registration.set_password(self.portal, self.verify(self.begin(**changes)), PASSWORD)

    def vneid_password(self, id_number: str) -> Secret:
        return Secret(self.portal.people(id_number)[0].vneid_password)

    def begin_vneid(self, id_number: str = MAI) -> Challenge:
        return logins.begin_vneid(self.portal, id_number, self.vneid_password(id_number), share_data=True)

    def sign_in_vneid(self, id_number: str = MAI) -> Session:
        challenge = self.begin_vneid(id_number)
        return logins.verify(self.portal, challenge.id, self.code(challenge))

    def sign_in(self, id_number: str = MAI, password: Secret = PASSWORD) -> Session:
        challenge = logins.begin_portal(self.portal, id_number, password)
        return logins.verify(self.portal, challenge.id, self.code(challenge))

    def tries_left(self, challenge: Challenge) -> int:
        return challenges.get(self.portal, challenge.id).tries_left


def open_town(folder: Path) -> Town:
    clock = MovableClock()
    return Town(folder, clock, Portal(folder, clock, populate=settle_town))


def codes(error: DvcError) -> list[str]:
    return [item.code for item in error.problems]
