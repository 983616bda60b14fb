"""What the sandbox's key does: hashes of codes and tokens, sealed messages, passwords of the invented people.

The 32 random bytes lie beside the database in `sandbox.key`, readable by the owner only, so that the database file alone tells nothing.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from pathlib import Path

from dvc_cli.errors import StoreError, problem

KEY_FILE = "sandbox.key"
KEY_BYTES = 32

# Letters and digits that are not mistaken for one another when read aloud or copied from paper.
_UPPER = "ABCDEFGHKLMNPQRSTUVXY"
_LOWER = "abcdefghkmnpqrstuvxy"
_DIGITS = "23456789"
_PATTERN = (_UPPER, _LOWER, _DIGITS, "-", _LOWER, _LOWER, _LOWER, _DIGITS, "-", _LOWER, _DIGITS, _LOWER, _UPPER)


class Vault:
    """The secrets of one sandbox; everything follows from its key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @property
    def seed(self) -> str:
        """The seed of the invented population, 32 hex digits; public, the key does not follow from it."""
        return self._derive(b"population", 16).hex()

    @property
    def fingerprint(self) -> str:
        """Tells whether a database belongs to this key."""
        return self._derive(b"fingerprint", 16).hex()

    @property
    def signing_key(self) -> bytes:
        """The private key (Ed25519, 32 bytes) with which identities are signed."""
        return self._derive(b"id-token", KEY_BYTES)

    def code_hash(self, challenge_id: str, code: str) -> bytes:
        """The keyed hash under which a challenge keeps its code."""
        return self._hash(b"code", challenge_id, code)

    def token_hash(self, token: str) -> bytes:
        """The keyed hash under which a ticket or a session token is kept."""
        return self._hash(b"token", token)

    def password(self, kind: str, id_number: str) -> str:
        """The first password of an invented person: kind `portal` or `vneid`; always the same for one key, keeps the password rule."""
        number = int.from_bytes(self._hash(b"password", kind, id_number), "big")
        letters = []
        for alphabet in _PATTERN:
            number, index = divmod(number, len(alphabet))
            letters.append(alphabet[index])
        return "".join(letters)

    def seal(self, label: str, content: bytes) -> bytes:
        """Encrypt `content` (XChaCha20-Poly1305); `label` names what it is and must be given again to open it."""
        from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt

        nonce = secrets.token_bytes(24)
        return nonce + encrypt(content, label.encode(), nonce, self._derive(b"box", KEY_BYTES))

    def unseal(self, label: str, box: bytes) -> bytes:
        """What was sealed under `label`. StoreError DK-STORE-CORRUPT when the box was changed or belongs elsewhere."""
        from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt
        from nacl.exceptions import CryptoError

        try:
            return decrypt(box[24:], label.encode(), box[:24], self._derive(b"box", KEY_BYTES))
        except (CryptoError, ValueError, TypeError) as error:
            raise StoreError(problem("DK-STORE-CORRUPT", detail=f"({label})")) from error

    def _derive(self, purpose: bytes, size: int) -> bytes:
        return hashlib.blake2b(key=self._key, person=purpose, digest_size=size).digest()

    def _hash(self, purpose: bytes, *parts: str) -> bytes:
        digest = hashlib.blake2b(key=self._key, person=purpose, digest_size=32)
        for part in parts:
            content = part.encode("utf-8", "surrogatepass")
            digest.update(len(content).to_bytes(8, "big") + content)
        return digest.digest()


def new_token() -> str:
    """A fresh secret of 256 bits for a ticket or a session."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode("ascii")


def read_key(folder: Path) -> bytes | None:
    """The sandbox's key; None when there is no whole key."""
    try:
        key = (folder / KEY_FILE).read_bytes()
    except OSError:
        return None
    return key if len(key) == KEY_BYTES else None


def create_key(folder: Path) -> bytes:
    """Make a new key; the caller holds the database's write lock, so that two processes never make two."""
    key = secrets.token_bytes(KEY_BYTES)
    fresh = folder / f"{KEY_FILE}.{os.getpid()}"
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.write(handle, key)
        os.fsync(handle)
    finally:
        os.close(handle)
    fresh.replace(folder / KEY_FILE)
    return key
