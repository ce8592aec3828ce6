"""Visits at debtors for tests, planned and reported by the services of the program."""

from datetime import date, datetime, time, timedelta

from cases.claims.models import Case
from cases.claims.queries import list_debtors
from cases.contacts.hours import CallingHours
from cases.contacts.meetings.models import Meeting
from cases.contacts.meetings.services import MeetingWish, plan_meeting
from cases.contacts.models import ContactChannel, ContactOutcome, NonPaymentReason
from cases.contacts.services import ContactDetails
from cases.contacts.visits.models import PaperKind, Visit, VisitPaper, VisitPurpose
from cases.contacts.visits.planning import VisitWish, Window, plan_visit
from cases.contacts.visits.reporting import NewPaper, add_paper
from cases.core import clock
from cases.core.database import db
from cases.payments.cash.models import CashReceipt
from cases.payments.cash.services import CashGiven, receive_cash
from legal.public_holidays import find_holiday
from tests.factories.documents import PDF
from tests.factories.records import make_user

HOURS = CallingHours()
REACHED = ContactDetails(
    ContactChannel.VISIT,
    outcome=ContactOutcome.CASH,
    identity_confirmed=True,
    person="Jonas Weber",
    reason=NonPaymentReason.FORGOT,
)


def next_working_day(after: date, days: int = 7) -> date:
    """A working day in Hamburg, at least so many days later."""
    day = after + timedelta(days=days)
    while (
        day.weekday() > 4
        or find_holiday(day, "DE-HH")
        or (day.month, day.day) in {(12, 24), (12, 31)}
    ):
        day += timedelta(days=1)
    return day


def window(day: date, first: int = 14, last: int = 15) -> Window:
    """From an hour to another, where the house is."""
    zone = clock.local(clock.now()).tzinfo
    return Window(*(datetime.combine(day, time(hour), zone) for hour in (first, last)))


def visit_wish(case: Case, **wish) -> VisitWish:
    """A visit to the first debtor on a working day."""
    wish.setdefault("purpose", VisitPurpose.PAYMENT)
    wish.setdefault("debtor_id", list_debtors(case.id)[0].debtor.id)
    # Every visit of a debtor in weeks of its own: nobody is visited twice in one.
    before = db.session.query(Visit).filter_by(debtor_id=wish["debtor_id"]).count()
    wish.setdefault("window", window(next_working_day(clock.today(), 7 + 16 * before)))
    if "visitor_id" not in wish:
        wish["visitor_id"] = make_user(name="Karl Besucher").id
    return VisitWish(**wish)


def make_visit_of(case: Case, **wish) -> Visit:
    """A visit that is planned in an accepted case."""
    return plan_visit(case.id, visit_wish(case, **wish), HOURS)


def meeting_wish(**wish) -> MeetingWish:
    """A meeting on a working day with an agenda of two points."""
    wish.setdefault("window", window(next_working_day(clock.today()), 10, 11))
    times = wish.pop("window")
    wish.setdefault("agenda", "Offene Rechnungen\nWeg der Rechnungen im Haus")
    wish.setdefault("place", "Rathausplatz 1, 20095 Hamburg")
    if "host_id" not in wish:
        wish["host_id"] = make_user(name="Petra Gastgeberin").id
    return MeetingWish(times.begins_at, times.ends_at, **wish)


def make_meeting_of(case: Case, **wish) -> Meeting:
    """A meeting that is planned."""
    return plan_meeting(case.id, meeting_wish(**wish), HOURS)


def make_paper_of(case: Case) -> VisitPaper:
    """A paper of the last visit that was planned."""
    visit = db.session.query(Visit).filter_by(case_id=case.id).order_by(Visit.id).first()
    return add_paper(visit, NewPaper(PDF, "Quittung.pdf", PaperKind.RECEIPT), clock.today())


def make_receipt_of(case: Case) -> CashReceipt:
    """Ten euro in cash."""
    return receive_cash(case, CashGiven(10_00, "Jonas Weber"), clock.today())
