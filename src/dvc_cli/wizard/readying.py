"""Offering what stands ready for a section: once when the section begins, and again when a card or a number brings more."""

from __future__ import annotations

from collections.abc import Callable

from dvc_cli.forms import Evaluation
from dvc_cli.language import _
from dvc_cli.prompts.prompter import Prompter, Question, ShowAnswers, WantHelp
from dvc_cli.wizard.cards import block_person, number_field
from dvc_cli.wizard.history import Answers
from dvc_cli.wizard.looking import answers_so_far
from dvc_cli.wizard.prefill import Ready, chosen_lines, how, ready_offers, ready_presets, said_no
from dvc_cli.wizard.progress import position
from dvc_cli.wizard.route import changeable
from dvc_cli.wizard.suggestions import Suggest

_ENOUGH = 2  # a single suggestion is offered at its own question

Put = Callable[[str, str], None]
"""Keeps an answer and says what follows from it."""


class Readying:
    """The lists of one walk. `put` keeps an answer; `ask` asks one question; `origins` remembers where accepted values came from."""

    def __init__(
        self, prompter: Prompter, book: Answers, suggest: Suggest, put: Put, ask: Callable[[str], None], origins: dict[str, str]
    ) -> None:
        self._prompter, self._book, self._suggest = prompter, book, suggest
        self._put, self._ask, self._origins = put, ask, origins
        self._opened: set[str] = set()
        self._begun: set[str] = set()
        self._shown: set[tuple[str, str]] = set()

    def offer(self, evaluation: Evaluation, key: str, *, optional: bool) -> bool:
        """Offer what stands ready before `key` is asked; False when there is nothing new. Signals pass through, help excepted."""
        section = evaluation.form[key].section
        begins = section not in self._opened and (section in self._begun or self._untouched(evaluation, section))
        offers = self._fresh(ready_offers(self._book, section, self._suggest, optional=optional))
        presets = ready_presets(evaluation, section) if begins and optional else ()
        if not presets and len(offers) < _ENOUGH:
            return False
        order = list(evaluation.form.keys)
        self._begun.add(section)
        lines = tuple(sorted((*presets, *offers), key=lambda line: order.index(line.key)))
        typed = self._asked(evaluation, key, lines, optional=optional)
        self._opened.add(section)
        self._shown.update((line.key, line.value) for line in lines)
        self._take(lines, typed)
        return True

    def tell_late(self, evaluation: Evaluation, section: str) -> None:
        """Say the presets of a section that its own answers brought, once it is over."""
        if section not in self._opened:
            return
        late = self._fresh(ready_presets(evaluation, section))
        self._shown.update((line.key, line.value) for line in late)
        if late:
            told = "; ".join(line.text for line in late)
            self._prompter.tell(_("Có sẵn: {lines}. Gõ :den và tên câu để đổi.").format(lines=told))

    def _untouched(self, evaluation: Evaluation, section: str) -> bool:
        """Whether nothing of the section was answered: a draft that is taken up in the middle of it has shown its presets before."""
        return not any(item.key in self._book.given for item in evaluation.form.section_fields(section))

    def _fresh(self, lines: tuple[Ready, ...]) -> tuple[Ready, ...]:
        return tuple(line for line in lines if (line.key, line.value) not in self._shown)

    def _asked(self, evaluation: Evaluation, key: str, lines: tuple[Ready, ...], *, optional: bool) -> str:
        section = evaluation.form.section(evaluation.form[key].section)
        place = position(evaluation, self._book.given, key, optional=optional)
        question = Question(
            f"ready:{section.id}",
            _("Dùng các giá trị có sẵn này?"),
            section=str(section.title),
            section_number=place.section,
            section_total=place.sections,
            optional=True,
            enter=how(lines),
            accepts_card=bool(block_person(evaluation.form, key)),
            walks=True,
            accepts_number=number_field(evaluation, key) is not None,
        )
        self._prompter.tell(_("Đã có sẵn cho phần này:"))
        for number, line in enumerate(lines, 1):
            self._prompter.tell(f"{number}. {line.text}")
        while True:
            try:
                return self._prompter.text(question, lambda typed: _fault(lines, typed))
            except ShowAnswers as wish:
                self._prompter.tell(answers_so_far(evaluation, key, wish.what))
            except WantHelp:
                self._prompter.tell(
                    _("Các giá trị này có sẵn: mặc định của tờ khai, hoặc lấy từ nguồn ghi bên cạnh. Hỏi lại công dân nếu chưa chắc.")
                )

    def _take(self, lines: tuple[Ready, ...], typed: str) -> None:
        if said_no(typed):
            return
        other = chosen_lines(lines, typed) if typed else ()
        with self._book.one_act():
            for line in lines:
                if line in (other or ()):
                    if line.other:
                        self._flip(line)
                elif not line.preset and line.key in changeable(self._book.evaluation()):
                    self._put(line.key, line.value)
                    self._origins[line.key] = line.origin
        for line in other or ():
            if not line.other:
                self._ask(line.key)

    def _flip(self, line: Ready) -> None:
        self._put(line.key, line.other)
        shown = self._book.evaluation().display(line.key)
        self._prompter.tell(f"{line.label}: {shown}")


def _fault(lines: tuple[Ready, ...], typed: str) -> str | None:
    if said_no(typed) or chosen_lines(lines, typed) is not None:
        return None
    return _("Gõ số từ 1 đến {last}, k, hoặc chỉ bấm Enter.").format(last=len(lines))
