from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from dvc_cli.data import choices, read_rows
from dvc_cli.domain.identity import disagreement, is_invented
from dvc_cli.domain.names import letters_allowed, split_full_name
from dvc_cli.domain.phones import is_known_prefix, normalise_phone
from dvc_cli.errors import UsageError
from dvc_cli.portal.population import generate, populate
from dvc_cli.portal.population_draws import AS_OF
from dvc_cli.portal.population_names import NAMINGS, naming_of
from dvc_cli.portal.population_seats import seats
from dvc_cli.portal.registers import is_training_number
from portal_population.conftest import SEED, empty_registers


def people(connection: sqlite3.Connection) -> dict[str, sqlite3.Row]:
    return {row["id_number"]: row for row in connection.execute("SELECT * FROM people")}


def generated(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    return connection.execute("SELECT * FROM people WHERE origin = 'generated'").fetchall()


def age(row: sqlite3.Row) -> int:
    born = date.fromisoformat(row["birth_date"])
    return AS_OF.year - born.year - ((AS_OF.month, AS_OF.day) < (born.month, born.day))


def dump(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    tables = ("people", "marriages", "birth_notifications", "death_notices", "accounts")
    return [tuple(row) for table in tables for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")]


def test_a_sandbox_has_at_least_two_hundred_people_over_all_34_provinces(shipped: sqlite3.Connection) -> None:
    rows = generated(shipped)
    assert len(rows) >= 200
    assert {row["province"] for row in rows} == {row["province_code"] for row in read_rows("provinces_2025.csv")}


def test_everybody_lives_in_and_comes_from_a_commune_of_2025_inside_the_province(shipped: sqlite3.Connection) -> None:
    communes = {(row["province_code"], row["commune_code"]) for row in read_rows("communes_2025.csv")}
    for row in people(shipped).values():
        assert (row["province"], row["ward"]) in communes
        assert row["address_detail"]
        if row["hometown_ward"]:
            assert (row["hometown_province"], row["hometown_ward"]) in communes


def test_generated_numbers_begin_with_000_and_agree_with_sex_and_birth_date(shipped: sqlite3.Connection) -> None:
    for row in generated(shipped):
        assert re.fullmatch(r"000[0-3][0-9]{8}", row["id_number"])
        assert is_invented(row["id_number"])
        assert disagreement(row["id_number"], row["gender"], date.fromisoformat(row["birth_date"])) == ()


def test_nobody_in_the_sandbox_can_be_a_citizen(shipped: sqlite3.Connection) -> None:
    assert all(is_training_number(number) for number in people(shipped))


def test_codes_are_codes_of_the_tables(shipped: sqlite3.Connection) -> None:
    known = {name: {choice.code for choice in choices(name)} for name in ("gender", "ethnicity", "nationality", "residence_type")}
    for row in people(shipped).values():
        for name, codes in known.items():
            assert row[name] in codes


def test_names_are_spelled_with_letters_that_a_birth_certificate_takes(shipped: sqlite3.Connection) -> None:
    for row in people(shipped).values():
        assert row["full_name"] == row["full_name"].upper() == " ".join(row["full_name"].split())
        assert all(letters_allowed(part) for part in split_full_name(row["full_name"]) if part)


def test_every_group_with_names_of_its_own_has_a_family_and_the_kinh_are_most(shipped: sqlite3.Connection) -> None:
    groups = Counter(row["ethnicity"] for row in generated(shipped))
    assert set(NAMINGS) <= set(groups)
    assert groups.most_common(1)[0][0] == "01"


@pytest.mark.parametrize(
    ("province", "group", "beginning"),
    [("66", "12", ("Y ", "H'")), ("75", "22", ("ĐIỂU ", "THỊ ")), ("51", "14", ("A ", "Y ")), ("40", "03", tuple("LKVN"))],
)
def test_names_follow_the_custom_of_the_group(shipped: sqlite3.Connection, province: str, group: str, beginning: tuple[str, ...]) -> None:
    names = [row["full_name"] for row in generated(shipped) if (row["province"], row["ethnicity"]) == (province, group)]
    assert names
    assert all(name.startswith(beginning) for name in names)


def test_the_same_seed_gives_the_same_people_and_another_seed_others(tmp_path: Path) -> None:
    found = []
    for name, seed in (("a", SEED), ("b", SEED), ("c", "another")):
        connection = empty_registers(tmp_path / name)
        populate(connection, seed)
        found.append(dump(connection))
        connection.close()
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_households_share_a_house_and_have_a_grown_householder(shipped: sqlite3.Connection) -> None:
    known = people(shipped)
    houses = defaultdict(set)
    for row in known.values():
        head = known[row["household_id"]]
        assert head["household_id"] == head["id_number"]
        assert age(head) >= 18
        houses[row["household_id"]].add((row["province"], row["ward"], row["address_detail"]))
    assert all(len(house) == 1 for house in houses.values())


def test_parents_are_at_least_18_years_older_of_the_right_sex_and_pass_on_name_and_group(shipped: sqlite3.Connection) -> None:
    known = people(shipped)
    with_parents = [row for row in generated(shipped) if row["mother_id"] or row["father_id"]]
    assert len(with_parents) >= 50
    for row in with_parents:
        for key, gender in (("father_id", "nam"), ("mother_id", "nu")):
            if row[key]:
                parent = known[row[key]]
                assert parent["gender"] == gender
                assert parent["ethnicity"] == row["ethnicity"]
                assert date.fromisoformat(row["birth_date"]).year - date.fromisoformat(parent["birth_date"]).year >= 18
        if row["ethnicity"] == "01" and row["father_id"]:
            assert row["full_name"].split()[0] == known[row["father_id"]]["full_name"].split()[0]


def test_in_maternal_groups_children_have_the_mothers_family_name(shipped: sqlite3.Connection) -> None:
    known = people(shipped)
    checked = 0
    for row in generated(shipped):
        naming = naming_of(row["ethnicity"], row["province"])
        if naming.maternal and row["mother_id"]:
            mother = known[row["mother_id"]]["full_name"]
            shared = {family.upper() for family in naming.families if family.upper() in mother}
            assert any(family in row["full_name"] for family in shared)
            checked += 1
    assert checked >= 5


def test_married_people_point_at_each_other_and_at_one_certificate_of_their_commune(shipped: sqlite3.Connection) -> None:
    known = people(shipped)
    wards = {row["commune_code"]: row["official_name"] for row in read_rows("communes_2025.csv")}
    rows = shipped.execute("SELECT * FROM marriages").fetchall()
    assert len(rows) >= 60
    for marriage in rows:
        husband, wife = known[marriage["husband_id"]], known[marriage["wife_id"]]
        assert (husband["spouse_id"], wife["spouse_id"]) == (wife["id_number"], husband["id_number"])
        assert husband["marriage_no"] == wife["marriage_no"] == marriage["id"]
        assert marriage["issued_by"].casefold() == f"ubnd {wards[wife['ward']]}".casefold()
        assert re.fullmatch(r"[1-9][0-9]*", marriage["certificate_no"])
        assert marriage["book_no"] == f"01/{marriage['issued_on'][:4]}"
        for person, least in ((husband, 20), (wife, 18)):
            assert date.fromisoformat(marriage["issued_on"]) >= date.fromisoformat(person["birth_date"]) + timedelta(days=365 * least)


def test_no_two_people_of_a_household_have_the_same_name(shipped: sqlite3.Connection) -> None:
    names = Counter((row["household_id"], row["full_name"]) for row in people(shipped).values())
    assert max(names.values()) == 1


@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_whatever_the_seed_every_vneid_level_occurs_with_an_own_phone_and_with_somebody_elses(tmp_path: Path, seed: str) -> None:
    connection = empty_registers(tmp_path)
    populate(connection, seed)
    grown = [row for row in generated(connection) if row["phone"]]
    connection.close()
    found = Counter((row["vneid_level"], row["phone_owner"] == row["id_number"]) for row in grown)
    assert {(level, owned) for level in (0, 1, 2) for owned in (True, False)} <= set(found)
    assert found[2, True] > len(grown) / 3


def test_children_have_neither_phone_nor_vneid_and_a_card_only_from_14_on(shipped: sqlite3.Connection) -> None:
    children = [row for row in generated(shipped) if age(row) < 14]
    assert len(children) >= 20
    assert all((row["phone"], row["vneid_level"], row["id_issue_date"]) == ("", 0, "") for row in children)
    assert all(row["id_issue_date"] and row["id_issue_place"] for row in people(shipped).values() if age(row) >= 18)


def test_phones_and_insurance_numbers_are_everybodys_own(shipped: sqlite3.Connection) -> None:
    for key in ("phone", "social_insurance_number"):
        used = [row[key] for row in people(shipped).values() if row[key]]
        assert len(used) == len(set(used))
    for row in people(shipped).values():
        if row["phone"]:
            assert normalise_phone(row["phone"]) == row["phone"]
            assert is_known_prefix(row["phone"])
        if row["social_insurance_number"]:
            assert re.fullmatch(r"[0-9]{10}", row["social_insurance_number"])


def test_a_phone_of_somebody_else_is_registered_to_a_person_of_the_household_or_to_nobody(shipped: sqlite3.Connection) -> None:
    known = people(shipped)
    borrowed = [row for row in known.values() if row["phone"] and row["phone_owner"] != row["id_number"]]
    assert len(borrowed) >= 10
    for row in borrowed:
        assert not row["phone_owner"] or known[row["phone_owner"]]["household_id"] == row["household_id"]


def test_some_have_a_portal_account_on_their_own_phone_and_most_have_none(shipped: sqlite3.Connection) -> None:
    known = people(shipped)
    accounts = shipped.execute("SELECT * FROM accounts").fetchall()
    assert 10 <= len(accounts) <= len(known) / 5
    for account in accounts:
        row = known[account["id_number"]]
        assert (account["kind"], account["assurance"], account["phone"]) == ("portal", "m2", row["phone"])
        assert row["phone_owner"] == row["id_number"]
        assert row["origin"] == "generated"


def test_newborns_with_an_electronic_notification_have_a_mother_and_were_born_in_the_last_two_months(shipped: sqlite3.Connection) -> None:
    known = people(shipped)
    rows = shipped.execute("SELECT * FROM birth_notifications WHERE mother_id_number LIKE '000%'").fetchall()
    assert len(rows) >= 15
    for row in rows:
        assert re.fullmatch(r"[0-9]{5}\.GCS\.999[0-9]{2}\.26", row["code"])
        assert date(2026, 9, 1) <= date.fromisoformat(row["birth_date"]) <= date(2026, 10, 31)
        mother = known[row["mother_id_number"]]
        assert mother["gender"] == "nu"
        assert 20 <= age(mother) <= 40
        assert row["facility"].startswith("Bệnh viện")


def test_every_province_has_a_couple_or_mother_ready_for_a_newborn(shipped: sqlite3.Connection) -> None:
    with_children = {row["mother_id"] for row in people(shipped).values() if row["mother_id"] and age(row) < 15}
    ready = [row for row in generated(shipped) if row["gender"] == "nu" and 20 <= age(row) <= 38 and row["id_number"] not in with_children]
    assert len({row["province"] for row in ready}) >= 25


def test_seats_are_in_order_and_cover_the_country() -> None:
    found = seats()
    assert [seat.number for seat in found] == list(range(len(found)))
    assert len({(seat.province, seat.ward) for seat in found}) == len(found)


@pytest.mark.parametrize("wanted", [1, 2, 3, 7, 100])
def test_generate_adds_exactly_as_many_as_wanted(empty: sqlite3.Connection, wanted: int) -> None:
    populate(empty, SEED)
    before = set(people(empty))
    assert generate(empty, wanted, SEED) == wanted
    added = [row for number, row in people(empty).items() if number not in before]
    assert len(added) == wanted
    assert all(row["household_id"] in people(empty) for row in added)


def test_generating_twice_with_one_seed_gives_nobody_twice(empty: sqlite3.Connection) -> None:
    populate(empty, SEED)
    before = len(people(empty))
    assert generate(empty, 400, "again") + generate(empty, 400, "again") == 800
    phones = [row["phone"] for row in people(empty).values() if row["phone"]]
    assert len(people(empty)) == before + 800
    assert len(phones) == len(set(phones))


def test_generated_people_are_spread_over_the_country(empty: sqlite3.Connection) -> None:
    generate(empty, 100, "spread")
    assert len({row["province"] for row in generated(empty)}) >= 15


@pytest.mark.parametrize("wanted", [0, -1, 10_001])
def test_generate_refuses_a_number_out_of_range(empty: sqlite3.Connection, wanted: int) -> None:
    with pytest.raises(UsageError) as refused:
        generate(empty, wanted, SEED)
    assert [problem.code for problem in refused.value.problems] == ["A-USAGE"]
    assert people(empty) == {}


def notices(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    return connection.execute("SELECT * FROM death_notices").fetchall()


def test_some_old_people_have_died_in_hospital_and_nobody_who_signs_in(shipped: sqlite3.Connection) -> None:
    everybody, accounts = people(shipped), {row["id_number"] for row in shipped.execute("SELECT id_number FROM accounts")}
    found = [row for row in notices(shipped) if is_invented(row["id_number"])]
    assert len(found) >= 5
    for row in found:
        person = everybody[row["id_number"]]
        assert age(person) >= 55
        assert (person["vneid_level"], row["id_number"] in accounts) == (0, False)
        assert date.fromisoformat(row["died_at"][:10]) == date.fromisoformat(row["issued_on"]) <= date(2026, 10, 31)
        assert (row["death_province"], row["death_ward"]) == (person["province"], person["ward"])


def test_old_people_without_insurance_receive_assistance_or_the_social_pension(shipped: sqlite3.Connection) -> None:
    assert [row for row in generated(shipped) if row["assistance_category"]]
    for row in generated(shipped):
        expected = "huu_tri_xa_hoi" if age(row) >= 75 else "bao_tro_xa_hoi_hang_thang" if age(row) >= 55 else ""
        assert row["assistance_category"] == ("" if row["social_insurance_number"] else expected)


def test_added_people_die_too(shipped: sqlite3.Connection) -> None:
    before = len(notices(shipped))
    generate(shipped, 400, "more")
    assert len(notices(shipped)) > before
