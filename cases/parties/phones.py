"""Phone numbers as people type them, in one form, and what kind of number each is. Pure.

Source: the numbering plans of the ITU, by Google's library `phonenumbers`.
"""

import phonenumbers

from cases.core.errors import Invalid


class NumberWrong(Invalid):
    """“{number}” is not a phone number that can be dialled from here."""


def read_number(text: str, country: str = "DE") -> str:
    """A number in international form, `+49 40 5550110`; `country` completes a national one.

    Raises:
        NumberWrong: too short, too long, or of no numbering plan.
    """
    try:
        found = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise NumberWrong(number=text) from None
    possible: int = phonenumbers.is_possible_number_with_reason(found)
    if possible != phonenumbers.ValidationResult.IS_POSSIBLE:  # Without its area it is not dialled.
        raise NumberWrong(number=text)
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def spoken(text: str, country: str = "DE") -> str:
    """A number as it is read and dialled from here; one that cannot be read stays as it is."""
    try:
        found = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return text
    home = phonenumbers.country_code_for_region(country) == found.country_code
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(found, style.NATIONAL if home else style.INTERNATIONAL)


def dialled(text: str, country: str = "DE") -> str:
    """What a `tel:` link holds, after RFC 3966; digits alone where the number cannot be read."""
    try:
        found = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return "tel:" + "".join(sign for sign in text if sign.isdigit() or sign == "+")
    return f"tel:{phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)}"


def is_same(one: str, other: str) -> bool:
    """Whether two spellings are one number."""
    match: int = phonenumbers.is_number_match(one, other)
    return match >= phonenumbers.MatchType.NSN_MATCH
