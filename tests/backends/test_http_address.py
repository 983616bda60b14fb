"""Where the http backend goes, and whom it trusts: refused before anything is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from dvc_cli.backends import BackendOptions, Network
from dvc_cli.backends.http import open_backend
from dvc_cli.backends.http_address import read_address, total_seconds, trust
from dvc_cli.clock import SystemClock
from dvc_cli.errors import UsageError


def told(error: pytest.ExceptionInfo[UsageError]) -> str:
    return " ".join(f"{item.message} {item.hint}" for item in error.value.problems)


@pytest.mark.parametrize(
    ("url", "base", "loopback"),
    [
        ("https://cong.example", "https://cong.example", False),
        ("https://cong.example:8443/dvc/", "https://cong.example:8443/dvc", False),
        ("http://127.0.0.1:8480", "http://127.0.0.1:8480", True),
        ("http://localhost", "http://localhost", True),
        ("http://[::1]:8480/", "http://[::1]:8480", True),
        ("http://127.8.8.8", "http://127.8.8.8", True),
    ],
)
def test_tls_anywhere_and_plain_http_on_this_machine(url: str, base: str, loopback: bool) -> None:
    address = read_address(url)
    assert (address.base, address.loopback) == (base, loopback)


@pytest.mark.parametrize(
    "url",
    [
        *("http://cong.example", "http://127.0.0.1.example", "http://10.0.0.1", "http://localhost.example", "http://0.0.0.0"),
        *("", "cong.example", "ftp://127.0.0.1", "https://", "https://[::1", "https://cong.example:99999", "https://cong.example:0"),
        *(
            "https://ten:mat-khau@cong.example",
            "https://cong.example/?a=1",
            "https://cong.example/#x",
            "https://cổng.example",
            "https://a b",
        ),
        "http://2130706433.example",
    ],
)
def test_every_other_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError) as error:
        read_address(url)
    assert error.value.exit_code == 2
    assert "mat-khau" not in told(error)


def test_a_file_that_is_no_certificate_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "goc.pem"
    wrong.write_text("không phải chứng thư", encoding="utf-8")
    for network in (Network(ca_file=str(wrong)), Network(ca_file=str(tmp_path / "thieu.pem")), Network(client_certificate=str(wrong))):
        with pytest.raises(UsageError) as error:
            trust(network)
        assert ".pem" in told(error)


@pytest.mark.parametrize("text", ["0", "-1", "601", "nan", "inf", "một", "1e9"])
def test_the_time_limit_is_some_seconds(text: str) -> None:
    with pytest.raises(UsageError):
        total_seconds(Network(timeout=text))


def test_a_time_limit_that_is_set_is_taken() -> None:
    assert (total_seconds(Network(timeout="12.5")), total_seconds(Network())) == (12.5, 45.0)


def test_a_proxy_that_cannot_be_used_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    with pytest.raises(UsageError) as error:
        open_backend(BackendOptions("https://cong.example", tmp_path, SystemClock()))
    assert "ALL_PROXY" in told(error)
    open_backend(BackendOptions("http://127.0.0.1:1", tmp_path, SystemClock())).close()  # to this machine one goes directly
    open_backend(BackendOptions("https://cong.example", tmp_path, SystemClock(), Network(proxy="http://proxy.example:3128"))).close()
