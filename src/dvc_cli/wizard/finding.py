"""Finding a question by what a person calls it: its key, its number on the sheet, or words of its label. Pure."""

from __future__ import annotations

from dvc_cli.forms import Evaluation
from dvc_cli.text import fold_search
from dvc_cli.wizard.route import changeable

MOST = 10


def find_fields(evaluation: Evaluation, words: str) -> tuple[str, ...]:
    """The live, changeable keys that `words` mean, the likeliest first: the key itself alone, else labels that hold every word.

    Words may be begun only, and typed without diacritics. A label that begins with the words stands before one that holds them later.
    """
    keys = changeable(evaluation)
    wanted = fold_search(words)
    if words.strip() in keys:
        return (words.strip(),)
    if not wanted:
        return ()
    labels = {key: fold_search(str(evaluation.form[key].label)) for key in keys}
    same = tuple(key for key in keys if labels[key] == wanted)
    if len(same) == 1:
        return same
    found = [key for key in keys if _holds(labels[key], wanted.split())]
    return tuple(sorted(found, key=lambda key: not labels[key].startswith(wanted)))


def dead_fields(evaluation: Evaluation, words: str) -> tuple[str, ...]:
    """The keys that the words mean but nobody is asked for now."""
    live = set(changeable(evaluation))
    wanted = fold_search(words).split()
    rest = [key for key in evaluation.form.keys if key not in live]
    return tuple(key for key in rest if key == words.strip() or (wanted and _holds(fold_search(str(evaluation.form[key].label)), wanted)))


def _holds(label: str, wanted: list[str]) -> bool:
    words = label.replace("/", " ").replace("(", " ").split()
    return all(any(word.startswith(part) for word in words) for part in wanted)
