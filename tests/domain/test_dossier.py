"""Dossier codes are known by their shape, and three statuses are the last."""

from __future__ import annotations

import pytest

from dvc_cli.data import choices
from dvc_cli.domain.dossier import FINAL_STATUSES, is_dossier_code


@pytest.mark.parametrize(
    "code", ["G22.99.08-261109-000001", "G22.99.9-261109-0001", "G22.99-261109-000001", "000.12.34.H13-261109-0001", "H13-261109-00001"]
)
def test_linked_national_and_provincial_codes_are_known(code):
    assert is_dossier_code(code)


@pytest.mark.parametrize(
    "code",
    ["", "G22.99.08-261109-001", "G22.99.008-261109-000001", "G22.99.08-2611090-00001", "G22.99.08-261109-000001 ", "H1-261109-0001"],
)
def test_other_texts_are_no_dossier_code(code):
    assert not is_dossier_code(code)


def test_final_statuses_are_statuses_of_the_table():
    assert {choice.code for choice in choices("dossier_status")} >= FINAL_STATUSES
