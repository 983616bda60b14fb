"""Writes `docs/openapi.json` anew from the operation table; a test fails while the two differ."""

from __future__ import annotations

import json
from pathlib import Path

from dvc_cli.contract.openapi import openapi_document

TARGET = Path(__file__).resolve().parent.parent / "docs" / "openapi.json"

if __name__ == "__main__":
    TARGET.write_text(json.dumps(openapi_document(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
