"""From a field to the question, the options and the help that a person meets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from dvc_cli.forms import Answer, Context, Evaluation, Field
from dvc_cli.forms.choices import options
from dvc_cli.forms.evaluate import ANSWER, DERIVED, LOOKUP, PRESET, SESSION
from dvc_cli.forms.model import DATE, ETHNICITY, PARTIAL_DATE, PARTIAL_DATETIME, PROVINCE, SECRET
from dvc_cli.language import ENGLISH, _
from dvc_cli.prompts.matching import search
from dvc_cli.prompts.prompter import Find, Option, Question
from dvc_cli.wizard.cards import block_person, number_field
from dvc_cli.wizard.progress import position
from dvc_cli.wizard.route import is_required
from dvc_cli.wizard.suggestions import Suggest, Suggestion

if TYPE_CHECKING:
    from dvc_cli.domain.place_index import Hit

_HITS = 50


def question_for(
    evaluation: Evaluation,
    key: str,
    answers: Mapping[str, Answer],
    suggest: Suggest,
    remark: str = "",
    *,
    optional: bool = True,
    apart: Collection[str] = (),
) -> Question:
    """The question of one live field as it stands now; `optional` and `apart` as `position` counts."""
    item = evaluation.form[key]
    place = position(evaluation, answers, key, optional=optional, apart=apart)
    offer = _offer(evaluation, key, answers, suggest)
    return Question(
        key=key,
        label=str(item.label),
        section=str(evaluation.form.section(item.section).title),
        number=place.number,
        total=place.total,
        example=_example(item),
        suggestion=offer.value,
        suggestion_label=offer.label,
        origin=offer.origin,
        optional=not is_required(evaluation, key) and not (item.ask and item.preset),
        remark=remark,
        section_number=place.section,
        section_total=place.sections,
        accepts_card=bool(block_person(evaluation.form, key)),
        left=place.left,
        walks=True,
        accepts_number=number_field(evaluation, key) is not None,
    )


def origin_text(origin: str) -> str:
    """How a value came about, for a person; "" for an answer."""
    names = {PRESET: _("mặc định"), SESSION: _("từ tài khoản"), DERIVED: _("điền sẵn"), LOOKUP: _("từ CSDL tra cứu"), ANSWER: ""}
    return names.get(origin, origin)


def help_text(item: Field) -> str:
    """Label, explanation, law and accepted forms of a field, a line each."""
    lines = [str(item.label), str(item.help) if item.help else _("Câu này chưa có hướng dẫn riêng.")]
    if _example(item):
        lines.append(_("Ví dụ: {example}").format(example=_example(item)))
    if item.law or item.source:
        lines.append(_("Căn cứ: {law}").format(law=item.law or item.source))
    if item.unsure:
        lines.append(_("Nhãn trên Cổng chưa được xem; đây là nhãn của công cụ."))
    if item.person:
        lines.append(_("Có thể quét thẻ căn cước tại câu này."))
    return "\n".join(lines)


def listed(item: Field, lang: str) -> tuple[Option, ...]:
    """The options of a choice, country, nationality or people field."""
    return tuple(
        Option(row.code, row.label_en if lang == ENGLISH and row.label_en else row.label_vi, " ".join((row.label_en, *row.spellings)))
        for row in options(item)
    )


def yes_or_no() -> tuple[Option, ...]:
    """The two options of a boolean that may be left empty."""
    return Option("true", _("Có")), Option("false", _("Không"))


def finder(item: Field, evaluation: Evaluation) -> Find:
    """How a long list is searched: places of the filing day, or the field's own list."""
    context = evaluation.context
    used = _used(evaluation, item.type)
    if item.type == PROVINCE:
        return _provinces(context, used)
    if item.province_key:
        return _wards(context, evaluation.text(item.province_key), used)
    rows = listed(item, context.lang)
    if item.type == ETHNICITY:
        return lambda typed: search(rows, typed)
    # The country first in the table is nearly always the one.
    return lambda typed: search(rows, typed) if typed else rows[:1]


def _used(evaluation: Evaluation, kind: str) -> tuple[str, ...]:
    """The places of this dossier so far, the last first: one dossier names few places, and often."""
    keys = [key for key in evaluation.form.keys if evaluation.form[key].type == kind and key in evaluation.values]
    return tuple(dict.fromkeys(evaluation.text(key) for key in reversed(keys)))


def _first(rows: tuple[Option, ...], used: tuple[str, ...]) -> tuple[Option, ...]:
    place = {code: number for number, code in enumerate(used)}
    return tuple(sorted(rows, key=lambda row: place.get(row.code, len(place))))


def _provinces(context: Context, used: tuple[str, ...]) -> Find:
    from dvc_cli.domain.places import bare_name, places

    rows = tuple(Option(item.code, item.name, bare_name(item.name)) for item in places(context.on).provinces())
    listed = _first(rows, used)
    return lambda typed: search(rows, typed) if typed else listed


def _wards(context: Context, province: str, used: tuple[str, ...]) -> Find:
    from dvc_cli.domain.places import bare_name, places

    table = places(context.on)
    rows = tuple(Option(item.code, item.name, bare_name(item.name)) for item in table.communes(province))

    listed = _first(rows, used)

    def find(typed: str) -> tuple[Option, ...]:
        if not typed:
            return listed
        # The table's own search also knows old names and their successors.
        found = table.search(typed, province=province, limit=_HITS)
        hits = tuple(Option(hit.code, _with_former(hit), bare_name(hit.name)) for hit in found if hit.code != province)
        return hits or search(rows, typed)

    return find


def _with_former(hit: Hit) -> str:
    """The present name, with the old one that led to it."""
    return _("{name} (trước là {former})").format(name=hit.name, former=hit.former) if hit.former else hit.name


def _offer(evaluation: Evaluation, key: str, answers: Mapping[str, Answer], suggest: Suggest) -> Suggestion:
    item = evaluation.form[key]
    if item.type == SECRET:
        return Suggestion("")
    if key in evaluation.values:
        origin = evaluation.origin.get(key, "")
        return Suggestion(evaluation.text(key), evaluation.display(key), origin_text(origin))
    if answers.get(key):  # unreadable: to be typed anew
        return Suggestion("")
    return suggest(evaluation, key) or Suggestion("")


def _example(item: Field) -> str:
    if item.example:
        return item.example
    examples = {
        DATE: "02/11/2026",
        PARTIAL_DATE: _("02/11/1990, hoặc 11/1990, hoặc 1990"),
        PARTIAL_DATETIME: _("05/10/2026 14:35, hoặc 05/10/2026, hoặc 10/2026, hoặc 2026"),
    }
    return examples.get(item.type, "")
