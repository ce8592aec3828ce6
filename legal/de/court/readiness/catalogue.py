"""The lists a dunning court reads: main claims, contract types, legal forms, functions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from legal.de.court.eda.layouts import read_rows

#: What an entry of the catalogue can need besides number, date and amount.
PROPERTY, CONTRACT_TYPE, REFERENCE, PERIOD = "PROPERTY", "CONTRACT_TYPE", "REFERENCE", "PERIOD"
RESIDENTIAL_RENT, ANCILLARY_RENT, BUSINESS_RENT = 19, 20, 17
INTEREST_ARREARS = 46
DAMAGES_FROM_CONTRACT = 28
#: Salutation classes in the list of legal forms: 3 sole traders, 6 public bodies.
SOLE_TRADER, PUBLIC_BODY = "3", "6"
#: Function key of GmbH & Co KG and its kin, whose representative is a company.
COMPANY_AS_PARTNER = frozenset({"30", "31", "34", "48", "60"})
#: Function key of insolvency administrators and others by virtue of office.
BY_OFFICE = "90"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A number of the catalogue of main claims (Katalognummer)."""

    no: int
    designation: str
    extra: str
    note: str


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A legal form (Rechtsform) with the key of its functions."""

    function_key: str
    salutation_class: str


@cache
def claim_catalogue() -> Mapping[int, CatalogueEntry]:
    """The catalogue of main claims by number."""
    return {
        int(row["no"]): CatalogueEntry(
            int(row["no"]), row["designation"], row["extra"], row["note"]
        )
        for row in read_rows("claim_catalogue.csv")
    }


@cache
def contract_types() -> frozenset[str]:
    """The contract types admitted for damages from a contract (number 28)."""
    return frozenset(row["contract_type"] for row in read_rows("contract_types.csv"))


@lru_cache(maxsize=4096)
def find_legal_form(written: str) -> LegalForm | None:
    """The legal form that a text means, through the usual abbreviations; for look-up only."""
    form = _normal(written)
    forms = _legal_forms()
    if form in forms:
        return forms[form]
    if form in _aliases():
        return forms.get(_aliases()[form])
    first, joint, rest = form.partition(" & ")
    long = f"{_aliases().get(first, first)}{joint}{rest}"
    return forms.get(long)


def _normal(written: str) -> str:
    form = re.sub(r"\s+", " ", written.strip().upper())
    form = re.sub(r"\b(CO|CIE|INC|LTD)\. ", r"\1 ", form)
    return form.replace("E.V.", "EV").replace("E. V.", "EV").replace("E.K.", "EK")


@cache
def _legal_forms() -> Mapping[str, LegalForm]:
    return {
        _normal(row["legal_form"]): LegalForm(row["function_key"], row["salutation_key"])
        for row in read_rows("legal_forms.csv")
    }


@cache
def _aliases() -> Mapping[str, str]:
    return {
        _normal(row["abbreviation"]): _normal(row["legal_form"])
        for row in read_rows("legal_form_aliases.csv")
    }


@cache
def functions_of(function_key: str) -> frozenset[str]:
    """The functions a representative of such a legal form can have; may be empty."""
    return frozenset(
        row["function"]
        for row in read_rows("representative_functions.csv")
        if row["function_key"] == function_key
    )
