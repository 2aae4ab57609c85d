"""Unreadable at rest: AES-256-GCM, under keys that come from outside the database.

Every key is derived from, or wrapped by, PARTNERWIJZER_SEAL_KEY: whoever has only the database (or a copy of
it) has no text. What is encrypted is bound to what it is about. Of what was handed in that is its receipt:
moved to another row, it no longer opens. Drafts and other texts (EncryptedText) are bound to their column
only: who can write the database can exchange them between rows.
A box is: format (1 byte) | nonce (12 bytes) | ciphertext and tag. Source: NIST SP 800-38D.
"""

import base64
import json
import secrets
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

KEY_BYTES = 32
TEXTS = "texts"
_FORMAT, _NONCE, _TAG = b"\x01", 12, 16


class Unreadable(Exception):
    """The key does not fit, or what was kept was changed or moved. Says which, never what was in it."""


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def encrypt(key: bytes, data: bytes, about: str) -> bytes:
    """A box with `data` that only `key` opens, and only for the same `about`."""
    nonce = secrets.token_bytes(_NONCE)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, data, about.encode())


def decrypt(key: bytes, box: bytes, about: str) -> bytes:
    """What is in the box; raises Unreadable."""
    if box[:1] != _FORMAT or len(box) < 1 + _NONCE + _TAG:
        raise Unreadable(about)
    nonce = box[1 : 1 + _NONCE]
    try:
        return AESGCM(key).decrypt(nonce, box[1 + _NONCE :], about.encode())
    except InvalidTag:
        raise Unreadable(about) from None


def installation_key(purpose: str) -> bytes:
    """The installation's own key for one purpose, derived from the key outside the database (RFC 5869)."""
    return derived_key(current_app.config["SETTINGS"].seal_key, purpose)


@lru_cache(maxsize=32)
def derived_key(seal_key: str, purpose: str) -> bytes:
    """The same from a key in hexadecimals; for going over to another one (`keyring`)."""
    derivation = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode())
    return derivation.derive(bytes.fromhex(seal_key))


class EncryptedText(TypeDecorator[str]):
    """Text that the database cannot read. Nothing stays nothing, so that SQL can ask what is filled in.

    `about` names the column: a value copied into another one does not open.
    """

    impl = Text
    cache_ok = True

    def __init__(self, about: str) -> None:
        super().__init__()
        self.about = about

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if not value:
            return value
        return self.close(value, installation_key(TEXTS))

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        if not value:
            return value
        return self.open(value, installation_key(TEXTS))

    def close(self, text: str, key: bytes) -> str:
        """As it lies in the database under this key."""
        return base64.b64encode(encrypt(key, text.encode(), self.about)).decode()

    def open(self, stored: str, key: bytes) -> str:
        """The text of what lies in the database; raises Unreadable."""
        try:
            box = base64.b64decode(stored, validate=True)
        except ValueError:
            raise Unreadable(self.about) from None
        return decrypt(key, box, self.about).decode()


class EncryptedJson(EncryptedText):
    """The same for a JSON value; nothing filled in is an empty text in the database and {} here."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return super().process_bind_param(json.dumps(value) if value else "", dialect)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        text = super().process_result_value(value, dialect)
        return json.loads(text) if text else {}
