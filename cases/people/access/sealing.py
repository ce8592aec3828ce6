"""What must be readable to the program but to nobody who only has the database: sealed.

AES-256-GCM under a key that is made from the house's secret key; bound to whose it is.
"""

import base64
import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class _Key:
    """The key of this process; set by the shell from the settings."""

    value: bytes = hashlib.sha256(b"no key was set").digest()


class SealBroken(Exception):
    """This was sealed under another key, or for somebody else."""


def configure(secret: str) -> None:
    """Say which key seals."""
    _Key.value = hashlib.sha256(f"sealing {secret}".encode()).digest()


def seal(plain: str, whose: str) -> str:
    """Seal a text for one owner."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_Key.value).encrypt(nonce, plain.encode(), whose.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode("ascii")


def unseal(sealed: str, whose: str) -> str:
    """Read what was sealed for this owner; raises SealBroken."""
    raw = base64.urlsafe_b64decode(sealed)
    try:
        plain = AESGCM(_Key.value).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], whose.encode())
    except InvalidTag as broken:
        raise SealBroken from broken
    return plain.decode()
