"""`dvc sandbox people add|import|generate`: more invented people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from dvc_cli.commands.answers import read_answers
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import AskingFlags, CommonFlags, argument, option
from dvc_cli.commands.sandbox_portal import opened, people_result
from dvc_cli.errors import Problem, UsageError, problem
from dvc_cli.forms import Answer
from dvc_cli.forms.answers import RawValue
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.output.result import Result
from dvc_cli.portal.population import generate as generate_people
from dvc_cli.portal.population_entry import add_person, import_people

DEFAULT_COUNT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOptions(CommonFlags):
    """One person as answers: `id_number`, `full_name`, `birth_date`, `gender` and what else is known."""

    answers: Annotated[str, option("--answers", metavar="TỆP", help="Tệp một người; - là đầu vào chuẩn")] = ""
    set_: Annotated[list[str], option("--set", metavar="KHÓA=GIÁ_TRỊ", help="Một giá trị; dùng được nhiều lần")] = field(
        default_factory=list
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions(CommonFlags):
    """`file` holds a list `people`."""

    file: Annotated[str, argument(metavar="TỆP", help="Tệp .json, .yaml, .toml có bảng people; - là đầu vào chuẩn")]


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerateOptions(CommonFlags):
    """`count` people in families over all provinces."""

    count: Annotated[int, option("--count", metavar="SỐ", help="Bao nhiêu người (mặc định 20)")] = DEFAULT_COUNT


def add(options: AddOptions, deps: Deps) -> Result:
    """Add one person and show them."""
    raw = read_answers(AskingFlags(answers=options.answers, set_=options.set_), deps).raw
    with opened(deps) as portal:
        with portal.write() as connection:
            added = add_person(connection, _person(raw), portal.now())
        return people_result(deps, portal.people(added.id_number))


def import_(options: ImportOptions, deps: Deps) -> Result:
    """Add all people of a file, or none of them."""
    raw = read_answers(AskingFlags(answers=options.file), deps).raw
    listed = raw.get("people")
    if not isinstance(listed, list) or set(raw) != {"people"}:
        raise UsageError(problem("A-USAGE", detail=_("Tệp cần một danh sách people.")))
    people = [_person(row) if isinstance(row, dict) else {} for row in listed]
    with opened(deps) as portal, portal.write() as connection:
        count = import_people(connection, people, portal.now())
    return _counted(deps, count)


def generate(options: GenerateOptions, deps: Deps) -> Result:
    """Generate families until there are so many more people."""
    with opened(deps) as portal, portal.write() as connection:
        count = generate_people(connection, options.count, portal.vault.seed)
    return _counted(deps, count)


def _counted(deps: Deps, count: int) -> Result:
    return Result(deps.command, data={"added": count}, text=(_("Đã thêm {count} người.").format(count=count),))


def _person(raw: Mapping[str, RawValue]) -> dict[str, Answer]:
    """The person's answers as texts. UsageError A-USAGE for anything else."""
    wrong: list[Problem] = [problem("A-USAGE", key) for key, value in raw.items() if not isinstance(value, str)]
    if wrong:
        raise UsageError(*wrong)
    return {key: value for key, value in raw.items() if isinstance(value, str)}


COMMANDS = {
    "sandbox people add": declare(AddOptions, add),
    "sandbox people import": declare(ImportOptions, import_),
    "sandbox people generate": declare(GenerateOptions, generate),
}
