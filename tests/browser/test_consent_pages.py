"""The citizen's pages in a real browser, by keyboard alone, by what a screen reader is told."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from dvc_cli.contract.oauth import AUTHORIZE_PATH
from portal_accounts.small_town import MAI, MAI_PHONE
from server.served import Served
from server.test_sign_in_by_browser import ASKED
from server.test_sign_in_by_device import ask, begin


def heading(chromium) -> str:
    return chromium.find_element(By.TAG_NAME, "h1").text


def wait_for(chromium, words: str) -> None:
    WebDriverWait(chromium, 20).until(lambda driver: driver.title.endswith(words))


def named(chromium, name: str):
    """The control that a screen reader calls by this name."""
    controls = chromium.find_elements(By.CSS_SELECTOR, "input:not([type=hidden]),button")
    return next(each for each in controls if each.accessible_name == name)


def sign_in(chromium, served: Served) -> None:
    """By keyboard: what is typed goes from field to field, Enter sends."""
    named(chromium, "Số định danh cá nhân").send_keys(MAI, Keys.TAB)
    chromium.switch_to.active_element.send_keys(served.town.vneid_password(MAI).value, Keys.ENTER)
    wait_for(chromium, "Mã xác thực")
    named(chromium, "Mã xác thực").send_keys(served.town.portal.newest_code(MAI_PHONE, None).code, Keys.ENTER)
    wait_for(chromium, "Bạn có đồng ý chia sẻ dữ liệu?")


def test_a_citizen_agrees_on_the_phone(chromium, served: Served):
    with httpx.Client(base_url=served.url, trust_env=False) as counter:
        begun = begin(counter)
        chromium.get(begun["verification_uri_complete"])
        assert begun["user_code"] in chromium.find_element(By.TAG_NAME, "main").text
        assert chromium.find_element(By.TAG_NAME, "html").get_attribute("lang") == "vi"
        named(chromium, "Đúng mã này, tiếp tục").send_keys(Keys.ENTER)
        wait_for(chromium, "Đăng nhập VNeID")
        sign_in(chromium, served)
        assert "NGUYỄN THỊ MAI HOÀ" in chromium.find_element(By.TAG_NAME, "main").text
        named(chromium, "Đồng ý").send_keys(Keys.ENTER)
        wait_for(chromium, "Đã đăng nhập")
        assert chromium.get_cookies() == []
        assert ask(counter, begun["device_code"]).status_code == 200


def test_a_refusal_is_announced_and_points_at_its_field(chromium, served: Served):
    with httpx.Client(base_url=served.url, trust_env=False) as counter:
        chromium.get(begin(counter)["verification_uri_complete"])
    named(chromium, "Đúng mã này, tiếp tục").send_keys(Keys.ENTER)
    wait_for(chromium, "Đăng nhập VNeID")
    named(chromium, "Số định danh cá nhân").send_keys(MAI)
    named(chromium, "Mật khẩu VNeID").send_keys("sai mật khẩu", Keys.ENTER)
    wait_for(chromium, "Lỗi: Đăng nhập VNeID")
    alert = chromium.find_element(By.CSS_SELECTOR, "[role=alert]")
    assert alert.aria_role == "alert"
    assert alert.text
    field = named(chromium, "Mật khẩu VNeID")
    assert (field.get_attribute("aria-invalid"), field.get_attribute("aria-describedby")) == ("true", alert.get_attribute("id"))
    assert field.get_attribute("value") == ""  # a password is never written back


def test_the_page_fits_a_phone_and_wears_its_style(chromium, served: Served):
    chromium.get(f"{served.url}/vneid")
    body = chromium.find_element(By.TAG_NAME, "body")
    assert body.value_of_css_property("max-width") == "544px"  # 34rem: the policy lets the page's own style through
    page = chromium.find_element(By.TAG_NAME, "html").rect["width"]
    assert page <= 500  # the least that Chromium makes of a window of 400
    wide = [each for each in chromium.find_elements(By.CSS_SELECTOR, "body *") if each.rect["x"] + each.rect["width"] > page]
    assert wide == []
    assert heading(chromium) == "ĐÀO TẠO – Đăng nhập VNeID tại quầy"
    assert chromium.get_log("browser") == []  # nothing was blocked


def test_the_browser_of_the_counter_comes_back_with_a_code(chromium, served: Served):
    with listening() as (back, came):
        chromium.get(f"{served.url}{AUTHORIZE_PATH}?{urlencode({**ASKED, 'redirect_uri': back})}")
        wait_for(chromium, "Đăng nhập VNeID")
        sign_in(chromium, served)
        named(chromium, "Đồng ý").send_keys(Keys.ENTER)
        wait_for(chromium, "xong")
    assert came[0]["state"] == ASKED["state"]
    assert came[0]["iss"] == served.url
    assert len(came[0]["code"]) >= 30


class listening:  # noqa: N801 - used as a context
    """A listener on this machine, as the counter's program has one."""

    def __enter__(self):
        came: list[dict[str, str]] = []

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self):
                parts = urlsplit(self.path)
                if parts.path == "/callback":
                    came.append(dict(parse_qsl(parts.query)))
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(b"<title>xong</title>")

            def log_message(self, *_given: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        return f"http://127.0.0.1:{self.server.server_port}/callback", came

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
