"""A procedure is a folder: putting one there is all it takes."""

import ast
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from textwrap import dedent

import pytest

import dvc_cli.procedures
from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.forms import Context
from dvc_cli.procedures import ProcedureError, assess, lint_procedure, procedure, procedures

FORM = """
    name = "thu_nho"
    command = "thu-nho"
    title = { vi = "Thử nhỏ", en = "A small one" }
    version = "1"
    source = "invented"

    [[sections]]
    id = "all"
    title = { vi = "Tất cả", en = "All" }

    [[fields]]
    section = "all"
    key = "animal"
    type = "text"
    label = { vi = "Con vật", en = "Animal" }
    required = true

    [[fields]]
    section = "all"
    key = "copies_count"
    type = "integer"
    label = { vi = "Số bản", en = "Copies" }
    minimum = 1
"""
DOSSIER = """
    [[codes]]
    code = "9.000001"

    [[due]]
    limit = "thuong_tru"

    [[members]]
    procedure = "thuong_tru"
    agency = "animal"
    due = "thuong_tru"

    [[fees]]
    id = "copies"
    rate = "copies"
    each = "copies_count"
    law = "invented"
"""
RULES = """
    from dvc_cli.forms import Finding, rule

    @rule("KS-W7")
    def no_dragons(case):
        if case.text("animal") == "rồng":
            yield Finding("KS-W7", "animal")

    RULES = (no_dragons,)
"""


def put(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name.replace("_toml", ".toml").replace("_py", ".py")).write_text(dedent(text), encoding="utf-8")


@pytest.fixture
def package(tmp_path, monkeypatch):
    name = f"toys_{tmp_path.name.replace('-', '_')}"
    put(tmp_path / name, __init___py="")
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path / name


def judge(item, **given):
    now = datetime(2026, 11, 9, 9, 30, tzinfo=VN_TZ)
    return assess(item, given, (), {}, pledge=True, context=Context(on=now.date(), now=now, calendar=working_calendar()))


def test_shipped_procedures_are_found_by_their_folders():
    assert "khai-sinh" in procedures()
    assert "account" not in procedures()


def test_a_toy_folder_works_without_any_other_change(package):
    put(package / "thu_nho", form_toml=FORM, dossier_toml=DOSSIER, rules_py=RULES)
    assert procedures(package.name) == ("thu-nho",)
    toy = procedure("thu-nho", package.name)
    assert lint_procedure(toy) == ()
    result = judge(toy, animal="rồng", copies_count="2")
    assert [item.code for item in result.problems] == ["KS-W7"]
    assert result.procedure_code == "9.000001"
    assert [(line.id, line.amount) for line in result.fees] == [("copies", 16_000)]
    assert [(line.agency, str(line.due_on)) for line in result.members] == [("rồng", "2026-11-11")]
    assert result.papers == ()
    assert result.complete
    assert judge(toy).missing == ("animal",)


def test_rules_and_papers_may_be_absent(package):
    put(package / "thu_nho", form_toml=FORM, dossier_toml=DOSSIER)
    toy = procedure("thu-nho", package.name)
    assert (toy.rules, toy.papers.papers) == ((), ())


def test_an_unknown_command_is_a_key_error():
    with pytest.raises(KeyError):
        procedure("khai-sanh")


def test_the_folder_names_the_command(package):
    put(package / "khac_ten", form_toml=FORM, dossier_toml=DOSSIER)
    with pytest.raises(ProcedureError, match="thu-nho"):
        procedure("khac-ten", package.name)


@pytest.mark.parametrize(
    ("dossier", "reason"),
    [
        (DOSSIER + "\n    [[members]]\n    procedure = 'bhyt'\n    agency = 'animal'\n    due_on = 'bhyt'\n", "due_on"),
        (DOSSIER.replace('code = "9.000001"', 'code = "9.000001"\n    when = { animal = ["*"] }'), "codes"),
        (DOSSIER.replace('limit = "thuong_tru"', "limit = 3"), "limit"),
        (DOSSIER.replace('each = "copies_count"', 'each = "copies_count"\n    when = {}'), "when"),
        ("members = 1\n" + dedent(DOSSIER).replace("[[members]]", "[[codes]]", 1), "procedure|members"),
    ],
)
def test_a_misspelt_table_is_refused_by_name(package, dossier, reason):
    put(package / "thu_nho", form_toml=FORM, dossier_toml=dossier)
    with pytest.raises(ProcedureError, match=reason):
        procedure("thu-nho", package.name)


def test_the_linter_names_unknown_keys_and_ids(package):
    dossier = DOSSIER.replace('agency = "animal"', 'agency = "office"').replace('id = "copies"', 'id = "gift"')
    put(package / "thu_nho", form_toml=FORM, dossier_toml=dossier)
    assert lint_procedure(procedure("thu-nho", package.name)) == ("thuong_tru: no field `office`", "fee: unknown id `gift`")


NAMED = {key for name in procedures() for key in procedure(name).form.keys}
PEOPLE = {item.person for name in procedures() for item in procedure(name).form.fields} - {""}


def literals(file: Path) -> set[str]:
    """The texts that the code of a module uses, docstrings aside."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    remarks = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and isinstance(node.body[0], ast.Expr)}
    return {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in remarks
    }


@pytest.mark.parametrize("room", ["procedures", "forms", "wizard"])
def test_nothing_generic_names_a_procedure_or_a_thing_of_one(room):
    for file in (Path(dvc_cli.procedures.__file__).parent.parent / room).glob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"khai[-_]sinh|khai[-_]tu", text), file.name
        assert not literals(file) & (NAMED | PEOPLE), file.name
        assert not [each for each in literals(file) if re.match("K[ST]-", each)], file.name


def test_the_folders_of_the_procedures_share_no_rule():
    bodies: dict[str, str] = {}
    for name in procedures():
        for file in (Path(dvc_cli.procedures.__file__).parent / name.replace("-", "_")).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    body = [part for part in node.body if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))]
                    code = re.sub(r"K[ST]-[A-Z0-9]+", "CODE", "\n".join(map(ast.unparse, body)))
                    assert bodies.setdefault(code, name) == name, f"{file.name}: {node.name}"


def test_listing_the_procedures_reads_no_form():
    code = "import dvc_cli.procedures as p, sys; p.procedures(); sys.exit('dvc_cli.procedures.khai_sinh.rules' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
