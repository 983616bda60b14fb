"""Filing a dossier of any procedure: check it, ask what is missing, review, send it once, keep the receipt.

The command's name is the procedure's. Exit codes come in the published order: usage and unknown keys, session, missing answers,
refusal, backend.
"""

from __future__ import annotations

from dvc_cli.commands.check_dossier import check_dossier
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_answers import collect
from dvc_cli.commands.flags import FilingFlags
from dvc_cli.errors import RefusedError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.output.result import Result
from dvc_cli.procedures import procedure


def file_dossier(options: FilingFlags, deps: Deps) -> Result:
    """File, or with `--check` say what filing would meet, or with `--checklist` what to bring."""
    if options.check and options.checklist:
        raise UsageError(problem("A-USAGE", detail=_("Chỉ dùng một trong --check và --checklist.")))
    item = procedure(deps.command, on=deps.today())
    if not item.in_force(deps.today()):
        raise RefusedError(problem("DK-FORM-VERSION", detail=f"({item.form.version})"))
    if options.checklist:
        from dvc_cli.commands.checklist import show_checklist

        return show_checklist(item, options, deps)
    answers = collect(item, options, deps)
    if options.check:
        return check_dossier(item, answers, deps)
    from dvc_cli.commands.filing import file_now  # a check loads neither desk nor backend

    return file_now(options, item, answers, deps)
