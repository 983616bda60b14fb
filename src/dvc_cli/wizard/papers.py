"""Asking for the files of a dossier: needed papers until they are there, optional ones once."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dvc_cli.domain.dossier import AttachmentFile, PaperLine
from dvc_cli.errors import RefusedError, UsageError
from dvc_cli.language import _
from dvc_cli.prompts.prompter import Prompter, Question, WantHelp
from dvc_cli.text import clean
from dvc_cli.wizard.outlook import label_of, paper_label

Attach = Callable[[int, str, Path], None]
"""Takes slot, paper id and file into the dossier, durably. Raises RefusedError or UsageError when the file cannot be taken."""

Detach = Callable[[AttachmentFile], None]
"""Takes a file out of the dossier, durably."""

_QUOTES = (("'", "'"), ('"', '"'), ("“", "”"))


def ask_papers(prompter: Prompter, papers: Callable[[], tuple[PaperLine, ...]], attach: Attach) -> None:
    """Ask for each paper that is needed, then once for each optional one; several files each. Signals but help pass through."""
    for state, required in (("needed", True), ("optional", False)):
        for line in papers():
            if line.state == state:
                _ask_paper(prompter, line, attach, required=required)


def ask_files(prompter: Prompter, files: Callable[[], tuple[AttachmentFile, ...]], wrong: Callable[[], list[str]], detach: Detach) -> None:
    """Show the files attached so far and what is `wrong` with them, until no more is taken away. Signals but help pass through."""
    while attached := files():
        prompter.tell("\n".join(["", _("Đã đính kèm:"), *(_file_row(number, file) for number, file in enumerate(attached, 1)), *wrong()]))
        question = Question("files", _("Gõ số để bỏ tệp đó"), section=_("Giấy tờ"), optional=True, enter=_("Enter để tiếp tục"), walks=True)
        try:
            typed = prompter.text(question, lambda reply: _no_file(reply, len(attached)))
        except WantHelp:
            prompter.tell(_("Tệp bị bỏ chỉ ra khỏi hồ sơ này; tệp gốc trên máy còn nguyên. Gõ < để về tờ khai."))
            continue
        if not typed:
            return
        detach(attached[int(typed) - 1])


def _file_row(number: int, file: AttachmentFile) -> str:
    return f"{number}. {label_of(file.id)}: {file.name} ({max(1, round(file.size / 1000))} KB)"


def _no_file(typed: str, count: int) -> str | None:
    if re.fullmatch(r"[1-9][0-9]{0,2}", typed) and int(typed) <= count:
        return None
    return _("Gõ một số từ 1 đến {last}, hoặc chỉ bấm Enter.").format(last=count)


def file_path(typed: str) -> Path:
    """The path in what was typed or dropped on the terminal: quotes, `file://` and shell escapes taken off, `~` expanded.

    Cleaning composes letters, while a file's name may be decomposed or spaced otherwise on the disk: then the entry that cleans to the
    same name is meant.
    """
    text = typed.strip()
    for start, end in _QUOTES:
        if len(text) > 1 and text.startswith(start) and text.endswith(end):
            text = text[1:-1]
    try:
        if text.casefold().startswith("file://"):
            text = re.sub(r"^/([A-Za-z]:)", r"\1", unquote(urlsplit(text).path))
        path = Path(text).expanduser()
        if os.name == "posix" and "\\" in text and not path.exists():
            path = Path(re.sub(r"\\(.)", r"\1", text)).expanduser()
        return path if path.exists() else _same_when_clean(path)
    except (OSError, RuntimeError, ValueError):  # too long a name, a closed folder, a home that nobody has, no URL
        return Path(text)


def _same_when_clean(path: Path) -> Path:
    wanted = clean(path.name)
    return next((entry for entry in path.parent.iterdir() if clean(entry.name) == wanted), path)


def _ask_paper(prompter: Prompter, line: PaperLine, attach: Attach, *, required: bool) -> None:
    attached = 0
    while True:
        done = not required or attached > 0
        remark = _("Có thể thêm tệp nữa cho giấy tờ này.") if attached else ""
        question = Question(
            key=f"paper:{line.id}",
            label=_("Tệp {paper} (PDF, JPG, PNG)").format(paper=paper_label(line)),
            section=_("Giấy tờ"),
            example=_("kéo tệp vào cửa sổ này, hoặc gõ đường dẫn"),
            optional=done,
            remark=remark,
            enter=_("Enter để xong giấy tờ này") if attached else "",
        )
        try:
            typed = prompter.text(question)
        except WantHelp:
            prompter.tell(_("Mỗi dòng giấy tờ tối đa 2,6 MB, có thể gồm nhiều tệp. Gõ đường dẫn của từng tệp."))
            continue
        if not typed:
            return
        attached += _attached(prompter, line, typed, attach)


def _attached(prompter: Prompter, line: PaperLine, typed: str, attach: Attach) -> bool:
    try:
        attach(line.slot, line.id, file_path(typed))
    except (RefusedError, UsageError) as error:
        for problem in error.problems:
            prompter.tell(f"{problem.message} {problem.hint}".strip())
        return False
    prompter.tell(_("Đã đính kèm."))
    return True
