"""A tiny counter: walks the toy form and reviews it in this terminal, each answer on disk at once: driver.py DRAFT [plain]."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path

from dvc_cli.domain.calendar import Deadline
from dvc_cli.forms import evaluate
from dvc_cli.procedures import Assessment
from dvc_cli.prompts.choosing import choose_prompter
from dvc_cli.prompts.prompter import Leave
from dvc_cli.wizard import Interview, Keeping, from_form, review
from wizard.toy import FORM, context


def main():
    draft, *plain = sys.argv[1:]
    file = Path(draft)
    answers = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}

    def save(key, value):
        answers[key] = value
        file.write_text(json.dumps(answers), encoding="utf-8")

    def assess(given, acknowledge, pledge):
        evaluation = evaluate(FORM, given, context())
        deadline = Deadline(counted_from=date(2026, 11, 23), due_on=date(2026, 12, 1), estimated=False, chain=())
        return Assessment(evaluation, evaluation.problems, (), evaluation.missing, (), (), (), (), deadline, "2.000986")

    asking = choose_prompter(sys.stdin, sys.stderr, os.environ, plain=bool(plain))
    interview = Interview(FORM, dict(answers), asking, context, save, from_form)
    keeping = Keeping(lambda code, reason: None, lambda yes: None, lambda slot, paper, path: None)
    try:
        interview.ask_missing()
        print(review(interview, assess, keeping).decision)
    except KeyboardInterrupt:
        return 130
    except Leave:
        print("left")
    return 0


if __name__ == "__main__":
    sys.exit(main())
