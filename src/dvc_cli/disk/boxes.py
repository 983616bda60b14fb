"""Authenticated encryption of one record: XChaCha20-Poly1305 (IETF) with a random nonce in front, and keys made from keys."""

from __future__ import annotations

import hashlib
import secrets

KEY_BYTES = 32
_NONCE_BYTES = 24


class BrokenBoxError(Exception):
    """Raised when a box was not made with this key and label, or was changed since."""


def new_key() -> bytes:
    """A random key."""
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, content: bytes, label: str) -> bytes:
    """Encrypt `content`; `label` says what it is and must be given again to open it."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt

    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(content, label.encode("utf-8"), nonce, key)


def unseal(key: bytes, box: bytes, label: str) -> bytes:
    """The content of `box`. Raises BrokenBoxError."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt
    from nacl.exceptions import CryptoError

    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(box[_NONCE_BYTES:], label.encode("utf-8"), box[:_NONCE_BYTES], key)
    except (CryptoError, ValueError) as error:
        raise BrokenBoxError(label) from error


def subkey(key: bytes, purpose: str) -> bytes:
    """A key for one purpose (at most 16 ASCII letters), from which `key` cannot be found."""
    return hashlib.blake2b(key=key, person=purpose.encode("ascii"), digest_size=KEY_BYTES).digest()


def keyed_name(key: bytes, text: str) -> str:
    """32 hexadecimal digits that stand for `text` and tell nothing of it without the key."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=key, digest_size=16).hexdigest()
