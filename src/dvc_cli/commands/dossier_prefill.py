"""What other records offer for the open questions of a dossier: what its form suggests, the population register, the dossier before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dvc_cli.commands.dossier_context import Surroundings
from dvc_cli.domain.names import split_full_name
from dvc_cli.forms import Evaluation, Form, ValueFault, display_value, format_value, parse_value
from dvc_cli.language import _
from dvc_cli.wizard import Suggestion, from_form

if TYPE_CHECKING:
    from dvc_cli.contract.values import PersonFacts


class Prefill:
    """Offers for one dossier. The register is asked once per number, and only where the backend can."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings

    def __call__(self, evaluation: Evaluation, key: str) -> Suggestion | None:
        """What to offer for a key without a value; None when no record speaks of it."""
        return from_form(evaluation, key) or self._from_register(evaluation, key) or self._from_earlier(evaluation, key)

    def _from_register(self, evaluation: Evaluation, key: str) -> Suggestion | None:
        item = evaluation.form[key]
        number = evaluation.text(number_key) if (number_key := _number_key(evaluation, item.person)) else ""
        if not number or not item.part or key == number_key:
            return None
        facts = self._surroundings.person(number)
        text = _parts(facts).get(item.part, "") if facts else ""
        return _suggestion(evaluation, key, text, _("theo CSDL dân cư"))

    def _from_earlier(self, evaluation: Evaluation, key: str) -> Suggestion | None:
        """What the same family filed last time about the people who stay the same; never about the one whom the dossier is about."""
        item = evaluation.form[key]
        if not item.person or item.person == _subject(evaluation.form) or not evaluation.form.command:
            return None
        code, payload = self._surroundings.earlier(evaluation.form.command)
        value = payload.get(key)
        return _suggestion(evaluation, key, value if isinstance(value, str) else "", _("theo hồ sơ {code}").format(code=code))


def _subject(form: Form) -> str:
    """The person whom a dossier is about: the first who is named in parts."""
    return next((item.person for item in form.fields if item.key.endswith("given_name")), "")


def _suggestion(evaluation: Evaluation, key: str, text: str, origin: str) -> Suggestion | None:
    item = evaluation.form[key]
    if not text:
        return None
    try:
        value = parse_value(item, text, evaluation.context, evaluation.values)
    except ValueFault:
        return None
    shown = display_value(item, value, evaluation.context.lang, evaluation.context.on)
    return Suggestion(format_value(item, value), shown, origin)


def _number_key(evaluation: Evaluation, person: str) -> str:
    fields = (evaluation.form[key] for key in evaluation.live)
    return next((item.key for item in fields if person and item.person == person and item.part == "id_number"), "")


def _parts(facts: PersonFacts) -> dict[str, str]:
    surname, middle_name, given_name = split_full_name(facts.full_name)
    return {
        "full_name": facts.full_name,
        "surname": surname,
        "middle_name": middle_name,
        "given_name": given_name,
        "birth_date": facts.birth_date.isoformat(),
        "gender": facts.gender,
        "ethnicity": facts.ethnicity,
        "nationality": facts.nationality,
        "residence_type": facts.residence_type,
        "province": facts.province,
        "ward": facts.ward,
        "address_detail": facts.address_detail,
    }
