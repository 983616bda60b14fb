"""Finding procedures: every folder beside this file that has a `dossier.toml` is one, and needs no other mention anywhere.

<folder>/form.toml      the questions (`dvc_cli.forms`); its `command` is the folder's name with hyphens
<folder>/form_2027-03-01.toml  the form that takes its place for filings from that day on, its `effective_from`; any number of them
<folder>/dossier.toml   procedure code, members, due days, fees, allowances, look-ups, reminders, likeness
<folder>/papers.toml    the papers; may be absent
<folder>/command.txt    what the command does, one line in Vietnamese and one in English
<folder>/checklist.toml the deciding questions of `--checklist`; may be absent
<folder>/rules          a module or package with `RULES`, the rules across fields; may be absent
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

from dvc_cli.data import choices
from dvc_cli.domain.names import join_name
from dvc_cli.forms import Form, Rule, load_form
from dvc_cli.forms.conditions import Condition
from dvc_cli.lazy_dataclasses import dataclass, replace
from dvc_cli.procedures.allowances import Allowance, load_allowances
from dvc_cli.procedures.checklist import Checklist, load_checklist
from dvc_cli.procedures.likeness import Likeness, load_likeness
from dvc_cli.procedures.lookups import Lookup, load_lookups
from dvc_cli.procedures.papers import PaperRules, load_papers
from dvc_cli.procedures.plan import Plan, load_plan
from dvc_cli.procedures.tables import KNOWN_PREFIX, ProcedureError
from dvc_cli.toml_tables import read_toml

SHIPPED = "dvc_cli.procedures"
FORM, DATED_FORMS = "form.toml", "form_*.toml"
_NAME_PARTS = ("surname", "middle_name", "given_name")


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure with one version of its form: command, form, rules across fields, papers, the plan of the dossier that it becomes,
    its checklist.

    `lookups` are the registers that it asks, `allowances` what may be paid after it, `likeness` when two dossiers are for one person.
    """

    command: str
    form: Form
    rules: tuple[Rule, ...]
    papers: PaperRules
    plan: Plan
    checklist: Checklist
    lookups: tuple[Lookup, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    likeness: tuple[Likeness, ...] = ()

    def on(self, day: date) -> Procedure:
        """The same with the papers, members, fees and codes that hold for a filing on that day."""
        return replace(self, papers=self.papers.on(day), plan=self.plan.on(day))

    def in_force(self, day: date) -> bool:
        """Whether the form has not ended before that day; a day before its first is that of a rehearsal."""
        return self.form.effective_to is None or day <= self.form.effective_to


def procedures(package: str = SHIPPED) -> tuple[str, ...]:
    """The commands of all procedures in a package, in alphabetical order; reads no form."""
    return tuple(sorted(_folders(package)))


def procedure(command: str, package: str = SHIPPED, on: date | None = None) -> Procedure:
    """The procedure of a command with the form for filings on the day `on`; without a day the undated form.

    Raises KeyError when there is none, FormError or ProcedureError when its folder is not in order.
    """
    dated = [name for name in _form_files(command, package)[1:] if on is not None and _day_of(name) <= on]
    return _load(command, package, dated[-1] if dated else FORM)


def procedure_of_version(command: str, version: str, package: str = SHIPPED) -> Procedure | None:
    """The procedure with the form of that version, whatever the day; None when it is not shipped (any more)."""
    if command not in procedures(package):
        return None
    found = (_load(command, package, name) for name in reversed(_form_files(command, package)))
    return next((item for item in found if item.form.version == version), None)


def versions(command: str, package: str = SHIPPED) -> tuple[Procedure, ...]:
    """The procedure with each version of its form, the undated one first, then by day."""
    return tuple(_load(command, package, name) for name in _form_files(command, package))


@cache
def _form_files(command: str, package: str) -> tuple[str, ...]:
    """The names of the form files: the undated one, then the dated ones by day."""
    dated = sorted(path.name for path in _folders(package)[command].glob(DATED_FORMS))
    for name in dated:
        _day_of(name)
    return (FORM, *dated)


def _day_of(name: str) -> date:
    try:
        return date.fromisoformat(name.removeprefix("form_").removesuffix(".toml"))
    except ValueError:
        msg = f"{name}: the name of a dated form ends in its first day, as form_2027-03-01.toml"
        raise ProcedureError(msg) from None


@cache
def _load(command: str, package: str, file: str) -> Procedure:
    folder = _folders(package)[command]
    form = load_form(_read(folder, file))
    if form.command != command:
        msg = f"{folder.name}: the form names the command `{form.command}`, the folder `{command}`"
        raise ProcedureError(msg)
    if file != FORM and form.effective_from != _day_of(file):
        msg = f"{file}: the form begins on {form.effective_from}, its name says otherwise"
        raise ProcedureError(msg)
    papers = load_papers(_read(folder, "papers.toml")) if (folder / "papers.toml").is_file() else PaperRules()
    ruled = (folder / "rules").is_dir() or (folder / "rules.py").is_file()
    rules = _rules(f"{package}.{folder.name}") if ruled else ()
    checklist = load_checklist(_read(folder, "checklist.toml")) if (folder / "checklist.toml").is_file() else Checklist()
    dossier = _read(folder, "dossier.toml")
    found = load_lookups(dossier), load_allowances(dossier), load_likeness(dossier)
    return Procedure(command, form, rules, papers, load_plan(dossier), checklist, *found)


def subject_name(form: Form, text: Callable[[str], str]) -> str:
    """The name of the person whom a dossier is about: the first set of name parts in the form, read by `text`; "" when it has none."""
    for key in form.keys:
        prefix, found, _rest = key.rpartition("given_name")
        if found:
            return join_name(*(text(f"{prefix}{part}") for part in _NAME_PARTS))
    return ""


def lint_procedure(item: Procedure) -> tuple[str, ...]:
    """What is wrong between the tables of one procedure: conditions on keys that no form has, ids that the lists do not know."""
    own = {question.key for question in item.checklist.own}
    known = [*item.form.keys, *own]
    found = [f"{where}: no field `{key}`" for where, key in _keys(item) if key not in known and not key.startswith(KNOWN_PREFIX)]
    found += [f"checklist: `{key}` is a field too" for key in own if key in item.form]
    for field, ids in (
        ("paper", [paper.id for paper in item.papers.papers]),
        ("member_procedure", [member.procedure for member in item.plan.members]),
        ("fee", [fee.id for fee in item.plan.fees]),
    ):
        codes = {choice.code for choice in choices(field)}
        found += [f"{field}: unknown id `{name}`" for name in ids if name not in codes]
    return tuple(found)


def _keys(item: Procedure) -> list[tuple[str, str]]:
    plan = item.plan
    conditions: list[tuple[str, Condition]] = [("codes", code.when) for code in plan.codes]
    conditions += [("due", due.when) for due in plan.due]
    conditions += [(member.procedure, member.when) for member in plan.members]
    conditions += [(reminder.text.en, reminder.when) for reminder in plan.reminders]
    conditions += [(lookup.fact, lookup.when) for lookup in item.lookups]
    conditions += [(allowance.id, allowance.when) for allowance in item.allowances]
    for fee in plan.fees:
        conditions += [(fee.id, fee.when), (fee.id, fee.zero_when)]
    for paper in item.papers.papers:
        conditions += [(paper.id, paper.when), (paper.id, paper.required), (paper.id, paper.from_data)]
    conditions += [("originals", original.when) for original in item.checklist.originals]
    conditions += [(question.key, question.when) for question in item.checklist.own]
    named = [(where, test.key) for where, condition in conditions for part in condition.parts() for test in part.tests]
    named += [(member.procedure, member.agency) for member in plan.members]
    named += [("checklist", key) for key in (*item.checklist.questions, *item.checklist.assumed())]
    named += [(question.key, key) for question in item.checklist.own for option in question.options for key in option.answers]
    named += [(lookup.fact, key) for lookup in item.lookups for key in lookup.inputs]
    named += [(allowance.id, allowance.on) for allowance in item.allowances]
    named += [("same_person", key) for rule in item.likeness for key in rule.keys]
    return named + [(fee.id, fee.each) for fee in plan.fees if fee.each]


@cache
def _folders(package: str) -> dict[str, Path]:
    roots = (Path(root) for root in import_module(package).__path__)
    return {plan.parent.name.replace("_", "-"): plan.parent for root in roots for plan in root.glob("*/dossier.toml")}


def _read(folder: Path, name: str) -> dict[str, object]:
    return read_toml(folder / name)


def _rules(package: str) -> tuple[Rule, ...]:
    rules: tuple[Rule, ...] = import_module(f"{package}.rules").RULES
    return rules
