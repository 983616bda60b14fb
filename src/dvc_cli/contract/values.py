"""The frozen values that go to a backend and come back. Dates are dates, instants are aware, money is whole đồng."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from dvc_cli.contract.secret import Secret as Secret  # noqa: PLC0414 - exported from here as well
from dvc_cli.domain.dossier import AllowanceLine, AttachmentFile, FeeLine, MemberLine, PaperLine
from dvc_cli.lazy_dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a backend can do; a command that needs more answers BE-NOT-SUPPORTED.

    `registration` holds pairs `subject/method` (codes of enums.csv); `lookups` holds person, birth_notification, death_notice, marriage;
    `logins` holds portal, vneid_password, vneid_qr, vneid_browser; `procedures` the filing commands it takes; `dossier_actions` what can
    be done with a filed dossier: supplement, withdraw.
    """

    registration: frozenset[str]
    logins: frozenset[str]
    lookups: frozenset[str]
    procedures: frozenset[str]
    invented_people: bool
    codes_expire: bool = True
    dossier_actions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Registration:
    """A request to open a portal account; choices are codes of enums.csv."""

    subject: str
    method: str
    id_number: str
    full_name: str
    birth_date: date
    phone: str
    email: str = ""
    social_insurance_number: str = ""


@dataclass(frozen=True, slots=True)
class Challenge:
    """A code that was sent and is waited for. `kind` is register, login or login-vneid; `code_number` counts the messages from 1."""

    id: str
    kind: str
    phone_masked: str
    sent_at: datetime
    expires_at: datetime
    tries_left: int
    code_number: int
    resend_at: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """The right to set the first password of a verified registration; `value` is a secret."""

    value: Secret
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """An account as its owner may see it; `kind` is portal or vneid, `assurance` a code of enums.csv."""

    id_number: str
    full_name: str
    kind: str
    assurance: str


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in session; both tokens are secrets; `refresh_until` is the last instant at which it can be renewed."""

    account: Account
    token: Secret
    refresh_token: Secret
    expires_at: datetime
    refresh_until: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """ "Thông tin cá nhân"; choices and places are codes; `verified` names the fields that the population register confirmed."""

    id_number: str
    full_name: str
    birth_date: date
    gender: str
    ethnicity: str = ""
    nationality: str = ""
    id_issue_date: date | None = None
    id_issue_place: str = ""
    residence_type: str = ""
    province: str = ""
    ward: str = ""
    address_detail: str = ""
    phone: str = ""
    email: str = ""
    hometown_province: str = ""
    hometown_ward: str = ""
    verified: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the population register tells of one person by number; empty where unknown. Same codes as `Profile`.

    `birth_known` is the birth date as far as the papers tell it (1941), empty when it is whole; `assistance_category` is a code of
    enums.csv.
    """

    id_number: str
    full_name: str
    birth_date: date
    gender: str
    ethnicity: str = ""
    nationality: str = ""
    residence_type: str = ""
    province: str = ""
    ward: str = ""
    address_detail: str = ""
    hometown_province: str = ""
    hometown_ward: str = ""
    birth_known: str = ""
    social_insurance_number: str = ""
    assistance_category: str = ""
    householder_full_name: str = ""
    householder_id_number: str = ""


@dataclass(frozen=True, slots=True)
class DeathNotice:
    """An electronic death notice (giấy báo tử) of the insurance database; choices and places are codes, empty where it tells nothing.

    `died_at` is a date with or without hour and minute, as ISO text (2026-10-05T14:35); `type` is a code of death_notice_type.
    """

    id_number: str
    full_name: str
    died_at: str
    number: str
    issued_on: date
    issuer: str
    type: str = "giay_bao_tu"
    birth_date: str = ""
    gender: str = ""
    ethnicity: str = ""
    province: str = ""
    ward: str = ""
    address_detail: str = ""
    death_province: str = ""
    death_ward: str = ""
    death_place_detail: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class BirthNotification:
    """An electronic birth notification (giấy chứng sinh)."""

    code: str
    mother_id_number: str
    birth_date: date
    gender: str
    facility: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a submission; `slot` is the portal's row."""

    slot: int
    id: str
    name: str
    kind: str
    sha256: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Submission:
    """A dossier to file: the payload (field key → canonical value), the tool's own facts, files, accepted warnings and the pledge."""

    procedure: str
    form_version: str
    payload: Mapping[str, object]
    facts: Mapping[str, object]
    attachments: tuple[Attachment, ...]
    acknowledge: Mapping[str, str]
    pledge: bool


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step of a dossier; `member` is a member procedure or None for the whole."""

    at: datetime
    status: str
    member: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfficeRequest:
    """What an office asks for before it goes on: answers to mend (keys of the form), papers to add (ids), in its own words (`note`).

    The answer counts until the end of the day `answer_by`; without one the dossier is refused.
    """

    asked_at: datetime
    answer_by: date
    fields: tuple[str, ...]
    papers: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class FiledAnswers:
    """What the backend holds of a filed dossier and a supplement may mend; of the files the facts only."""

    form_version: str
    payload: Mapping[str, object]
    facts: Mapping[str, object]
    attachments: tuple[AttachmentFile, ...]
    acknowledge: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A filed dossier; `status` is one of the ten national statuses; `request` is what an office waits for now."""

    id: str
    code: str
    procedure: str
    procedure_code: str
    status: str
    filed_at: datetime
    counted_from: date
    due_on: date
    members: tuple[MemberLine, ...]
    fees: tuple[FeeLine, ...]
    papers: tuple[PaperLine, ...]
    title: str = ""
    history: tuple[HistoryEntry, ...] = ()
    request: OfficeRequest | None = None
    allowances: tuple[AllowanceLine, ...] = ()
