"""Plays the main job against the sandbox in a throw-away home: account, VNeID, profile, a filed birth dossier.

Each `dvc` command is printed before it runs, with the answers it is given. Everybody here is invented. It needs no terminal.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

CASE = Path(__file__).resolve().parent.parent / "tests" / "cases" / "birth_a.yaml"
FILED_AT = "2026-11-09T09:30"  # the Monday of worked case A
MOTHER = {
    "subject": "cong_dan",
    "method": "thue_bao_di_dong",
    "id_number": "092196999001",
    "full_name": "TRẦN THỊ MAI PHƯƠNG",
    "birth_date": "1996-03-14",
    "phone": "0900000001",
}


def main() -> int:
    """Play all steps; the exit code is that of the first one that fails."""
    with tempfile.TemporaryDirectory(prefix="dvc-demo-", ignore_cleanup_errors=True) as home:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("DVC_")}
        environ |= {
            "DVC_HOME": home,
            "DVC_NOW": FILED_AT,
            "DVC_TOKEN_STORE": "file",
            "DVC_PASSPHRASE": secrets.token_urlsafe(24),
            "PYTHONUTF8": "1",
        }
        return Demo(environ).play()


class Demo:
    """One run: the environment that every command gets."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = environ

    def play(self) -> int:
        """Register, set a password, sign in both ways, look at the profile, file the dossier."""
        say("Tập huấn trên sandbox: mọi người và số liệu đều được đặt ra. / Training on the sandbox: everybody is invented.")
        password = "Sen-hong9" + secrets.token_hex(4) + "!"
        self.dvc(["register"], MOTHER)
        self.dvc(["verify-otp"], {"otp": self.code()})
        self.dvc(["set-password"], {"password": password, "password_again": password})
        self.dvc(["login"], {"id_number": MOTHER["id_number"], "password": password})
        self.dvc(["verify-otp"], {"otp": self.code()})
        self.dvc(["login-vneid"], {"id_number": MOTHER["id_number"], "password": self.vneid_password(), "consent": "true"})
        self.dvc(["verify-otp"], {"otp": self.code()})
        self.dvc(["profile", "show"])
        say(f"Tờ khai mẫu / the sample answers: {CASE.name}")
        self.dvc(["khai-sinh", "--answers", str(CASE), "--no-input"], shown=["khai-sinh", "--answers", CASE.name, "--no-input"])
        say("Xong. / Done.")
        return 0

    def dvc(self, words: list[str], answers: dict[str, str] | None = None, shown: list[str] | None = None) -> None:
        """Print and run one command; answers go to its standard input, secrets are shown as dots."""
        extra = ["--answers", "-", "--no-input"] if answers else []
        visible = {key: "•••" if key in {"password", "password_again", "otp"} else value for key, value in (answers or {}).items()}
        given = f" <<< '{json.dumps(visible, ensure_ascii=False)}'" if answers else ""
        say("\n$ dvc " + " ".join((shown or words) + extra) + given)
        done = self._run(words + extra, json.dumps(answers) if answers else "")
        sys.stdout.write(done.stdout)
        sys.stdout.write(done.stderr)
        if done.returncode != 0:
            say(f"→ {done.returncode}")
            raise SystemExit(done.returncode)

    def code(self) -> str:
        """The newest code on the invented phone."""
        return str(self._json(["sandbox", "otp"])["code"])

    def vneid_password(self) -> str:
        """The invented person's VNeID password, which on a real desk only the citizen knows."""
        people = self._json(["sandbox", "people"])["people"]
        assert isinstance(people, list)
        return next(str(person["vneid_password"]) for person in people if person["id_number"] == MOTHER["id_number"])

    def _json(self, words: list[str]) -> dict[str, object]:
        done = self._run([*words, "--json"], "")
        data: dict[str, object] = json.loads(done.stdout)["data"]
        return data

    def _run(self, words: list[str], typed: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dvc_cli", *words]
        return subprocess.run(command, env=self._environ, input=typed, capture_output=True, text=True, encoding="utf-8", check=False)


def say(text: str) -> None:
    """One line on standard output, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
