"""Whether a debtor may be approached in person at a moment: the rule applied to one case."""

from datetime import datetime

from cases.claims.models import Case
from cases.claims.queries import list_debtors, list_open_holds
from cases.contacts.allowed import Addressee
from cases.contacts.hours import CallingHours, find_obstacle
from cases.core import clock
from cases.parties.queries import get_agency, place_of
from legal.findings import Finding


def obstacle_to(case: Case, moment: datetime, hours: CallingHours) -> Finding | None:
    """Why this debtor must not be called or visited at a moment, where he lives.

    Whoever speaks for him is called instead, at the hours of his own place.
    """
    first = list_debtors(case.id)[0]
    address = first.spokesperson or first.address
    to = Addressee.REPRESENTATIVE if first.spokesperson else Addressee.DEBTOR
    place = place_of(address.postcode, address.country) if address else None
    held_for = [hold.reason for hold in list_open_holds(case.id)]
    return find_obstacle(clock.local(moment), place or get_agency().place, hours, held_for, to)
