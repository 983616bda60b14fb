"""`dvc profile`: "Thông tin cá nhân" of the person who is signed in; it is the command's own result and stands in full."""

from __future__ import annotations

from collections.abc import Callable

from dvc_cli.commands import sessions
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags
from dvc_cli.commands.labels import label
from dvc_cli.contract.values import Profile, Secret
from dvc_cli.data import ethnic_groups, nationalities
from dvc_cli.domain.dates import format_date
from dvc_cli.forms.values import place_name
from dvc_cli.language import ENGLISH, _, language
from dvc_cli.output.result import Result

FIELDS = (
    ("id_number", "Số định danh"),
    ("full_name", "Họ, chữ đệm, tên"),
    ("birth_date", "Ngày sinh"),
    ("gender", "Giới tính"),
    ("ethnicity", "Dân tộc"),
    ("nationality", "Quốc tịch"),
    ("id_issue_date", "Ngày cấp căn cước"),
    ("id_issue_place", "Nơi cấp"),
    ("residence_type", "Loại cư trú"),
    ("province", "Tỉnh, thành phố"),
    ("ward", "Xã, phường"),
    ("address_detail", "Địa chỉ chi tiết"),
    ("phone", "Số điện thoại"),
    ("email", "Email"),
)


def show(_options: CommonFlags, deps: Deps) -> Result:
    """The profile as the backend has it."""
    return _fetch(deps, deps.backend.get_profile)


def sync(_options: CommonFlags, deps: Deps) -> Result:
    """The profile taken anew from the population register."""
    return _fetch(deps, deps.backend.refresh_profile)


def _fetch(deps: Deps, call: Callable[[Secret], Profile]) -> Result:
    with sessions.signed_in(deps) as session:
        profile = call(session.token)
        deps.record("profile_read", session.facts.id_masked)
    labels = _labels(profile, deps)
    document: dict[str, object] = {key: getattr(profile, key) for key, _label in FIELDS}
    document |= {f"{key}_label": text for key, text in labels.items()}
    document["verified"] = [key for key, _label in FIELDS if key in profile.verified]
    return Result(deps.command, data={"profile": document}, text=_text(profile, labels))


def _labels(profile: Profile, deps: Deps) -> dict[str, str]:
    english = language() == ENGLISH
    groups = {choice.code: choice.label_vi for choice in ethnic_groups()}
    countries = {choice.code: choice.label_en if english else choice.label_vi for choice in nationalities()}
    return {
        "gender": label("gender", profile.gender),
        "ethnicity": groups.get(profile.ethnicity, profile.ethnicity),
        "nationality": countries.get(profile.nationality, profile.nationality),
        "residence_type": label("residence_type", profile.residence_type),
        "province": place_name("province", profile.province, deps.today()),
        "ward": place_name("ward", profile.ward, deps.today()),
    }


def _text(profile: Profile, labels: dict[str, str]) -> tuple[tuple[str, str], ...]:
    rows = []
    for key, name in FIELDS:
        value = labels.get(key) or getattr(profile, key)
        shown = "" if value is None else value if isinstance(value, str) else format_date(value)
        mark = " ✓" if key in profile.verified and shown else ""
        rows.append((_(name), (shown or "—") + mark))
    return (*rows, ("✓", _("đã khớp CSDL quốc gia về dân cư")))


COMMANDS = {"profile show": declare(CommonFlags, show), "profile sync": declare(CommonFlags, sync)}
