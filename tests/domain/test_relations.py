"""Every word of the portal's lists, turned round for both sexes."""

import pytest

from dvc_cli.data import choices
from dvc_cli.domain.relations import inverses, sex_of

CATALOGUE = {choice.code for field in ("requester_relation_to_deceased", "deceased_relation_to_householder") for choice in choices(field)}
TURNED = {
    ("cha", "nam"): ("con",), ("cha", "nu"): ("con",),
    ("me", "nam"): ("con",), ("me", "nu"): ("con",),
    ("vo", "nam"): ("chong",), ("vo", "nu"): (),
    ("chong", "nam"): (), ("chong", "nu"): ("vo",),
    ("con", "nam"): ("cha",), ("con", "nu"): ("me",),
    ("chau", "nam"): ("ong", "khac"), ("chau", "nu"): ("ba_grandmother", "khac"),
    ("ong", "nam"): ("chau",), ("ong", "nu"): ("chau",),
    ("ba_grandmother", "nam"): ("chau",), ("ba_grandmother", "nu"): ("chau",),
    ("anh", "nam"): ("em",), ("anh", "nu"): ("em",),
    ("chi", "nam"): ("em",), ("chi", "nu"): ("em",),
    ("em", "nam"): ("anh",), ("em", "nu"): ("chi",),
    ("dai_dien_co_quan", "nam"): (), ("dai_dien_co_quan", "nu"): (),
    ("khac", "nam"): (), ("khac", "nu"): (),
}  # fmt: skip


def test_the_table_has_every_word_and_sex():
    assert set(TURNED) == {(word, gender) for word in CATALOGUE for gender in ("nam", "nu")}


@pytest.mark.parametrize(("relation", "gender"), TURNED)
def test_who_the_other_is(relation, gender):
    assert inverses(relation, gender) == TURNED[relation, gender]


@pytest.mark.parametrize("relation", sorted(CATALOGUE))
def test_without_the_sex_nothing_is_said(relation):
    assert inverses(relation, "") == ()


@pytest.mark.parametrize(("relation", "gender"), TURNED)
def test_turning_back_leads_home(relation, gender):
    for other in inverses(relation, gender):
        sex = sex_of(relation) or "nam"
        assert other == "khac" or relation in inverses(other, sex)


@pytest.mark.parametrize("list_name", ["requester_relation_to_deceased", "deceased_relation_to_householder"])
def test_every_answer_is_a_word_of_the_list(list_name):
    codes = {choice.code for choice in choices(list_name)}
    assert {other for pair in TURNED for other in inverses(*pair)} <= codes
