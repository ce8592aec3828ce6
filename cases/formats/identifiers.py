"""Numbers with check digits: IBAN, VAT and company numbers, Leitweg-ID, e-mail address."""

import re
from collections.abc import Callable

from stdnum.ch import uid as ch_uid
from stdnum.ch import vat as ch_vat
from stdnum.de import leitweg
from stdnum.eu import vat as eu_vat
from stdnum.fr import siren, siret

from legal.findings import N_

MESSAGES = {
    "iban_invalid": N_("The IBAN “{value}” is wrong: its check digits or its length do not fit."),
    "vat_id_invalid": N_("“{value}” is not a valid VAT or company number. Please check it."),
    "register_number_invalid": N_("“{value}” is not a valid SIRET or SIREN. Please check it."),
    "leitweg_id_invalid": N_("“{value}” is not a valid Leitweg-ID. Please check it."),
    "email_invalid": N_("“{value}” is not an e-mail address. Please check it."),
}
#: One shape for whole columns (polars, which knows no look-around) and for single cells.
EMAIL = r"^[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]{1,185}\.[^\s@.<>,;:\"]{2,60}$"
_EMAIL = re.compile(EMAIL)
MAX_EMAIL = 254  # RFC 5321, as corrected by erratum 1690.
#: What copy and paste leaves in front of an IBAN.
_PREFIX = re.compile(r"^IBAN[:.]?")
#: Blanks, no-break and invisible ones, and the hyphens some people group with.
_IGNORED = re.compile(r"[\s\u00a0\u200b\u2007\u202f\u2060\ufeff\-]")
_PLAIN_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_CHECK_DIGITS = range(2, 99)  # ISO 13616.
_QR_INSTITUTIONS = range(30000, 32000)


def clean_iban(text: str) -> str:
    """Without blanks, hyphens and a leading "IBAN", in capitals; not checked."""
    compact = _IGNORED.sub("", text).upper()
    return _PREFIX.sub("", compact) or compact


def find_iban(text: str) -> str | None:
    """The IBAN in this text if country, length, structure and check digits are right.

    Right check digits do not mean that the account exists.
    """
    iban = clean_iban(text)
    # The pattern comes first: it keeps out letters of other scripts that look like ours.
    if _PLAIN_IBAN.fullmatch(iban) is None or int(iban[2:4]) not in _CHECK_DIGITS:
        return None
    from schwifty import IBAN  # Late, because its register of banks takes a while to load.

    return iban if IBAN(iban, allow_invalid=True).is_valid else None


def is_iban(text: str) -> bool:
    """Whether it is an IBAN with the length and check digits of its country."""
    return find_iban(text) is not None


def is_qr_iban(iban: str) -> bool:
    """Whether a Swiss or Liechtenstein IBAN is a QR-IBAN (institution 30000 to 31999)."""
    institution = iban[4:9]
    is_swiss = iban[:2] in {"CH", "LI"} and institution.isascii() and institution.isdigit()
    return is_swiss and int(institution) in _QR_INSTITUTIONS


def is_vat_id(text: str) -> bool:
    """Whether it is a VAT number of the EU or a Swiss UID."""
    checks: list[Callable[[str], bool]] = [eu_vat.is_valid, ch_uid.is_valid, ch_vat.is_valid]
    return any(check(text) for check in checks)


def is_register_number(text: str) -> bool:
    """Whether it is a French SIRET or SIREN."""
    return bool(siret.is_valid(text) or siren.is_valid(text))


def is_leitweg_id(text: str) -> bool:
    """Whether it is the address of a German public body (Leitweg-ID)."""
    return bool(leitweg.is_valid(text))


def is_email(text: str) -> bool:
    """Whether it has the shape of an e-mail address."""
    return bool(_EMAIL.match(text))
