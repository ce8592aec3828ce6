"""Account numbers (IBAN): cleaned up as people paste them, checked before money is sent there."""

import re

#: What copy and paste leaves in front.
PREFIX = re.compile(r"^IBAN[:.]?")
#: Blanks, no-break and invisible ones, and the hyphens some people group with.
IGNORED = re.compile(r"[\s\u00a0\u200b\u2007\u202f\u2060\ufeff\-]+")
PLAIN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")


def clean_iban(text: str) -> str:
    """Without blanks, hyphens and a leading "IBAN", in capitals; not checked."""
    return PREFIX.sub("", IGNORED.sub("", text).upper())


def find_iban(text: str) -> str | None:
    """The IBAN in this text if country, length, structure and check digits are right.

    Right check digits do not mean that the account exists.
    """
    iban = clean_iban(text)
    # The pattern comes first: it keeps out letters of other scripts that look like ours.
    if PLAIN.fullmatch(iban) is None or not 2 <= int(iban[2:4]) <= 98:  # noqa: PLR2004 - ISO 13616.
        return None
    from schwifty import IBAN  # Late, because its register of banks takes a while to load.

    return iban if IBAN(iban, allow_invalid=True).is_valid else None


def is_qr_iban(iban: str) -> bool:
    """Whether a Swiss or Liechtenstein IBAN is a QR-IBAN (institution 30000 to 31999)."""
    return iban[:2] in {"CH", "LI"} and iban[4:9].isdigit() and 30000 <= int(iban[4:9]) <= 31999  # noqa: PLR2004
