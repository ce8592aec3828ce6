"""Sealing: whoever holds a private key of the house reads the backup, nobody else does.

The format is age (age-encryption.org/v1), so that its own program opens a backup without Recoup.
"""

import gzip
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pyrage

PRIVATE = "AGE-SECRET-KEY-"
MODE = 0o600


class KeyUnusable(Exception):
    """A key of the backup is missing or is none; the message says which and what helps."""


class Sealer:
    """Seals for every key of the house; each of them alone opens."""

    def __init__(self, public_keys: Sequence[str]) -> None:
        if not public_keys:
            raise KeyUnusable("BACKUP_KEYS is missing: `recoup backup key FILE` makes a key.")
        try:
            self._recipients = [pyrage.x25519.Recipient.from_str(key) for key in public_keys]
        except pyrage.RecipientError as error:
            raise KeyUnusable("BACKUP_KEYS must be public keys that begin with age1.") from error

    def seal_file(self, source: Path, target: Path) -> None:
        """Seal a file as it streams by; it counts when it is whole."""
        with source.open("rb") as plain, _beside(target) as sealed:
            pyrage.encrypt_io(plain, sealed, self._recipients)
        _settle(target)

    def seal_bytes(self, data: bytes, target: Path) -> None:
        """Seal bytes that fit into memory, packed."""
        with _beside(target) as sealed:
            sealed.write(pyrage.encrypt(gzip.compress(data, 1), self._recipients))
        _settle(target)


class Opener:
    """Opens what was sealed."""

    def __init__(self, key_file: Path) -> None:
        try:
            lines = key_file.read_text(encoding="ascii").splitlines()
            keys = [line.strip() for line in lines if line.startswith(PRIVATE)]
            self._identities = [pyrage.x25519.Identity.from_str(key) for key in keys]
        except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
            raise KeyUnusable(f"{key_file} cannot be used as the backup's key.") from error
        if not self._identities:
            raise KeyUnusable(f"{key_file} holds no private key (a line {PRIVATE}...).")

    def open_file(self, source: Path, target: Path) -> None:
        """Open a sealed file into another one."""
        try:
            with source.open("rb") as sealed, target.open("wb") as plain:
                pyrage.decrypt_io(sealed, plain, self._identities)
        except (pyrage.DecryptError, OSError) as error:  # Not our key, or damaged.
            raise KeyUnusable(f"{source.name}: {error}.") from error

    def open_bytes(self, source: Path) -> bytes:
        """What `seal_bytes` has sealed."""
        try:
            return gzip.decompress(pyrage.decrypt(source.read_bytes(), self._identities))
        except pyrage.DecryptError as error:
            raise KeyUnusable(f"{source.name}: {error}.") from error


def make_key(path: Path) -> str:
    """Write a new private key that only its owner reads; the public one is the answer."""
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
    with os.fdopen(number, "w", encoding="ascii") as out:
        out.write(f"# Recoup backup. Public key: {public}\n{identity}\n")
    return public


def _part(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def _beside(target: Path) -> IO[bytes]:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return _part(target).open("wb")


def _settle(target: Path) -> None:
    """What was written beside takes its name once it is on the disk."""
    with _part(target).open("rb") as written:
        os.fsync(written.fileno())
    shutil.move(_part(target), target)
