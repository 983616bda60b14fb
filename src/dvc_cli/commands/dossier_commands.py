"""The filing commands, one per procedure: `dvc khai-sinh` the linked birth dossier, `dvc khai-tu` the linked death dossier."""

from __future__ import annotations

from dvc_cli.commands.declared import declare
from dvc_cli.commands.file_dossier import file_dossier
from dvc_cli.commands.flags import FilingFlags
from dvc_cli.procedures import procedures

COMMANDS = {name: declare(FilingFlags, file_dossier) for name in procedures()}
