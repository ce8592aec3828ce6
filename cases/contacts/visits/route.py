"""The route of a day: the visits of one person in their order, on paper and in a calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from cases.claims.models import Case
from cases.claims.queries import DebtorInCase
from cases.claims.reaching.allowed import Channel
from cases.contacts.approach import approach
from cases.contacts.hours import CallingHours, heard_first
from cases.contacts.visits.models import Visit, VisitPurpose, VisitState
from cases.contacts.visits.queries import list_visits_of_day, party_of
from cases.contacts.words import VISIT_PURPOSES
from cases.core import audit, clock
from cases.core.database import db
from cases.formats.calendars import Entry, calendar_file
from cases.ledger.services import owed_on
from cases.letters.pdf import render_pdf
from cases.letters.rendering import render_html
from cases.parties.models import Creditor
from cases.parties.queries import get_agency, list_creditors_by_id
from cases.payments.cash.models import CashReceipt
from cases.people.services import names_of
from legal.findings import Finding

TEMPLATE = "route"
LABELS = {
    "de": {
        "title": "Besuche",
        "time": "Zeit",
        "to": "Zu wem und wohin",
        "why": "Wozu",
        "open": "Offen",
        "receipt": "Quittung",
        "for": "für {creditor}",
        "with": "Mit {name}",
        "none": "An diesem Tag sind keine Besuche geplant.",
        "nobody": "Nur für uns. Betrag erst nennen, wenn die richtige Person da ist.",
        "slip": "Quittung {number}",
        "received": "Bar erhalten von",
        "amount": "Betrag in Euro",
        "words": "in Worten",
        "signed": "Ort, Tag, Unterschrift",
        "case": "Aktenzeichen {number}, {creditor}",
        "copy": "Eine Ausfertigung bleibt bei der zahlenden Person, eine bei uns.",
    },
    "en": {
        "title": "Visits",
        "time": "Time",
        "to": "To whom and where",
        "why": "What for",
        "open": "Open",
        "receipt": "Receipt",
        "for": "for {creditor}",
        "with": "With {name}",
        "none": "No visits are planned on this day.",
        "nobody": "For us only. Name the amount only when the right person is there.",
        "slip": "Receipt {number}",
        "received": "Received in cash from",
        "amount": "Amount in euro",
        "words": "in words",
        "signed": "Place, day, signature",
        "case": "Case number {number}, {creditor}",
        "copy": "One copy stays with the person who pays, one with us.",
    },
}
PURPOSES = {
    "de": {
        VisitPurpose.PAYMENT: "Zahlung oder Raten klären",
        VisitPurpose.CLARIFY: "Streitpunkte klären",
        VisitPurpose.DOCUMENTS: "Unterlagen übergeben oder holen",
        VisitPurpose.ADDRESS: "Sehen, wer dort wohnt oder arbeitet",
    },
    "en": {purpose: VISIT_PURPOSES[purpose] for purpose in VisitPurpose},
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit of a route, with whom and what it is about."""

    visit: Visit
    case: Case
    creditor: Creditor
    party: DebtorInCase
    receipt: CashReceipt
    open_cents: int

    @property
    def place(self) -> str:
        """Where it is."""
        found = self.party.address
        return f"{found.street}, {found.postcode} {found.city}" if found else ""

    @property
    def times(self) -> str:
        """The window in local time."""
        begins, ends = (clock.local(at) for at in (self.visit.begins_at, self.visit.ends_at))
        return f"{begins:%H:%M}–{ends:%H:%M}"


@dataclass(frozen=True, slots=True)
class Route:
    """A day of one person."""

    visitor: str
    day: date
    stops: Sequence[Stop]
    #: Planned, and nobody goes: what has come up since that no rule lets pass.
    off: Sequence[tuple[Stop, Finding]] = ()


def route_of(visitor_id: int, day: date) -> Route:
    """The route of a person on a day; what is open is worked out for today."""
    names = names_of([visitor_id])
    going, off = [], []
    for stop in stops_of(list_visits_of_day(visitor_id, day)):
        against = _against(stop)
        if against is None:
            going.append(stop)
        else:
            off.append((stop, against))
    return Route(names.get(visitor_id, ""), day, going, off)


def _against(stop: Stop) -> Finding | None:
    """The hard reason for which nobody goes any more; it had not come up when it was planned."""
    visit = stop.visit
    if visit.state is not VisitState.PLANNED:
        return None
    found = approach(
        stop.case, Channel.VISIT, visit.begins_at, CallingHours(), himself=True,
        debtor_id=stop.party.debtor.id,
    )  # fmt: skip
    return heard_first(found.hard, Channel.VISIT, found.rule)


def stops_of(visits: Sequence[Visit]) -> list[Stop]:
    """The visits with what belongs to them."""
    found = select(Case).where(Case.id.in_({each.case_id for each in visits}))
    cases = {case.id: case for case in db.session.scalars(found)}
    creditors = list_creditors_by_id({each.creditor_id for each in visits})
    numbers = select(CashReceipt).where(CashReceipt.id.in_({each.receipt_id for each in visits}))
    receipts = {each.id: each for each in db.session.scalars(numbers)}
    return [
        Stop(
            visit,
            cases[visit.case_id],
            creditors[visit.creditor_id],
            party_of(visit),
            receipts[visit.receipt_id],
            owed_on(cases[visit.case_id], clock.today()).open_cents,
        )
        for visit in visits
    ]


def route_calendar(route: Route) -> bytes:
    """The day as a calendar file: a phone's calendar is no safe place, so no debtor is named."""
    entries = (
        Entry(
            stop.visit.public_id,
            stop.visit.begins_at,
            stop.visit.ends_at,
            stop.case.number,
            place=stop.place,
            busy=True,
        )
        for stop in route.stops
    )
    return calendar_file(entries, clock.now(), "Besuche")


def route_pdf(route: Route, language: str = "de") -> bytes:
    """The day on paper, with a slip for each receipt; what we beware of is not printed."""
    content: dict[str, Any] = {
        "language": language,
        "currency": "EUR",
        "agency": {"name": get_agency().name},
        "labels": LABELS[language],
        "dispatched_on": clock.today().isoformat(),
        "visitor": route.visitor,
        "day": route.day.isoformat(),
        "stops": [_printed(stop, language) for stop in route.stops],
    }
    audit.record("route.printed", "user", audit.actor_id(), day=route.day)
    return render_pdf(render_html(TEMPLATE, content), "statement.css")


def _printed(stop: Stop, language: str) -> dict[str, Any]:
    return {
        "times": stop.times,
        "name": stop.party.debtor.full_name,
        "place": stop.place,
        "place_note": stop.visit.place_note or "",
        "with_whom": stop.visit.with_whom or "",
        "purpose": PURPOSES[language][stop.visit.purpose],
        "case_number": stop.case.number,
        "creditor": stop.creditor.name,
        "open_cents": stop.open_cents,
        "currency": stop.case.currency,
        "receipt": stop.receipt.number,
    }
