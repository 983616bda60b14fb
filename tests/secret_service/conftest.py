"""A Secret Service of our own: a message bus, gnome-keyring-daemon on it, both in a home that is thrown away.

The tests here are collected where both programs are installed. Where DVC_TEST_SECRET_SERVICE is `required`, as in continuous integration, a
machine without them is a failure.
"""

from __future__ import annotations

import os
import shutil

import pytest

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
_missing = [program for program in PROGRAMS if shutil.which(program) is None]

collect_ignore = ["test_secret_service.py"] if _missing else []

if _missing and os.environ.get("DVC_TEST_SECRET_SERVICE") == "required":
    pytest.exit(f"DVC_TEST_SECRET_SERVICE is required, but there is no {', '.join(_missing)}", returncode=1)
