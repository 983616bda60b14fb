"""A backend whose every text is poisoned: nothing of it reaches a screen, a pipe or a document, and the work goes on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from acceptance import hostile_backend
from acceptance.conversation import Conversation, Plain, Redrawn
from acceptance.counter import CASES, PHUONG, Counter
from acceptance.hostile_backend import FALSE_LINE, POISON, Frozen
from conftest import Outcome, environ_of
from dvc_cli.text import unseen
from reliability.kill import ATTACHED, asked, went_on

PROGRAM = hostile_backend.__file__
TESTS = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # the backend's own; a process of its own prints it
# What the drawn screens themselves may send: moving, erasing, colours, modes; never a title, a link, the clipboard or a character set.
OWN_SEQUENCES = re.compile(r"\x1b\[[0-9;?]*[A-HJKSThlmn]|\x1b[78=>]")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    site = tmp_path_factory.mktemp("hostile") / "site"
    hostile_backend.register(site)
    patch = pytest.MonkeyPatch()
    patch.syspath_prepend(str(site))
    yield site
    patch.undo()


@pytest.fixture
def counter(home: Path, site: Path) -> Counter:
    """PHƯƠNG is signed in through the hostile backend."""
    counter = Counter(home)
    counter.where, counter.wire = ("--backend", "hostile"), Frozen
    vneid = str(counter.person(PHUONG)["vneid_password"])
    assert clean(counter.vneid(password=vneid)).status == "pending"
    assert clean(counter.otp()).exit_code == 0
    return counter


def clean(outcome: Outcome) -> Outcome:
    """Nothing unseen in what was written, beyond line ends; no line that the backend made up."""
    for written in (outcome.out, outcome.err):
        assert unseen(written) <= {"\n"}, written
        assert "CHIẾM" not in written
        assert not any(line.startswith(("DÒNG GIẢ", "rm ")) for line in written.splitlines())
    return outcome


def test_documents_hold_what_was_said_without_the_poison(counter: Counter) -> None:
    assert clean(counter("whoami")).data["account"]["full_name_masked"] == "T*** T*** M*** P***"
    assert clean(counter("profile", "show")).data["profile"]["full_name"] == "TRẦN THỊ MAI PHƯƠNG"
    filed = clean(counter.file())
    assert filed.exit_code == 0, filed.document
    code = filed.data["dossier"]["code"]
    assert re.fullmatch(r"G22\.99\.08-261109-[0-9]{6}", code)
    assert [each["code"] for each in clean(counter("ho-so", "list")).data["dossiers"]] == [code]
    assert clean(counter("ho-so", "show", code)).data["dossier"]["title"] == "NGUYỄN TRẦN AN NHIÊN"
    for words in (["backend", "list"], ["backend", "show", "hostile"], ["drafts", "list"], ["consent", "show"]):
        assert clean(counter(*words)).exit_code == 0
    assert clean(counter("logout")).exit_code == 0


@pytest.mark.parametrize("flags", [(), ("--plain",), ("--verbose",), ("--lang", "en")], ids=str)
def test_text_for_people_is_as_clean(counter: Counter, flags: tuple[str, ...]) -> None:
    filed = clean(counter.file())
    for words in (
        ["whoami"],
        ["profile", "show"],
        ["ho-so", "list"],
        ["ho-so", "show", filed.data["dossier"]["code"]],
        ["backend", "list"],
        ["backend", "show"],
    ):
        shown = clean(counter.plain(*words, "--no-input", *flags))
        assert (shown.exit_code, bool(shown.out)) == (0, True)


@pytest.mark.parametrize(
    "words", [["--json", "--no-input"], ["--no-input"], ["--no-input", "--verbose"], ["--plain", "--no-input"]], ids=str
)
def test_a_refusal_with_a_code_of_its_own_is_a_refusal(counter: Counter, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile_backend, "SWITCHES", frozenset({"get_profile"}))
    refused = clean(counter.plain("profile", "show", *words))
    assert refused.exit_code == 4
    if "--json" in words:
        (item,) = refused.document["problems"]
        assert (item["code"], item["severity"], item["field"]) == ("BE-REFUSED", "error", "email")
        assert (item["message"], item["hint"]) == (FALSE_LINE.replace("\n", " "),) * 2
        assert refused.document["next"] == ["dvc rm -rf"]


@pytest.mark.parametrize("words", [["--json"], [], ["--plain"]], ids=str)
def test_a_false_line_stays_in_its_place_and_a_huge_one_is_cut(counter: Counter, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile_backend, "SWITCHES", frozenset({"names"}))
    shown = clean(counter.plain("profile", "show", "--no-input", *words))
    assert "Đã nộp hồ sơ. DÒNG GIẢ" in shown.out
    assert len(shown.out) < 10_000


def test_a_hostile_answers_file_is_refused_without_repeating_its_poison(counter: Counter) -> None:
    answers = {POISON + "khoa": POISON, "child_given_name": f"{POISON}NHIÊN", "acknowledge": {POISON: POISON}, "attachments": POISON}
    for words in (["--json"], ["--plain"], []):
        answered = clean(counter.plain("khai-sinh", "--check", "--no-input", "--answers", "-", *words, typed=yaml.safe_dump(answers)))
        assert answered.exit_code == 2


@pytest.mark.parametrize("kind", [Redrawn, Plain], ids=["drawn", "plain"])
def test_the_wizard_reviews_and_files_with_a_hostile_backend(
    counter: Counter, site: Path, tmp_path: Path, kind: type[Conversation]
) -> None:
    """At a terminal, with its tables drawn: only our own sequences, no title, no character that is not seen."""
    environ = environ_of(counter.home) | {"PYTHONPATH": os.pathsep.join((str(site), str(TESTS)))}
    answers = yaml.load((CASES / "birth_a.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    del answers["pledge"], answers["child"]["child_given_name"]
    file = tmp_path / "rest.yaml"
    file.write_text(yaml.safe_dump(answers, allow_unicode=True), encoding="utf-8")
    here = type("Here", (kind,), {"program": (PROGRAM,)})

    screen = here(["khai-sinh", "--answers", str(file), *counter.where], environ)
    while asked(screen):
        label, attached = screen.label(), screen.told.count(ATTACHED)
        screen.send(("NHIÊN" if label.startswith("Tên người") else "c" if label.endswith("?") else "") + "\r")
        if not went_on(screen, label, attached):
            break
    assert screen.wait_exit() == 0, screen.text
    seen = [screen]
    for words in (["profile", "show"], ["ho-so", "list"], ["backend", "list"]):
        seen.append(here([*words, *counter.where], environ))
        assert seen[-1].wait_exit() == 0
    for each in seen:
        rest = OWN_SEQUENCES.sub("", each.transcript.decode("utf-8"))
        assert unseen(rest) <= {"\n", "\r", "\x08"}
        assert (each.screen.title, each.screen.icon_name) == ("", "")
