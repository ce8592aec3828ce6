"""The law of a case: the one place where a country is chosen and asked for.

Which law a case is worked under is decided once, when it is opened, and kept with it: the one that
the creditor names; if he names none, the law of the country in which both he and the debtor have
their seat, if it is built in; else the law of this house. A creditor abroad who pursues a debtor
here, and one from here who pursues a debtor abroad, therefore stay under the law of this house.
"""

from datetime import date

from cases.claims.models import Case
from cases.core.errors import Conflict
from legal.court import Court
from legal.jurisdiction import (
    Jurisdiction,
    find_jurisdiction,
    get_jurisdiction,
    list_courts,
)

#: The law of this house, where nothing else is said.
HOME = "de"


class CourtNotBuiltIn(Conflict):
    """Court proceedings of this country are not built in. Work the case out of court."""


def law_of(case: Case) -> Jurisdiction:
    """The law that a case is worked under."""
    return law_of_jurisdiction(case.jurisdiction)


def law_of_jurisdiction(code: str = HOME) -> Jurisdiction:
    """The law of a code, for pages and rules without a case; raises JurisdictionUnknown."""
    return get_jurisdiction(code)


def court_of(case: Case) -> Court:
    """The court proceedings of a case's law; raises CourtNotBuiltIn."""
    court = law_of(case).court
    if court is None:
        raise CourtNotBuiltIn
    return court


def court_reading(data: bytes) -> Court:
    """The court whose form a file has; what none knows is read, and found wrong, by that here."""
    known = [court for court in list_courts() if court.recognises(data)]
    court = known[0] if known else get_jurisdiction(HOME).court
    if court is None:
        raise CourtNotBuiltIn
    return court


def choose_jurisdiction(
    creditor_country: str, debtor_country: str, declared: str | None = None
) -> str:
    """The law of a new case, by the rule above; raises JurisdictionUnknown for a declared one."""
    if declared is not None:
        return get_jurisdiction(declared).code
    shared = find_jurisdiction(debtor_country) if creditor_country == debtor_country else None
    return shared.code if shared else HOME


def country_place(country: str) -> str:
    """The holidays that all of a country shares; of an unknown country those of this house."""
    return (find_jurisdiction(country) or get_jurisdiction(HOME)).place


def first_court_fee(case: Case, principal_cents: int, day: date) -> int | None:
    """What a court takes for the first application; None under a law without one built in."""
    court = law_of(case).court
    if court is None or principal_cents <= 0:
        return None
    return court.first_fee_cents(principal_cents, day)
