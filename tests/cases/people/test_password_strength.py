"""Which passwords nobody may choose."""

import pytest

from cases.people.password_strength import PasswordTooEasy, require_strong
from cases.people.passwords import PasswordTooShort


@pytest.mark.parametrize(
    "password",
    [
        pytest.param("aaaaaaaaaaaaaa", id="one sign"),
        pytest.param("ababababababab", id="two signs"),
        pytest.param("abcdefghijklmnop", id="a row of letters"),
        pytest.param("987654321098", id="a row of digits, down"),
        pytest.param("1qaz2wsx3edc", id="on a list of stolen ones"),
        pytest.param("QAZwsxEDCrfv", id="on the list in other letters"),
        pytest.param("Sunshine2026!", id="a stolen word with a year"),
        pytest.param("p4ssw0rd123456", id="figures for letters"),
        pytest.param("dragondragon", id="a stolen word twice"),
        pytest.param("AnnaBeispiel1!", id="the own name"),
        pytest.param("anna@mandant.example", id="the own address"),
    ],
)
def test_what_others_would_guess_is_refused(password):
    with pytest.raises(PasswordTooEasy):
        require_strong(password, ("Anna Beispiel", "anna@mandant.example"))


def test_a_short_one_is_called_short():
    with pytest.raises(PasswordTooShort):
        require_strong("kurz")


@pytest.mark.parametrize(
    "password",
    ["correct horse battery", "a much longer sentence", "Vier gelbe Kähne!", "recoup-demo-2026",
     "anna mag Segelboote und Tee"],
)  # fmt: skip
def test_a_sentence_is_taken(password):
    require_strong(password, ("Anna Beispiel", "anna@mandant.example"))
