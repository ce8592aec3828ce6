"""Visits to debtors: one that is planned, and one about which its client is asked first."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from agency.demo.desk import Desk
from cases.claims.models import Phase
from cases.claims.queries import list_debtors, list_open_holds
from cases.claims.search import CaseFilter, list_cases
from cases.contacts.hours import CallingHours
from cases.contacts.visits.errors import NobodyToVisit, VisitNotAllowed
from cases.contacts.visits.models import VisitPurpose
from cases.contacts.visits.planning import VisitWish, Window, plan_visit
from cases.core import clock
from cases.core.database import db

FIRST, LAST = time(14), time(15)


def plan_visits(desk: Desk) -> None:
    """In the first free case of the first two clients; the second wants to be asked."""
    for client_id in desk.house.clients[:2]:
        for each in list_cases(CaseFilter(phase=Phase.AMICABLE), limit=200):
            case = each.case
            free = case.creditor_id == client_id and not list_open_holds(case.id)
            if free and any(_planned(desk, case.id, window) for window in _windows()):
                break


def _windows() -> Iterator[Window]:
    """An hour in the afternoon of each day from next week on; what is allowed, the rules say."""
    zone, today = clock.local(clock.now()).tzinfo, clock.today()
    for days in range(6, 12):
        day = today + timedelta(days=days)
        yield Window(datetime.combine(day, FIRST, zone), datetime.combine(day, LAST, zone))


def _planned(desk: Desk, case_id: int, window: Window) -> bool:
    """Whether the rules of contact let somebody go there then."""
    wish = VisitWish(
        window, desk.worker(case_id), VisitPurpose.CLARIFY, list_debtors(case_id)[0].debtor.id
    )
    attempt = db.session.begin_nested()
    try:
        plan_visit(case_id, wish, CallingHours())
    except (VisitNotAllowed, NobodyToVisit):
        attempt.rollback()
        return False
    attempt.commit()
    return True
