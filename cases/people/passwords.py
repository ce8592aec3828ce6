"""What is kept of a password: a slow hash (Argon2id), so that guessing costs an attacker dearly."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from cases.core.errors import Invalid

MIN_PASSWORD_LENGTH = 12


class PasswordTooShort(Invalid):
    """The password needs at least {length} characters."""


class _Cost:
    """What hashing costs here; the library's recommendation unless this is a test."""

    hasher = PasswordHasher()


def configure(*, test_mode: bool) -> None:
    """Tests sign people in thousands of times; a hash of theirs is renewed at a real sign-in."""
    _Cost.hasher = (
        PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if test_mode else PasswordHasher()
    )
    _nobody.cache_clear()


def hash_password(password: str) -> str:
    """What is kept of a password.

    Raises:
        PasswordTooShort: it has fewer than twelve characters.
    """
    if len(password) < MIN_PASSWORD_LENGTH:
        raise PasswordTooShort(length=MIN_PASSWORD_LENGTH)
    return _Cost.hasher.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether this is the password; where the account is unknown, the answer takes as long."""
    try:
        return _Cost.hasher.verify(kept or _nobody(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether a hash was made at another cost than today's."""
    return _Cost.hasher.check_needs_rehash(kept)


@cache
def _nobody() -> str:
    return _Cost.hasher.hash(secrets.token_hex(16))
