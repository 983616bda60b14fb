"""`dvc khai-sinh`: the linked birth dossier."""

from __future__ import annotations

from dvc_cli.commands.declared import declare
from dvc_cli.commands.file_dossier import file_dossier
from dvc_cli.commands.flags import FilingFlags

COMMANDS = {"khai-sinh": declare(FilingFlags, file_dossier)}
