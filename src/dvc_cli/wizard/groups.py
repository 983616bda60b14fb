"""A group asked as a small table: add a row, edit one by its number, delete one, done. Kept after every answer of every row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from dvc_cli.forms import Answer, Context, Evaluation, Field, ValueFault, display_row, given_rows, judge_row, row_form, rows_text
from dvc_cli.forms.groups import MOST_ROWS, Row
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, replace
from dvc_cli.prompts.prompter import GoBack, Prompter, Question, Scanned, WantHelp
from dvc_cli.wizard import scanning
from dvc_cli.wizard.asking import ask_field
from dvc_cli.wizard.cards import block_person, compare
from dvc_cli.wizard.questions import help_text, question_for
from dvc_cli.wizard.route import changeable, fault_of
from dvc_cli.wizard.suggestions import no_suggestion

Keep = Callable[[str], None]
"""Makes the answer so far durable."""

ADD, DELETE = "+", "x"

_CHOICE = re.compile(r"(?P<what>\+|[xX-] ?)?(?P<number>[0-9]{1,2})?", re.ASCII)


def ask_rows(prompter: Prompter, item: Field, question: Question, answer: Answer, context: Context, keep: Keep) -> str:
    """Ask for the rows of a group until the person is done; the text of the answer, "" for no row. Signals at the table pass through."""
    return _Table(prompter, item, question, context, keep, _readable(answer)).ask()


def table_text(item: Field, rows: list[Row], context: Context) -> str:
    """The rows, numbered from 1, with what is wrong in them."""
    if not rows:
        return _("Chưa có dòng nào.")
    lines = []
    for number, row in enumerate(rows, 1):
        found = judge_row(item, row, context)
        wrong = [f"{found.form[each.field].label}: {each.message}" for each in found.problems if each.field and each.severity == "error"]
        shown = display_row(found.form, found.values, context.lang, context.on)
        lines.append(f"{number}. {shown}" + (f" [{' '.join(wrong)}]" if wrong else ""))
    return "\n".join(lines)


def _readable(answer: Answer) -> list[Row]:
    try:
        return list(given_rows(answer if isinstance(answer, str) else ""))
    except ValueFault:
        return []


@dataclass(slots=True)
class _Table:
    prompter: Prompter
    item: Field
    question: Question
    context: Context
    keep: Keep
    rows: list[Row]

    def ask(self) -> str:
        """The menu below the table, again after every change."""
        while True:
            self.prompter.tell(table_text(self.item, self.rows, self.context))
            typed = self.prompter.text(self._menu(), self._fault).strip()
            if not typed:
                return rows_text(self.rows) if self.rows else ""
            self._do(typed)

    def _menu(self) -> Question:
        bare = replace(self.question, suggestion="", suggestion_label="", origin="", optional=True)
        more = _("; số để sửa, x và số để xóa") if self.rows else ""
        return replace(bare, enter=_("Enter để xong; + để thêm dòng") + more)

    def _fault(self, typed: str) -> str | None:
        found = _CHOICE.fullmatch(typed.strip())
        if found is None or (found["what"] == ADD) == bool(found["number"]):
            return _("Gõ + để thêm dòng, số của dòng để sửa, x và số để xóa, hoặc chỉ bấm Enter.")
        if found["number"] and not 1 <= int(found["number"]) <= len(self.rows):
            return _("Không có dòng số {number}.").format(number=found["number"])
        if not found["number"] and len(self.rows) >= MOST_ROWS:
            return _("Tối đa {limit} dòng.").format(limit=MOST_ROWS)
        return None

    def _do(self, typed: str) -> None:
        if typed == ADD:
            self.rows.append({})
            self._fill(len(self.rows) - 1)
        elif typed[0] in "xX-":
            del self.rows[int(typed[1:]) - 1]
            self._keep()
        else:
            self._fill(int(typed) - 1)

    def _fill(self, at: int) -> None:
        """Ask the parts of one row; going back from the first part leaves the row, an empty one is taken away."""
        place = 0
        while place < len(keys := changeable(judge_row(self.item, self.rows[at], self.context))):
            try:
                self._ask_part(at, keys[place])
                place += 1
            except GoBack:
                if place == 0:
                    break
                place -= 1
        if not self.rows[at]:
            del self.rows[at]
            self._keep()

    def _ask_part(self, at: int, key: str) -> None:
        remark = ""
        while True:
            found = judge_row(self.item, self.rows[at], self.context)
            question = self._part_question(found, at, key, remark)
            try:
                answer = ask_field(self.prompter, found, question, lambda given: self._refused(at, key, given))
            except WantHelp:
                self.prompter.tell(help_text(found.form[key]))
                continue
            except Scanned as scanned:
                self._take_card(at, key, scanned.text)
                continue
            remark = (self._refused(at, key, answer) if answer else None) or ""
            if not remark:
                self._put(at, {key: answer if isinstance(answer, str) else ", ".join(answer)})
                return

    def _part_question(self, found: Evaluation, at: int, key: str, remark: str) -> Question:
        question = question_for(found, key, self.rows[at], no_suggestion, remark)
        return replace(
            question,
            section=_("{group}, dòng {number}").format(group=self.item.label, number=at + 1),
            section_total=0,
            walks=False,
            accepts_number=False,
        )

    def _refused(self, at: int, key: str, given: Answer) -> str | None:
        text = given if isinstance(given, str) else ", ".join(given)
        wrong = fault_of(judge_row(self.item, {**self.rows[at], key: text}, self.context), key)
        return f"{wrong.message} {wrong.hint}".strip() if wrong else None

    def _take_card(self, at: int, key: str, scanned: str) -> None:
        card = scanning.read_scan(self.prompter, scanned)
        if card is not None:
            found = judge_row(self.item, self.rows[at], self.context)
            values = compare(found, block_person(row_form(self.item), key), card, self.rows[at]).values
            scanning.tell_filled(self.prompter, values, card.address)
            self._put(at, {filled.key: filled.value for filled in values})

    def _put(self, at: int, values: Mapping[str, str]) -> None:
        """Keep parts in their canonical form."""
        trial = {**self.rows[at], **values}
        found = judge_row(self.item, trial, self.context)
        canonical = {key: found.text(key) if key in found.values and text else text for key, text in trial.items()}
        self.rows[at] = {key: text for key, text in canonical.items() if text}
        self._keep()

    def _keep(self) -> None:
        self.keep(rows_text(self.rows) if self.rows else "")
