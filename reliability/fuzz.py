"""The fuzz campaign: strings that nobody would type through every field of every form, and through the gate.

    python -m reliability.fuzz [--count 200000] [--seed 20261125] [--jobs 2]

Each string goes to one field's parser (all fields of all forms in turn) and to the output gate; some go to the gate in all its shapes,
to a whole form as one answer, to the program as argument, answer and card. A fault is an exception that is no refusal, a character that
a terminal obeys or that nobody sees, an exit code that bad input may not have, a traceback. Prints one line a fault, with the number of
the string, and the figures as JSON.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import tempfile
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "tests"), str(HERE.parent)]

from conftest import Dvc  # noqa: E402
from dvc_cli.clock import parse_now  # noqa: E402
from dvc_cli.domain.calendar import working_calendar  # noqa: E402
from dvc_cli.domain.card import CardError, looks_like_card, read_card  # noqa: E402
from dvc_cli.domain.dates import DateError, parse_date  # noqa: E402
from dvc_cli.errors import Problem  # noqa: E402
from dvc_cli.forms import Context, Form, evaluate  # noqa: E402
from dvc_cli.forms.model import Field  # noqa: E402
from dvc_cli.forms.parsing import ValueFault, is_empty, parse_value  # noqa: E402
from dvc_cli.forms.values import display_value  # noqa: E402
from dvc_cli.output.blocks import lay_out  # noqa: E402
from dvc_cli.output.envelope import dump  # noqa: E402
from dvc_cli.output.render import problem_lines  # noqa: E402
from dvc_cli.output.result import Result, Table  # noqa: E402
from dvc_cli.output.streams import World  # noqa: E402
from dvc_cli.procedures import procedure, procedures  # noqa: E402
from dvc_cli.procedures.account import ACCOUNT_FORMS, account_form  # noqa: E402
from dvc_cli.prompts.plain import PlainPrompter  # noqa: E402
from dvc_cli.prompts.prompter import Question  # noqa: E402
from dvc_cli.prompts.wording import answered, compact, spoken  # noqa: E402
from dvc_cli.text import clean, safe, unseen  # noqa: E402

COUNT, SEED = 200_000, 20261125
SHAPES_EVERY, FORM_EVERY, PROGRAM_EVERY = 7, 40, 500
EXIT_CODES = {0, 2, 3, 4, 5}
GOOD = (
    *(
        "Nguyễn Thị Minh Khai",
        "TRẦN",
        "H’Hen Niê",
        "092196999001",
        "0900000001",
        "+84 900 000 001",
        "12/03/1996",
        "1996-03-14",
        "3/1996",
        "1990",
    ),
    *(
        "Thành phố Cần Thơ",
        "phuong cai khe",
        "31117",
        "maiphuong@example.org",
        "có",
        "không",
        "true",
        "1",
        "nu",
        "Kinh",
        "VN",
        "45",
        "01/2021",
    ),
    *(
        "092196999001||Trần Thị Mai Phương|14031996|Nữ|12 đường Ví Dụ|15082024",
        "12 đường Ví Dụ",
        "?",
        "<",
        ":luu",
        "-",
        "",
        "30/02/2026",
        "05/10/2026 14:35",
    ),
)
BAD = (
    *(
        "\x1b[2J",
        "\x1b]0;x\x07",
        "\x1b]8;;https://x\x1b\\",
        "\x1bP+q\x1b\\",
        "\x9b31m",
        "\x9d0;x\x9c",
        "\x00",
        "\x07",
        "\x08",
        "\x7f",
        "\x85",
        "\r\n",
        "\t",
    ),
    *(
        "\u200b",
        "\u200d",
        "\u202e",
        "\u2066",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufe0f",
        "\U000e0101",
        "\U000e0041",
        "\u034f",
        "\u3164",
        "\u115f",
        "\ufff9",
        "\xad",
    ),
    *(
        "\ud800",
        "\udfff",
        "\ud83d",
        "\U0010ffff",
        "\ufffe",
        "\U0001f600",
        "\u0301" * 40,
        "\u0f77",
        "ﷺ",
        "٣",
        "０９",
        "²",
        "½",
        "Ⅻ",
        "9" * 400,
        "ệ" * 300,
        "|" * 30,
    ),
    *(
        "=HYPERLINK(1)",
        "$(id)",
        "../../etc/passwd",
        "%s%n",
        "{0.__class__}",
        "[red]",
        "[link=x]y",
        "'; DROP TABLE",
        "&x *x",
        "1e999",
        "nan",
        "-1",
        "0x10",
        "9999-12-31",
    ),
)


def strings(seed: int, count: int) -> Iterator[str]:
    """`count` strings, the same for the same seed."""
    chance = random.Random(seed)
    for _number in range(count):
        parts = [_part(chance) for _part_number in range(chance.choice((1, 1, 1, 2, 2, 3, 5)))]
        yield _bent("".join(parts), chance)


def _part(chance: random.Random) -> str:
    kind = chance.randrange(6)
    if kind <= 1:
        return chance.choice(GOOD)
    if kind <= 3:
        return chance.choice(BAD)
    if kind == 4:
        return "".join(chr(chance.randrange(chance.choice((0x80, 0x250, 0x3000, 0x11_0000)))) for _letter in range(chance.randrange(1, 12)))
    return "".join(chance.choice("0123456789/-:. ,+|") for _letter in range(chance.randrange(1, 20)))


def _bent(text: str, chance: random.Random) -> str:
    """Now and then a letter is lost, doubled, replaced, or everything is turned round or decomposed."""
    kind, at = chance.randrange(10), chance.randrange(len(text) + 1)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + chance.choice(BAD) + text[at:]
    if kind == 2:
        return text[::-1]
    if kind == 3:
        return unicodedata.normalize("NFD", text)
    if kind == 4:
        return text.upper()
    return text


class Fuzz:
    """One run: the forms, a workstation, counts and faults."""

    def __init__(self, folder: Path) -> None:
        self.forms: list[Form] = [procedure(name).form for name in procedures()] + [account_form(name) for name in ACCOUNT_FORMS]
        self.fields: list[tuple[Form, Field]] = [(form, form[key]) for form in self.forms for key in form.keys]
        now = parse_now("2026-11-09T09:30")
        self.context = Context(now.date(), now, working_calendar())
        self.dvc = Dvc(folder / "home", DVC_TOKEN_STORE="memory")
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []

    def run(self, texts: Iterable[tuple[int, str]]) -> None:
        """All strings, each with its number, through all doors."""
        for number, text in texts:
            form, item = self.fields[number % len(self.fields)]
            self._try(number, f"field {item.key}", lambda item=item, text=text: self.field(item, text))
            self._try(number, "readers", lambda text=text: self.readers(text))
            self._try(number, "gate", lambda text=text: self.gate(text))
            if number % SHAPES_EVERY == 0:
                self._try(number, "shapes", lambda text=text: self.shapes(text))
            if number % FORM_EVERY == 0:
                self._try(number, f"form with {item.key}", lambda form=form, item=item, text=text: self.form(form, item, text))
            if number % PROGRAM_EVERY == 0:
                self._try(number, "program", lambda item=item, text=text: self.program(item, text))

    def field(self, item: Field, text: str) -> None:
        """One answer: a value that reads cleanly, or a fault that does."""
        self.counts["field"] += 1
        if is_empty(item, text):
            return
        try:
            value = parse_value(item, text, self.context)
        except ValueFault as fault:
            self.counts["field refused"] += 1
            clean_line(safe(fault.detail))
            return
        if item.type != "secret":
            clean_line(safe(display_value(item, value)))

    def readers(self, text: str) -> None:
        """The readers beside the forms: cards, days, instants."""
        for read, refusal in ((read_card, CardError), (parse_date, DateError), (parse_now, (ValueError, OverflowError))):
            try:
                read(text)
            except refusal:
                continue
        looks_like_card(text)
        clean_line(clean(text))

    def gate(self, text: str) -> None:
        """A line for a terminal, a problem, a document."""
        self.counts["gate"] += 1
        clean_line(safe(text))
        item = Problem(text, "error", text, text, text, text)
        for line in problem_lines(item, verbose=True):
            clean_line(line)
        document = dump(Result("x", data={text: text, "deep": [{"a": text}]}, problems=(item,), next=(text,)), indent=False)
        clean_page(document)
        json.loads(document)
        document.encode("utf-8")

    def shapes(self, text: str) -> None:
        """Every other way out: lines, pairs, tables, remarks, questions."""
        self.counts["gate in every shape"] += 1
        err = io.StringIO()
        blocks = (text, (text, text), Table((text, "x"), ((text, text),)))
        clean_page(lay_out(blocks, 80, linear=False) + lay_out(blocks, 40, linear=True))
        World(io.StringIO(), io.StringIO(), err).remark(text)
        question = Question("x", text, text, 1, 2, text, text, text, text, remark=text, optional=True)
        for line in (*compact(question), *spoken(question), answered(question, text)):
            clean_line(line)
        PlainPrompter(io.BytesIO(), err).tell(text)
        clean_page(err.getvalue())

    def form(self, form: Form, item: Field, text: str) -> None:
        """The string as one answer of a whole form."""
        self.counts["form"] += 1
        for each in evaluate(form, {item.key: text}, self.context).problems:
            clean_page("\n".join(problem_lines(each)) + "\n")

    def program(self, item: Field, text: str) -> None:
        """The whole program: an answer, arguments, a card, typed at a prompt."""
        answers = {item.key: text, "child_given_name": text, "deceased_given_name": text}
        runs = [
            self.dvc("khai-sinh", "--check", answers=answers),
            self.dvc("card", typed=text.encode("utf-8", "surrogatepass")),
            self.dvc.plain("khai-sinh", "--check", "--plain", typed=text.encode("utf-8", "surrogatepass")),
        ]
        if "\0" not in text:  # no argument of a process can hold it
            runs += [
                self.dvc.plain(*words, "--no-input", "--", text)
                for words in (["places"], ["explain"], ["ho-so", "show"], ["drafts", "show"])
            ]
            runs += [self.dvc("deadline", f"--from={text}", "--days=1"), self.dvc.plain("whoami", f"--backend={text}", "--no-input")]
        for outcome in runs:
            self.counts["program"] += 1
            assert outcome.exit_code in EXIT_CODES, f"exit {outcome.exit_code}"
            assert "Traceback" not in outcome.out + outcome.err
            clean_page(outcome.out)
            clean_page(outcome.err)

    def _try(self, number: int, where: str, door: Callable[[], None]) -> None:
        try:
            door()
        except Exception as error:  # noqa: BLE001 - whatever comes is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            self.faults.append(where)
            print(
                f"string {number}, {where}: {type(error).__name__} {str(error)[:200]!r} at {last.filename}:{last.lineno}",
                file=sys.stderr,
                flush=True,
            )


def clean_line(line: str) -> None:
    """Nothing in it that a terminal obeys or that nobody sees, line ends included."""
    assert not unseen(line), f"not clean: {sorted(unseen(line))}"


def clean_page(page: str) -> None:
    """The same for several lines."""
    assert unseen(page) <= {"\n"}, f"not clean: {sorted(unseen(page))}"


def share(seed: int, count: int, jobs: int, job: int) -> tuple[Counter[str], int]:
    """The figures of every `jobs`-th string, from number `job` on."""
    with tempfile.TemporaryDirectory(prefix="dvc-fuzz-") as folder:
        fuzz = Fuzz(Path(folder))
        fuzz.run((number, text) for number, text in enumerate(strings(seed, count)) if number % jobs == job)
    return fuzz.counts, len(fuzz.faults)


def main() -> int:
    """Run the campaign; 1 when there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    faults = 0
    with ProcessPoolExecutor(options.jobs) as pool:
        shares = [pool.submit(share, options.seed, options.count, options.jobs, job) for job in range(options.jobs)]
        for each in shares:
            counted, found = each.result()
            counts, faults = counts + counted, faults + found
    print(json.dumps({"seed": options.seed, "strings": options.count, **counts, "faults": faults}, indent=2))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
