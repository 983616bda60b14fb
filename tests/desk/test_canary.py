"""Nothing of a citizen's stands in clear in any file of the home."""

from __future__ import annotations

import unicodedata

from desk.desks import NOW, desk_in, paths_in, receipt
from dvc_cli.desk import Pending, Unsent, open_facts
from dvc_cli.desk.audit import Entry
from dvc_cli.tokens import open_store

SURNAME, NUMBER, PHONE = "Đặng Thị Hoàng Yến", "000190012345", "0912345678"
CODE, WARD, STAFF, FILE_NAME = "G22.99-261102-123456", "Phường Cái Khế", "Nhân Viên Trực", "giấy chứng sinh của Yến.pdf"
CANARIES = (SURNAME, NUMBER, PHONE, CODE, WARD, STAFF, FILE_NAME, "CANARYCONTENT", "canary-token", "passphrase of the desk")


def spellings(text):
    for form in (unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)):
        for case in (form, form.upper(), form.lower()):
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                yield case.encode(encoding)
            yield case.encode("ascii", "backslashreplace")
            yield "".join(letter if letter.isascii() else f"\\u{ord(letter):04x}" for letter in case).encode()


def use_everything(home, store):
    with desk_in(home, store) as desk:
        kept, gone = (desk.drafts.create("khai-sinh", "1", "sandbox", NOW) for _draft in range(2))
        for draft in (kept, gone):
            for key, value in (("mother_full_name", SURNAME), ("mother_id_number", NUMBER), ("phone", PHONE), ("ward", WARD)):
                desk.drafts.save_answer(draft.id, key, value, NOW)
            desk.drafts.attach(draft.id, 1, "giay_chung_sinh", FILE_NAME, b"%PDF-1.7 CANARYCONTENT " + SURNAME.encode(), NOW)
        desk.drafts.delete(gone.id)
        desk.receipts.add(receipt(CODE, title=SURNAME, subject=desk.consents.subject(NUMBER)))
        desk.outbox.begin(Unsent(kept.id, "khai-sinh", "sandbox", "canary-token", NOW, NOW, SURNAME, submission={"phone": PHONE}), NOW)
        desk.consents.record(desk.consents.subject(NUMBER), "000*******45", "nop-ho-so", STAFF, NOW)
        desk.audit.append(Entry(NOW, "file", "user", STAFF, WARD, "sandbox", "000*******45", CODE))
        desk.audit.seal()
        yield "open"
    yield "closed"


def test_no_file_holds_a_canary(tmp_path):
    store = open_store("file", paths_in(tmp_path), lambda: "passphrase of the desk")
    store.put("session-1", "canary-token")
    facts = open_facts(paths_in(tmp_path))
    facts.waiting.add(Pending("ch-1", "register", "sandbox", "091****678", "000*******45", NOW))
    for state in use_everything(tmp_path, store):
        for path in (path for path in tmp_path.rglob("*") if path.is_file()):
            content = str(path.relative_to(tmp_path)).encode() + path.read_bytes()
            found = [canary for canary in CANARIES for spelling in spellings(canary) if spelling in content]
            assert found == [], (state, path)


def test_the_files_were_there_to_be_searched(tmp_path):
    store = open_store("file", paths_in(tmp_path), lambda: "passphrase of the desk")
    for _state in use_everything(tmp_path, store):
        pass
    assert len([path for path in (paths_in(tmp_path).data).rglob("*") if path.is_file()]) == 3
