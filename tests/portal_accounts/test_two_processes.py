"""Two real processes at one sandbox: one creation, no more tries than one process gets."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from portal_accounts.small_town import Town, open_town

TESTS = Path(__file__).resolve().parent.parent

CREATE = """
import json, sys
from pathlib import Path
from portal_accounts.small_town import MAI, open_town
sys.stdin.readline()
town = open_town(Path(sys.argv[1]))
print(json.dumps([len(town.portal.people()), town.vneid_password(MAI).value, town.begin().id]))
"""

TRY = """
import json, sys
from pathlib import Path
from dvc_cli.contract.values import Secret
from dvc_cli.errors import DvcError
from dvc_cli.portal import logins, registration
from portal_accounts.small_town import PHUC, open_town
town = open_town(Path(sys.argv[1]))
town.portal.people()
sys.stdin.readline()
answers = []
for guess in range({times}):
    try:
        {call}
    except DvcError as error:
        answers.append(error.problems[0].code)
print(json.dumps(answers))
"""
GUESS = TRY.format(times=8, call="registration.verify(town.portal, sys.argv[2], Secret(sys.argv[3]))")
PASSWORDS = TRY.format(times=6, call='logins.begin_portal(town.portal, PHUC, Secret("Sai-Bong7-tim!"))')


def run_together(script: str, *arguments: str, processes: int = 2) -> list[list[object]]:
    """Start the script several times, let all go at once, return what each printed."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(TESTS)!r})\n{script}", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _process in range(processes)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    printed = [process.communicate(timeout=60)[0] for process in started]
    assert [process.returncode for process in started] == [0] * processes
    return [json.loads(text) for text in printed]


def test_several_processes_create_one_sandbox(tmp_path: Path) -> None:
    answers = run_together(CREATE, str(tmp_path / "sandbox"), processes=4)
    assert {answer[0] for answer in answers} == {6}
    assert len({answer[1] for answer in answers}) == 1
    town = open_town(tmp_path / "sandbox")
    assert {message.challenge_id for message in town.portal.messages()} == {answer[2] for answer in answers}
    town.portal.close()


def test_guessing_in_parallel_gives_no_more_tries(town: Town) -> None:
    challenge = town.begin()
    answers = run_together(GUESS, str(town.folder), challenge.id, town.wrong(challenge).value)
    flat = [code for answer in answers for code in answer]
    assert flat.count("TK-OTP-WRONG") == 5
    assert flat.count("TK-OTP-LOCKED") == 11
    assert town.tries_left(challenge) == 0


def test_guessing_passwords_in_parallel_gives_no_more_tries(town: Town) -> None:
    answers = run_together(PASSWORDS, str(town.folder))
    flat = [code for answer in answers for code in answer]
    assert (flat.count("TK-CREDENTIALS"), flat.count("TK-LOCKED")) == (5, 7)
