"""Real Chromium without a screen, scripts switched off: the pages have to do without.

The tests here are collected where the browser and its driver are installed. Where DVC_TEST_BROWSER is `required`, as in continuous
integration, a machine without them is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from server.served import Served, running

PROGRAMS = ("chromium", "chromedriver")
_missing = [program for program in PROGRAMS if shutil.which(program) is None]

collect_ignore_glob = ["test_*.py"] if _missing else []

if _missing and os.environ.get("DVC_TEST_BROWSER") == "required":
    pytest.exit(f"DVC_TEST_BROWSER is required, but there is no {', '.join(_missing)}", returncode=1)

_QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=400,800", "--no-proxy-server"),
)


@pytest.fixture
def chromium(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in (*_QUIET, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.implicitly_wait(10)
    yield driver
    driver.quit()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with running(tmp_path / "sandbox") as server:
        yield server
