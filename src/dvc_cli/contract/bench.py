"""What the contract suite needs beside a backend: people to sign in, their codes, a dossier that is right. Test and training systems only.

A package gives it through the entry-point group `dvc_cli.benches`, under the name of its backend: a factory
`open_bench(options: BackendOptions) -> Bench`.
"""

from __future__ import annotations

from typing import Protocol

from dvc_cli.contract.backend import Backend
from dvc_cli.contract.secret import Secret
from dvc_cli.contract.values import Registration, Session, Submission
from dvc_cli.lazy_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody invented who can sign in by number, password and code: with VNeID, else by portal account.

    Where a backend offers neither, the bench signs them in (`SignInBench`).
    """

    id_number: str
    password: Secret


class Bench(Protocol):
    """A test system with invented people. What it cannot give it answers with None or False; those checks are passed over, and named."""

    def open(self) -> Backend:
        """A new client of the same system; called several times, and from several threads."""
        ...

    def citizens(self) -> tuple[Citizen, ...]:
        """People who can sign in; the checks use some of them up (locked codes), the more the better."""
        ...

    def code(self, challenge_id: str) -> Secret:
        """The newest code of a challenge."""
        ...

    def registration(self) -> Registration | None:
        """A registration that has to succeed, of somebody else at each call."""
        ...

    def submission(self) -> tuple[Citizen, Submission] | None:
        """A dossier that has to be accepted when this citizen files it now; it holds at least one file."""
        ...

    def pass_by(self, seconds: int) -> bool:
        """Let the system's time pass; False when it cannot be moved."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


class SignInBench(Protocol):
    """What a bench may have besides, where its people do not sign in with a code; the checks of codes are passed over then, and named."""

    def sign_in(self, citizen: Citizen, backend: Backend) -> Session:
        """A session of this citizen, by any way that the system has, good for every client of it; `backend` is one."""
        ...


class PageBench(Protocol):
    """What a bench may have besides, where its backend offers vneid_qr or vneid_browser: citizens who go to the system's own pages.

    Without this method the checks that need a citizen's answer are passed over, and named.
    """

    def answer_on_page(self, address: str, citizen: Citizen, *, agree: bool) -> str | None:
        """Be this citizen: open the page at `address`, sign in there and agree; or refuse, which may need no sign-in.

        Answers the address to which the last page leads (a browser's sign-in: the redirect, with its query), '' where it leads nowhere.
        None when it cannot be done.
        """
        ...
