"""Payment references: our case number with its check digit, RF (ISO 11649) and QRR.

A case number (Aktenzeichen) is year, serial and check digit: `2026-0001234-6`. The check digit is
ISO/IEC 7064 MOD 11,10 over the eleven digits before it: one decimal digit that catches every
single wrong digit and nearly every swap of neighbours. A house choice: digits only, because they
survive every bank's character set and every telephone; a plain order, because people type it.
"""

import re
import unicodedata
from functools import lru_cache

from stdnum.ch import esr
from stdnum.iso7064 import mod_11_10, mod_97_10

YEARS = range(2000, 2100)
MAX_SERIAL = 9_999_999
CASE_DIGITS = 12
QRR_LENGTH = 27

#: Written as we print it. Banks lose the blank before and after it, so no border is asked for.
AS_PRINTED = re.compile(r"(20[0-9]{2})\s?-\s?([0-9]{7})\s?-\s?([0-9])")
#: A run of digits with marks between them, as people type and as banks break it.
DIGIT_RUN = re.compile(r"[0-9](?:[\s\-–—./_]{0,3}[0-9])*")
GROUP = re.compile(r"[0-9]+")
#: Marks may stand after the year and before the check digit, and banks add one break anywhere.
PRINTED_BREAKS = {4, 11}
RF_IN_TEXT = re.compile(r"RF\s?[0-9](?:\s?[A-Z0-9]){2,23}")
RF_REFERENCE = re.compile(r"RF[0-9]{2}[A-Z0-9]{1,21}")


def make_case_number(serial: int, year: int) -> str:
    """The case number of a serial within a year, as it is printed.

    Raises:
        ValueError: outside seven digits or this century.
    """
    if year not in YEARS or not 0 < serial <= MAX_SERIAL:
        raise ValueError(f"no case number for serial {serial} of {year}")
    digits = f"{year:04}{serial:07}"
    return f"{digits[:4]}-{digits[4:]}-{mod_11_10.calc_check_digit(digits)}"


def is_case_number(text: str) -> bool:
    """Whether this is exactly one case number, as printed, with the right check digit."""
    return _as_printed(text.replace("-", "")) == text


def parse_case_numbers(text: str) -> list[str]:
    """The valid case numbers in a purpose, in order, each once, however it was broken or typed.

    Missing or other separators, blanks and one line break inside are repaired; a wrong digit is
    not. RF and QR references that hold a case number count too.
    """
    clean = unicodedata.normalize("NFKC", text).upper()
    found = [
        (match.start(), _as_printed("".join(match.groups())))
        for match in AS_PRINTED.finditer(clean)
    ]
    for match in RF_IN_TEXT.finditer(clean):
        found.append((match.start(), _case_number_in_rf(match[0])))
    for run in DIGIT_RUN.finditer(clean):
        found += [(run.start() + offset, number) for offset, number in _in_run(run[0])]
    ordered = sorted((offset, number) for offset, number in found if number)
    return list(dict.fromkeys(number for _, number in ordered))


def _in_run(run: str) -> list[tuple[int, str]]:
    """Case numbers among the groups of a digit run: each begins and ends where a group does."""
    groups = [(match.start(), match[0]) for match in GROUP.finditer(run)]
    found = []
    for first, (offset, start) in enumerate(groups):
        if len(start) == QRR_LENGTH and (number := case_number_of_qrr(start)):
            found.append((offset, number))
        digits, breaks = "", []
        for _, group in groups[first : first + 4]:
            digits += group
            if len(digits) >= CASE_DIGITS:
                break
            breaks.append(len(digits))
        number = _as_printed(digits) or ""
        if number and len([each for each in breaks if each not in PRINTED_BREAKS]) <= 1:
            found.append((offset, number))
    return found


@lru_cache(maxsize=10_000)
def _as_printed(digits: str) -> str | None:
    """Twelve digits as a case number, if their check digit and century fit."""
    plain = digits.isascii() and digits.isdigit()
    if len(digits) != CASE_DIGITS or not plain or not digits.startswith("20"):
        return None
    if mod_11_10.calc_check_digit(digits[:-1]) != digits[-1] or not int(digits[4:11]):
        return None
    return f"{digits[:4]}-{digits[4:11]}-{digits[11]}"


def iso11649(case_number: str) -> str:
    """The RF reference of a case number. Law: ISO 11649:2009.

    Raises:
        ValueError: not a case number.
    """
    if not is_case_number(case_number):
        raise ValueError(f"{case_number} is not a case number")
    body = case_number.replace("-", "")
    return f"RF{mod_97_10.calc_check_digits(body + 'RF')}{body}"


def is_iso11649(text: str) -> bool:
    """Whether this is a valid RF reference; blanks and small letters of the print form pass."""
    reference = compact(text)
    checked = RF_REFERENCE.fullmatch(reference) is not None
    return checked and reference[2:4] != "00" and mod_97_10.is_valid(reference[4:] + reference[:4])


def case_number_of_iso11649(text: str) -> str | None:
    """The case number in an RF reference of ours; None for somebody else's."""
    reference = compact(text)
    if not is_iso11649(reference) or not reference[4:].isdigit():
        return None
    return _as_printed(reference[4:])


def _case_number_in_rf(written: str) -> str | None:
    """The case number of an RF reference found in running text, which may go on after it."""
    return case_number_of_iso11649(compact(written)[: 4 + CASE_DIGITS])


def print_form(reference: str) -> str:
    """An RF reference in groups of four, as it is printed."""
    return " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))


def compact(text: str) -> str:
    """Without blanks of any kind, in capitals."""
    return "".join(text.split()).upper()


def qrr(case_number: str) -> str:
    """The Swiss QR reference of a case number: 26 digits and recursive modulo 10.

    Raises:
        ValueError: not a case number.
    """
    if not is_case_number(case_number):
        raise ValueError(f"{case_number} is not a case number")
    body = case_number.replace("-", "").zfill(QRR_LENGTH - 1)
    return body + str(esr.calc_check_digit(body))


def is_qrr(text: str) -> bool:
    """Whether this is a valid QR reference; all zeros is none (SIX), the print form passes."""
    digits = "".join(text.split())
    plain = len(digits) == QRR_LENGTH and digits.isascii() and digits.isdigit()
    return plain and int(digits) > 0 and esr.calc_check_digit(digits[:-1]) == digits[-1]


def case_number_of_qrr(text: str) -> str | None:
    """The case number in a QR reference of ours; None for somebody else's."""
    digits = "".join(text.split())
    if not is_qrr(digits) or digits[:14].strip("0"):
        return None
    return _as_printed(digits[14:26])
