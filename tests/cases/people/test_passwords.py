"""What is kept of a password is slow to guess, except in tests, and is renewed if it was cheap."""

import pytest
from argon2 import extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from cases.people import passwords
from cases.people.passwords import (
    PasswordTooShort,
    fits,
    hash_password,
    is_outdated,
)

SECRET = "ein langes Kennwort"


@pytest.fixture
def as_in_production():
    passwords.configure(test_mode=False)
    yield
    passwords.configure(test_mode=True)


def test_outside_of_tests_a_hash_costs_what_the_library_recommends(as_in_production):
    parameters = extract_parameters(hash_password(SECRET))
    assert parameters == RFC_9106_LOW_MEMORY


def test_a_cheap_hash_of_a_test_is_renewed_outside():
    passwords.configure(test_mode=True)
    cheap = hash_password(SECRET)
    assert fits(SECRET, cheap)
    assert not is_outdated(cheap)
    passwords.configure(test_mode=False)
    try:
        assert is_outdated(cheap)
        assert fits(SECRET, cheap)
    finally:
        passwords.configure(test_mode=True)


def test_nobody_has_a_password():
    assert not fits(SECRET, None)
    assert not fits(SECRET, "no hash at all")


def test_a_short_password_is_refused():
    with pytest.raises(PasswordTooShort):
        hash_password("elf Zeichen")
