"""`dvc schema` and `dvc template`: what an answers file of a procedure looks like."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, argument
from dvc_cli.errors import UsageError, problem
from dvc_cli.forms import json_schema, sample_answers
from dvc_cli.language import _, language
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result
from dvc_cli.procedures import Procedure, procedure, procedures
from dvc_cli.text import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureOptions(CommonFlags):
    """`name` is the command of a procedure."""

    name: Annotated[str, argument(metavar="THỦ_TỤC", help="Lệnh nộp hồ sơ, ví dụ khai-sinh")]


def schema(options: ProcedureOptions, deps: Deps) -> Result:
    """The JSON Schema of the answers."""
    import json

    document = json_schema(_find(options.name, deps).form, language())
    return Result(deps.command, data={"schema": document}, plain=json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def template(options: ProcedureOptions, deps: Deps) -> Result:
    """An answers file with every key, nothing answered."""
    text = sample_answers(_find(options.name, deps).form, language())
    return Result(deps.command, data={"template": text}, plain=text if text.endswith("\n") else text + "\n")


def _find(name: str, deps: Deps) -> Procedure:
    if name in procedures():
        return procedure(name, on=deps.today())
    near = nearest(name, procedures()) or ", ".join(procedures())
    raise UsageError(problem("A-USAGE", detail=_("Không có thủ tục này."), hint=near))


COMMANDS = {"schema": declare(ProcedureOptions, schema), "template": declare(ProcedureOptions, template)}
