"""What is said of a filed dossier."""

from __future__ import annotations

from dataclasses import replace

from contract.test_wire import DOSSIER
from dvc_cli.commands.dossier_document import linked_blocks
from dvc_cli.commands.receipt import filed_blocks
from dvc_cli.domain.calendar import working_calendar


def test_of_linked_procedures_that_a_backend_does_not_name_nothing_is_said() -> None:
    assert "Liên thông" in str(filed_blocks(DOSSIER, (), working_calendar()))
    alone = replace(DOSSIER, members=())
    assert "Liên thông" not in str(filed_blocks(alone, (), working_calendar()))
    assert linked_blocks(alone.members) == ()
