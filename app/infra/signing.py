"""The installation's signature: Ed25519, with the private key outside the database (RFC 8032)."""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import current_app


@lru_cache(maxsize=4)
def _private_key(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))


def _own_key() -> Ed25519PrivateKey:
    return _private_key(current_app.config["SETTINGS"].signing_key)


def sign(text: str) -> str:
    """The signature of a text (UTF-8), 128 hexadecimal characters."""
    return _own_key().sign(text.encode()).hex()


def public_key() -> str:
    """What others check with, 64 hexadecimal characters."""
    return _own_key().public_key().public_bytes_raw().hex()
