"""A citizen at the server's pages, by plain form posts: what a browser without a script sends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

import httpx

from dvc_cli.contract.oauth import PAGE_PATH
from dvc_cli.contract.secret import Secret
from portal_accounts.small_town import MAI
from server.served import Served

_PHONES = {MAI: "0901000011"}


class _Forms(HTMLParser):
    """The hidden fields of each form, by its step."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.found.append({})
        if tag == "input" and given.get("type") == "hidden":
            self.found[-1][given["name"]] = given["value"]


@dataclass
class Browser:
    """A page that somebody has opened; `page` is what is on the screen now."""

    client: httpx.Client
    page: httpx.Response

    @property
    def title(self) -> str:
        return unescape(re.search(r"<title>(.*?)</title>", self.page.text)[1])

    @property
    def steps(self) -> list[str]:
        """The steps whose forms stand on the page."""
        return [form["step"] for form in self._forms()]

    def send(self, step: str, **typed: str) -> None:
        """Fill in and send the form of this step."""
        form = next(each for each in self._forms() if each["step"] == step)
        self.page = self.client.post(PAGE_PATH, data={**form, **typed})

    def _forms(self) -> list[dict[str, str]]:
        forms = _Forms()
        forms.feed(self.page.text)
        return forms.found


@dataclass
class Visitor(Browser):
    """Somebody of the small town at a page of its server."""

    served: Served

    def sign_in(self, number: str = MAI, password: Secret | None = None) -> None:
        """Number and password, then the code."""
        self.send("sign in", id_number=number, password=(password or self.served.town.vneid_password(number)).value)
        self.send("code", otp=self.served.town.portal.newest_code(_PHONES[number], None).code)


def visit(served: Served, path: str = PAGE_PATH) -> Visitor:
    """Somebody who opens this page of the server."""
    client = httpx.Client(base_url=served.url, trust_env=False)
    served.opened.append(client)
    return Visitor(client, client.get(path), served)


def agree(served: Served, user_code: str, answer: str = "agree") -> Visitor:
    """Somebody who signs in under this code and answers."""
    visitor = visit(served, f"{PAGE_PATH}?user_code={user_code}")
    visitor.send("begin")
    visitor.sign_in()
    visitor.send("answer", answer=answer)
    return visitor
