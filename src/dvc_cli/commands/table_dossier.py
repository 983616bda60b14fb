"""The dossier commands of the table."""

from __future__ import annotations

import os

from dvc_cli.commands.table import ASKING_FLAGS, FILING_FLAGS, Command

_PROCEDURES = os.path.join(os.path.dirname(os.path.dirname(__file__)), "procedures")  # noqa: PTH118, PTH120 - pathlib takes its time


def _filing_commands() -> list[Command]:
    """One command per procedure: each folder with a `command.txt`, whose two lines say in Vietnamese and English what it does."""
    found = []
    for folder in sorted(os.listdir(_PROCEDURES)):  # noqa: PTH208 - as above
        try:
            with open(f"{_PROCEDURES}/{folder}/command.txt", encoding="utf-8") as file:  # noqa: PTH123 - as above
                vi, en = file.read().splitlines()
        except OSError:  # no procedure
            continue
        name = folder.replace("_", "-")
        check = f"dvc template {name} | dvc {name} --check --answers - --no-input --json"
        found.append(Command(name, vi, en, "dossier_commands", "dossier", flags=FILING_FLAGS, interactive=f"dvc {name}", scripted=check))
    return found


COMMANDS = (
    *_filing_commands(),
    Command("drafts", "Bản nháp còn dở", "Drafts", "", "dossier", "ban-nhap", default="drafts list"),
    Command(
        "drafts list",
        "Liệt kê bản nháp",
        "List the drafts",
        "drafts",
        interactive="dvc drafts list",
        scripted="dvc drafts list --json",
    ),
    Command(
        "drafts show",
        "Xem một bản nháp",
        "Show one draft",
        "drafts",
        arguments="MÃ",
        interactive="dvc drafts show kn-7f3k2m",
        scripted="dvc drafts show kn-7f3k2m --json",
        exits=2,
    ),
    Command(
        "drafts delete",
        "Xóa một bản nháp và tệp kèm theo",
        "Delete a draft and its files",
        "drafts",
        arguments="MÃ",
        flags="--yes",
        interactive="dvc drafts delete kn-7f3k2m",
        scripted="dvc drafts delete kn-7f3k2m --yes --json",
        exits=2,
    ),
    Command("outbox", "Hồ sơ chờ gửi", "Dossiers that wait to be sent", "", "dossier", "hop-gui", default="outbox list"),
    Command(
        "outbox list",
        "Liệt kê hồ sơ chờ gửi, lý do và lần gửi lại",
        "List what waits to be sent, why, and the next try",
        "outbox",
        interactive="dvc outbox list",
        scripted="dvc outbox list --json",
    ),
    Command(
        "outbox show",
        "Xem một hồ sơ chờ gửi",
        "Show one waiting dossier",
        "outbox",
        arguments="MÃ",
        interactive="dvc outbox show kn-7f3k2m",
        scripted="dvc outbox show kn-7f3k2m --json",
        exits=2,
    ),
    Command(
        "outbox send",
        "Gửi lại hồ sơ đang chờ",
        "Try to send again",
        "outbox",
        arguments="[MÃ]",
        flags="--all",
        interactive="dvc outbox send",
        scripted="dvc outbox send --all --json",
    ),
    Command(
        "today",
        "Hôm nay: quá hẹn, đến hẹn, chờ công dân, chờ cơ quan, chưa gửi",
        "Today: overdue, due, waiting for citizen or office, unsent",
        "today",
        "dossier",
        "hom-nay",
        flags="--limit=",
        interactive="dvc today",
        scripted="dvc today --json",
    ),
    Command(
        "done",
        "Công dân ra về: đăng xuất, xóa dữ liệu của họ, xóa màn hình",
        "The citizen leaves: sign out, wipe what is theirs, clear the screen",
        "done",
        "dossier",
        "xong",
        flags="--all --yes",
        interactive="dvc done",
        scripted="dvc done --yes --no-input --json",
    ),
    Command("ho-so", "Hồ sơ đã nộp", "Filed dossiers", "", "dossier", "dossiers", default="ho-so list"),
    Command(
        "ho-so list",
        "Liệt kê hồ sơ đã nộp, của người đăng nhập hoặc từ máy này",
        "List filed dossiers, the signed-in person's or this workstation's",
        "ho_so",
        flags="--here --search= --limit=",
        interactive="dvc ho-so list",
        scripted="dvc ho-so list --json",
        exits=3,
    ),
    Command(
        "ho-so show",
        "Xem một hồ sơ",
        "Show one dossier",
        "ho_so",
        arguments="MÃ",
        interactive="dvc ho-so show G22.99.08-261109-000001",
        scripted="dvc ho-so show G22.99.08-261109-000001 --json",
        exits=3,
    ),
    Command(
        "ho-so supplement",
        "Bổ sung hồ sơ theo yêu cầu của cơ quan",
        "Answer what an office asks for",
        "ho_so_supplement",
        arguments="MÃ",
        flags=ASKING_FLAGS,
        interactive="dvc ho-so supplement G22.99.08-261109-000001",
        scripted="dvc ho-so supplement G22.99.08-261109-000001 --set child_given_name=NHI --set pledge=true --json",
        exits=3,
    ),
    Command(
        "ho-so withdraw",
        "Rút hồ sơ chưa có kết quả",
        "Withdraw a dossier that has no result yet",
        "ho_so_withdraw",
        arguments="MÃ",
        flags="--yes",
        interactive="dvc ho-so withdraw G22.99.08-261109-000001",
        scripted="dvc ho-so withdraw G22.99.08-261109-000001 --yes --json",
        exits=3,
    ),
)
