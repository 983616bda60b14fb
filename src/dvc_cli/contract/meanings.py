"""What members of the contract's values mean, for whoever reads the OpenAPI document: known codes and where they stand, shapes."""

from __future__ import annotations

from collections.abc import Mapping

from dvc_cli.data.choices import choices

_TABLES: Mapping[str, tuple[str, ...]] = {
    "account_kind": ("Account.kind",),
    "assistance_category": ("PersonFacts.assistance_category",),
    "assurance": ("Account.assurance",),
    "death_notice_type": ("DeathNotice.type",),
    "dossier_status": ("Dossier.status", "MemberLine.status", "HistoryEntry.status"),
    "fee": ("FeeLine.id",),
    "gender": ("Profile.gender", "PersonFacts.gender", "BirthNotification.gender", "DeathNotice.gender", "InventedPerson.gender"),
    "member_procedure": ("MemberLine.procedure", "HistoryEntry.member"),
    "method": ("Registration.method",),
    "paper": ("PaperLine.id", "Attachment.id", "AttachmentFile.id", "OfficeRequest.papers"),
    "paper_state": ("PaperLine.state",),
    "residence_type": ("Profile.residence_type", "PersonFacts.residence_type"),
    "severity": ("Problem.severity",),
    "subject": ("Registration.subject",),
}
"""Field of `data/enums.csv` → the members that hold its codes."""

_FILES = ("pdf", "jpeg", "png")
_COMMANDS = ("khai-sinh", "khai-tu")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "AllowanceLine.confidence": ("A", "B", "C", "D"),
    "Attachment.kind": _FILES,
    "AttachmentFile.kind": _FILES,
    "Capabilities.dossier_actions": ("supplement", "withdraw"),
    "Capabilities.logins": ("portal", "vneid_password", "vneid_qr", "vneid_browser"),
    "Capabilities.lookups": ("person", "birth_notification", "death_notice", "marriage"),
    "Capabilities.procedures": _COMMANDS,
    "Challenge.kind": ("register", "login", "login-vneid"),
    "Dossier.procedure": _COMMANDS,
    "Submission.procedure": _COMMANDS,
}
"""Members whose words are the contract's own."""

_CLOSED = frozenset(
    {
        "Account.assurance",
        "Account.kind",
        "AllowanceLine.confidence",
        "BirthNotification.gender",
        "Challenge.kind",
        "InventedPerson.gender",
        "PaperLine.state",
        "PersonFacts.gender",
        "Problem.severity",
        "Profile.gender",
    }
)
"""Members with no other codes than these: programs that read what `dvc` answers rely on it (`docs/answer.schema.json`)."""

_ETHNIC = "two digits of the list of 1979 (`data/ethnic_groups.csv`): 01 is Kinh"
_COUNTRY = "ISO 3166-1, two letters: VN"
_PROVINCE = "code of the province since 01/07/2025 (`dvc places`): 92 is Cần Thơ"
_WARD = "code of the commune since 01/07/2025 (`dvc places`): 31120 is Phường Cái Khế"
_BY_NAME: Mapping[str, str] = {
    "ethnicity": _ETHNIC,
    "nationality": _COUNTRY,
    **dict.fromkeys(("province", "hometown_province", "death_province"), _PROVINCE),
    **dict.fromkeys(("ward", "hometown_ward", "death_ward"), _WARD),
}
_CODED = frozenset({"Profile", "PersonFacts", "DeathNotice"})

_NOTES: Mapping[str, str] = {
    "Account.full_name": "in capitals, composed (NFC), as the register has it",
    "Attachment.sha256": "of a file that was put before, 64 lower-case hexadecimal digits",
    "Attachment.slot": "the row of the portal's list of papers, from 1",
    "Capabilities.codes_expire": "whether a code ends by itself after a while",
    "Capabilities.invented_people": "true for a test or training system alone: numbers that begin with 000 are sent to no other",
    "Capabilities.registration": "pairs of codes such as cong_dan/thue_bao_di_dong; none: nobody can register here",
    "Challenge.phone_masked": "with * or • for the digits that are not shown",
    "Challenge.resend_at": "from when on another code may be asked for",
    "Dossier.code": "as a dossier is called in the whole country: G22.99.08-261109-000001 (linked) or H92-261109-0001 (of a province)",
    "Dossier.counted_from": "the working day from which the time limit runs",
    "Dossier.due_on": "the last day of the whole dossier",
    "Dossier.fees": "an empty list: there are none to pay",
    "Dossier.history": "from the oldest step to the newest; at least the filing",
    "Dossier.id": "of the server's own; dvc shows the code",
    "Dossier.members": "at least one, in the order in which they are shown",
    "Dossier.papers": "an empty list: there are none to bring",
    "Dossier.procedure_code": "of the national list of procedures",
    "Dossier.request": "null unless an office waits for the citizen's answer",
    "Dossier.title": "the name of the child or of the deceased; the rows of a list are known by it",
    "MemberLine.agency": "the office's name, as it is shown",
    "Problem.code": "of `data/problem_codes.csv` (`dvc explain --list`), or the server's own, which is shown with its text",
    "Problem.field": "the form's key, for what one answer is to blame for",
    "Submission.acknowledge": "code of a warning, or CODE:field → the reason that was given",
    "Submission.facts": "what the look-ups told while the form was filled in, and what follows from it. "
    "Nothing has to be done with it but to give it back with the answers",
    "Submission.form_version": "the version of the form that the answers belong to (`dvc template`)",
    "Submission.payload": "the answers, canonical, of the questions that were asked: keys and values of `dvc schema khai-sinh`, `khai-tu`; "
    "`--check --json` shows one",
    "Submission.pledge": "the citizen's; without it the dossier is refused (A-PLEDGE)",
}

_KNOWN: Mapping[str, str] = {member: field for field, members in _TABLES.items() for member in members}


def meaning(kind: str, member: str) -> dict[str, object]:
    """What to add to the schema of a member of the value class `kind`; empty where its name says it.

    `x-codes` are the known codes: a newer server may answer others, which are shown as they are. `enum` are all that there are.
    """
    name = f"{kind}.{member}"
    listed = "enum" if name in _CLOSED else "x-codes"
    if name in _KNOWN:
        field = _KNOWN[name]
        return {"description": f"code of `{field}` in data/enums.csv", listed: [each.code for each in choices(field)]}
    if name in _WORDS:
        return {listed: list(_WORDS[name])}
    note = _NOTES.get(name) or (_BY_NAME.get(member) if kind in _CODED else None)
    return {"description": note} if note else {}


def explained() -> frozenset[str]:
    """Every member that is explained by its class, as Class.member."""
    return frozenset({*_KNOWN, *_WORDS, *_NOTES})
