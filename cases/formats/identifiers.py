"""Numbers with check digits: IBAN, VAT and company numbers, Leitweg-ID, e-mail address."""

import re
from collections.abc import Callable

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException
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
_EMAIL = re.compile(r"^[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]{1,185}\.[^\s@.<>,;:\"]{2,}$")
_BLANKS = re.compile(r"[\s\u00a0-]")


def clean_iban(text: str) -> str:
    """An IBAN without blanks, hyphens and the word in front, in capitals."""
    compact = _BLANKS.sub("", text).upper()
    return compact.removeprefix("IBAN").lstrip(":") or compact


def is_iban(text: str) -> bool:
    """Whether a cleaned IBAN has the length and check digits of its country."""
    if not text.isascii():
        return False
    try:
        IBAN(text)
    except (SchwiftyException, ValueError):
        return False
    return True


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
