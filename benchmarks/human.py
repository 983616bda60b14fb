"""What a worked case costs the person at the keyboard, in `dvc` and in the portal's own form.

`dvc` is played at a real pseudo-terminal, every key counted as it is sent; a card scan counts as one key. The portal's side is counted
from the list of its controls: the controls that this case needs, that are not read-only, that nobody has filled beforehand (the account
fills the requester) and whose portal preset is not already right. Keys of a control:

    text, number       its characters and Tab
    date               ten characters and Tab; a partial date also its format (2)
    select_search      open, three letters, choose
    select(_short)     open, choose
    place              as select_search, for province and ward each; the detail as text
    radio, checkbox    one

Both sides leave out the secrets of signing in, the captcha and choosing files from the disk.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from acceptance.conversation import Redrawn  # noqa: E402
from acceptance.typed_cases import CASES, TypedCase, Typist  # noqa: E402
from flows import CASES as FILES  # noqa: E402
from flows import Desk  # noqa: E402

AIM = 0.40  # of the portal, for case A with a card scan and a profile
CONTROLS = ROOT / "src" / "dvc_cli" / "data" / "portal_controls_birth.csv"
# Preset by the portal (birth.md, portal-screens.md 3): right as they stand, nobody touches them.
PRESET = {
    "birth_data_source": "nhap_tay",
    "birth_place_country": "VN",
    "hometown_country": "VN",
    "child_ethnicity": "01",
    "mother_nationality": "VN",
    "mother_ethnicity": "01",
    "mother_country": "VN",
    "father_country": "VN",
    "mother_residence_type": "thuong_tru",
    "father_residence_type": "thuong_tru",
    "want_copies": True,
    "identity_card_level": "cap_xa_phuong",
}
BY_ACCOUNT = ("requester_full_name", "requester_id", "requester_birth", "requester_gender", "requester_residence", "requester_country")
COPIED = {"identity_card_province", "identity_card_ward"}
SEARCHED, CHOSEN, CLICKED = {"select_search", "place.province", "place.ward"}, {"select", "select_short", "unknown"}, {"radio", "checkbox"}


@dataclass
class Cost:
    """Questions or controls, keys, characters."""

    questions: int = 0
    keystrokes: int = 0
    characters: int = 0

    def add(self, keys: int, characters: int) -> None:
        self.questions += 1
        self.keystrokes += keys
        self.characters += characters


def portal_cost(payload: dict[str, object], locked: set[str]) -> Cost:
    """What the portal's form needs for this payload; `locked` are values that another control writes."""
    cost = Cost()
    with CONTROLS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key, value = row["our_field"], payload.get(row["our_field"])
            filled = row["readonly"] == "yes" or key in locked or key in COPIED or key.startswith(BY_ACCOUNT)
            if key == "pledge":
                cost.add(1, 0)
            elif value in (None, False) or filled or PRESET.get(key) == value:
                continue
            else:
                cost.add(*_keys(row["kind"], str(value)))
    return cost


def _keys(kind: str, text: str) -> tuple[int, int]:
    if kind in SEARCHED:
        return 5, 3
    if kind in CHOSEN:
        return 2, 0
    if kind in CLICKED:
        return 1, 0
    characters = 10 if kind in {"date", "partial_date"} else len(text)
    return characters + 1 + 2 * (kind == "partial_date"), characters


def locked_fields(payload: dict[str, object]) -> set[str]:
    """What the portal copies once a box is ticked."""
    locked: set[str] = set()
    if payload.get("residence_same_area"):
        locked |= {"residence_office_province", "residence_office_ward"}
    if payload.get("father_same_residence_as_mother"):
        locked |= {"father_province", "father_ward", "father_address_detail"}
    if payload.get("householder_is_father") or payload.get("householder_is_mother"):
        locked |= {"householder_full_name", "householder_id_number"}
    return locked


def wizard_cost(case: TypedCase, folder: Path) -> tuple[Cost, dict[str, object]]:
    """Play the case; what it cost, and the payload that the same case has as a file."""
    desk = Desk(folder / "home", now=case.now)
    desk.sign_in_vneid(case.person)
    for name in (name for names in case.files.values() for name in names):
        (folder / name).write_bytes(b"%PDF-1.7\n" + b"0" * 2000)
    screen = Redrawn(["khai-sinh"], desk.environ())
    typist = Typist(screen, case, folder)
    try:
        typist.play()
        if screen.wait_exit() != 0:
            raise SystemExit(screen.text)
    finally:
        screen.child.close(force=True)
    payload = desk.run("khai-sinh", "--check", "--answers", str(FILES / f"{case.name}.yaml")).data["payload"]
    files = sum(len(str(folder / name)) for names in case.files.values() for name in names)
    return Cost(typist.questions + typist.scanned, typist.keystrokes - files, typist.characters - files), payload


def main() -> int:
    print(f"{'case':<8} {'':<10} {'dvc':>6} {'portal':>7} {'share':>6}")
    missed = False
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            mine, payload = wizard_cost(case, Path(folder))
        theirs = portal_cost(payload, locked_fields(payload))
        for what in ("questions", "keystrokes", "characters"):
            share = getattr(mine, what) / getattr(theirs, what)
            print(f"{case.name:<8} {what:<10} {getattr(mine, what):>6} {getattr(theirs, what):>7} {share:>6.0%}")
            missed |= case.name == "birth_a" and what != "questions" and share > AIM
    print(f"aim for birth_a, keystrokes and characters: at most {AIM:.0%}" + (" — missed" if missed else " — met"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
