"""The log of one run: what the program did, for whoever mends it, without anything of the person it was done for.

    Journal(folder)  .note(event, …) .know(texts) .crash(error) .end(code)

Opening touches nothing; the first event makes the file.
"""

from __future__ import annotations

from dvc_cli.journal.log import KEPT, Crash, Fact, Journal
from dvc_cli.journal.redaction import Redaction

__all__ = ["KEPT", "Crash", "Fact", "Journal", "Redaction"]
