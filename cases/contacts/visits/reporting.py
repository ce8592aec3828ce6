"""The report of a visit: an entry of the contact log like any other, with what belongs to a visit.

It may arrive hours later, when the phone has a net again, and more than once: the visit is reported
only by the first one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cases.contacts.commitments import CommitmentGiven
from cases.contacts.hours import CallingHours
from cases.contacts.learning import Learned, learn
from cases.contacts.models import Contact, ContactChannel
from cases.contacts.promises import PromiseGiven, give_promise
from cases.contacts.services import ContactDetails, FollowUp, log_contact
from cases.contacts.visits.errors import (
    CostWordsMissing,
    PaperKindMissing,
    VisitNotOpen,
    VisitWaits,
)
from cases.contacts.visits.models import PaperKind, Visit, VisitPaper, VisitState
from cases.contacts.visits.planning import lock_visit
from cases.contacts.visits.queries import party_of
from cases.core import audit, clock, files
from cases.core.database import db
from cases.documents.content import recognise_document
from cases.ledger.services import owed_on
from cases.payments.cash.services import CashGiven
from cases.worklist.services import finish_items

NOTHING_NEW = Learned()


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper as it was sent: its bytes, its name, and what it is."""

    data: bytes
    name: str
    kind: PaperKind | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What a visit cost the house."""

    cents: int
    words: str


@dataclass(frozen=True, slots=True)
class VisitReport:
    """What came of a visit, and what belongs to it."""

    details: ContactDetails
    promise: PromiseGiven | None = None
    commitment: CommitmentGiven | None = None
    cash_cents: int | None = None
    rest_on: date | None = None  # By when the rest is promised, where a part was paid in cash.
    follow_up: FollowUp | None = None
    learned: Learned = NOTHING_NEW
    papers: Sequence[NewPaper] = field(default=())
    cost: Cost | None = None


def report_visit(
    visit: Visit, report: VisitReport, hours: CallingHours, how_known: str = ""
) -> Contact:
    """Record what came of a planned visit, by the same service as a call.

    Raises:
        VisitNotOpen: it was reported before. VisitWaits, PaperKindMissing, CostWordsMissing, what
        `learn` and `log_contact` refuse, and what is no document.
    """
    _require_complete(report)
    party = party_of(visit)
    if report.learned:
        learn(visit.case_id, party.debtor, report.learned, how_known)
    case = lock_visit(visit)
    if visit.state is VisitState.ASKED:
        raise VisitWaits
    if visit.state is not VisitState.PLANNED:
        raise VisitNotOpen
    # It is done: what an outcome leaves to do is not hidden behind the task of going there.
    finish_items(case, f"visit:{visit.id}")
    details = replace(
        report.details,
        channel=ContactChannel.VISIT,
        debtor_id=party.debtor.id,
        himself=True,
        overridden_because=report.details.overridden_because or visit.overridden_because,
    )
    payer = details.person or party.debtor.full_name
    contact = log_contact(
        case.id,
        details,
        promise=report.promise,
        commitment=report.commitment,
        cash=CashGiven(report.cash_cents or 0, payer, visit.receipt_id),
        follow_up=report.follow_up,
        hours=hours,
    )
    if report.rest_on is not None and case.booked_open_cents > 0:
        rest = owed_on(case, report.rest_on).open_cents
        give_promise(case, contact, PromiseGiven(rest, report.rest_on))
    visit.state, visit.contact_id = VisitState.REPORTED, contact.id
    visit.reported_at = clock.now()
    if report.cost is not None:
        note_cost(visit, report.cost)
    for paper in report.papers:
        add_paper(visit, paper, clock.today())
    audit.record("visit.reported", "visit", visit.id, creditor_id=visit.creditor_id)
    return contact


def _require_complete(report: VisitReport) -> None:
    """What belongs to a visit, before anything is written."""
    if any(paper.kind is None for paper in report.papers):
        raise PaperKindMissing
    if report.cost is not None and not report.cost.words.strip():
        raise CostWordsMissing


def add_paper(visit: Visit, paper: NewPaper, day: date) -> VisitPaper:
    """Keep a document or a receipt from a visit, as the house's own.

    Raises:
        PaperKindMissing, DocumentEmpty, DocumentRefused, FileTooLarge.
    """
    if paper.kind is None:
        raise PaperKindMissing
    media_type = recognise_document(paper.data, paper.name)
    kept = files.store_file(paper.data, paper.name, media_type, None)
    row = VisitPaper(
        visit_id=visit.id,
        file_id=kept.id,
        kind=paper.kind,
        added_on=day,
        added_by=audit.actor_id(),
    )
    db.session.add(row)
    db.session.flush()
    audit.record("visit.paper_added", "visit", visit.id, creditor_id=visit.creditor_id)
    return row


def note_cost(visit: Visit, cost: Cost) -> None:
    """What the visit cost us; it is booked, if at all, by the rules for outlays.

    Raises:
        CostWordsMissing.
    """
    if not cost.words.strip():
        raise CostWordsMissing
    visit.cost_cents, visit.cost_words = cost.cents, cost.words.strip()
