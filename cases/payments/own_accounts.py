"""Which of our own accounts a statement belongs to, however its bank names it."""

from collections.abc import Mapping
from enum import StrEnum

from cases.formats.identifiers import clean_iban
from cases.parties.models import AgencyProfile

BANK_CODE, ACCOUNT_NUMBER = 8, 10
GERMAN_IBAN = 22


class HouseAccount(StrEnum):
    """What an account of ours is for."""

    TRUST = "trust"  # Fremdgeldkonto, § 13g RDG
    OPERATING = "operating"  # Geschäftskonto


def find_own_account(
    named: str, own: Mapping[HouseAccount, str]
) -> tuple[HouseAccount, str] | None:
    """The account of ours that a bank names by IBAN, or in Germany by bank code and number."""
    wanted = {clean_iban(named), _german_iban_part(named)}
    for purpose, iban in own.items():
        clean = clean_iban(iban)
        if clean in wanted or (len(clean) == GERMAN_IBAN and clean[4:] in wanted):
            return purpose, clean
    return None


def _german_iban_part(named: str) -> str:
    """Bank code and account number as they stand in a German IBAN, from `37040044/532013000`."""
    bank_code, _, number = named.replace(" ", "").partition("/")
    plain = bank_code.isdigit() and number.isdigit() and len(bank_code) == BANK_CODE
    return bank_code + number.zfill(ACCOUNT_NUMBER) if plain else clean_iban(named)


def clean_trust_iban(agency: AgencyProfile) -> str:
    """The trust account as its statements are kept."""
    return clean_iban(agency.trust_iban)
