"""Drafts: every answer is on the disk before the call returns, and two processes never undo each other's."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from dvc_cli.desk.blobs import Blobs
from dvc_cli.desk.draft import KIND, OPEN, SENDING, Draft, from_record, new_id, to_content, typed_id
from dvc_cli.desk.records import Records
from dvc_cli.disk.files import NoSpaceError
from dvc_cli.domain.dossier import AttachmentFile
from dvc_cli.domain.filetypes import sniff
from dvc_cli.errors import StoreError, UsageError, problem
from dvc_cli.lazy_dataclasses import replace

_KEY_BYTES = 16


class Drafts:
    """The drafts of one desk. An id that is not there is UsageError DK-DRAFT-NOT-FOUND; failures of the disk are StoreError."""

    def __init__(self, records: Records, blobs: Blobs) -> None:
        self._records = records
        self._blobs = blobs

    def create(self, procedure: str, form_version: str, backend: str, now: datetime) -> Draft:
        """A new empty draft with its idempotency key."""
        with self._records.writing():
            draft_id = new_id()
            while self._records.get(KIND, draft_id):
                draft_id = new_id()
            draft = Draft(draft_id, procedure, form_version, backend, secrets.token_hex(_KEY_BYTES), created_at=now, updated_at=now)
            return self._put(draft, now)

    def get(self, draft_id: str) -> Draft:
        """The draft as it stands on the disk."""
        record = self._records.get(KIND, typed_id(draft_id))
        if record is None:
            raise UsageError(problem("DK-DRAFT-NOT-FOUND"))
        return from_record(record)

    def list(self) -> tuple[Draft, ...]:
        """Every draft, the one changed last first."""
        return tuple(from_record(record) for record in self._records.all(KIND))

    def change(self, draft_id: str, edit: Callable[[Draft], Draft], now: datetime) -> Draft:
        """Replace the draft by what `edit` makes of its present state, in one step; the draft as written.

        Id, idempotency key and time of creation stay whatever `edit` does. An exception from `edit` changes nothing.
        """
        with self._records.writing():
            draft = self.get(draft_id)
            kept = replace(edit(draft), id=draft.id, idempotency_key=draft.idempotency_key, created_at=draft.created_at)
            return self._put(kept, now)

    def save_answer(self, draft_id: str, key: str, value: str | tuple[str, ...] | None, now: datetime) -> Draft:
        """Set one answer, or take it out (None); the other answers stay as they are on the disk."""

        def edit(draft: Draft) -> Draft:
            answers = dict(draft.answers)
            if value is None:
                answers.pop(key, None)
            else:
                answers[key] = value
            return replace(draft, answers=answers)

        try:
            return self.change(draft_id, edit, now)
        except NoSpaceError as error:
            raise StoreError(problem("DK-DISK-FULL")) from error  # in the table's words, which are of an answer just typed

    def update(self, draft: Draft, now: datetime) -> Draft:
        """Write `draft` whole. StoreError DK-LOCKED when it was written since it was read, so that nothing newer is undone."""

        def edit(present: Draft) -> Draft:
            if present.version != draft.version:
                raise StoreError(problem("DK-LOCKED"))
            return draft

        return self.change(draft.id, edit, now)

    def begin_sending(self, draft_id: str, idempotency_key: str, now: datetime) -> Draft:
        """Fix the idempotency key before the first attempt to send; from then on the draft keeps that key, whatever is tried later."""
        with self._records.writing():
            draft = self.get(draft_id)
            if draft.state != OPEN:
                return draft
            return self._put(replace(draft, idempotency_key=idempotency_key, state=SENDING), now)

    def delete(self, draft_id: str) -> None:
        """Remove the draft, and the files that no other draft uses."""
        self.forget(self.get(draft_id).id)

    def forget(self, draft_id: str) -> None:
        """As `delete`; nothing happens when another process has done so."""
        with self._records.writing():
            self._records.delete(KIND, typed_id(draft_id))
        self._sweep()

    def attach(self, draft_id: str, slot: int, paper_id: str, name: str, content: bytes, now: datetime) -> AttachmentFile:
        """Copy a file into the draft; type by content. The same content under the same slot, paper and name is attached once."""
        with self._records.writing():
            draft = self.get(draft_id)
            sha256 = self._blobs.keep(content)
            attached = AttachmentFile(slot, paper_id, name, len(content), sniff(content), sha256)
            if attached not in draft.attachments:
                self._put(replace(draft, attachments=(*draft.attachments, attached)), now)
        return attached

    def detach(self, draft_id: str, attached: AttachmentFile, now: datetime) -> Draft:
        """Take one attached file out of the draft."""

        def edit(draft: Draft) -> Draft:
            return replace(draft, attachments=tuple(item for item in draft.attachments if item != attached))

        draft = self.change(draft_id, edit, now)
        self._sweep()
        return draft

    def read_blob(self, sha256: str) -> bytes:
        """The content of an attached file; StoreError DK-STORE-CORRUPT when it is missing or changed."""
        return self._blobs.read(sha256)

    def _put(self, draft: Draft, now: datetime) -> Draft:
        draft = replace(draft, updated_at=now)
        return replace(draft, version=self._records.put(KIND, draft.id, to_content(draft), now))

    def _sweep(self) -> None:
        # After the draft is gone for good, and under the lock: a file that no draft names now is nobody's.
        with self._records.writing():
            self._blobs.keep_only({item.sha256 for draft in self.list() for item in draft.attachments})
