"""The dossier commands of the table."""

from __future__ import annotations

from dvc_cli.commands.table import FILING_FLAGS, Command

COMMANDS = (
    Command(
        "khai-sinh",
        "Khai và nộp hồ sơ liên thông khai sinh",
        "Fill in and file the linked birth dossier",
        "khai_sinh",
        "dossier",
        flags=FILING_FLAGS,
        interactive="dvc khai-sinh",
        scripted="dvc template khai-sinh | dvc khai-sinh --check --answers - --no-input --json",
    ),
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
    Command("ho-so", "Hồ sơ đã nộp", "Filed dossiers", "", "dossier", "dossiers", default="ho-so list"),
    Command(
        "ho-so list",
        "Liệt kê hồ sơ đã nộp",
        "List the filed dossiers",
        "ho_so",
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
)
