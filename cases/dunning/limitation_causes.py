"""What happens in a case that concerns limitation: part payments, a kind without a rule.

A part payment may start the period anew as an acknowledgement, so it is noted by itself for the
claims that the money went to; the conservative day waits until legal confirms it.
Law: BGB § 212(1) no. 1.
"""

from datetime import date

from cases.claims.limitation import OTHER, EventDays, list_limitation_events, note_event
from cases.claims.models import Case, Claim, TimelineEvent
from cases.claims.queries import list_claims
from cases.core.database import db
from cases.ledger.queries import list_postings
from cases.payments.models import Payment
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_items
from legal.limitation_events import LimitationEventKind


def on_payment(case: Case, event: TimelineEvent) -> None:
    """Note a part payment for the claims it was spread to, once per claim and day."""
    if event.params.get("open_cents") == 0:
        return  # Everything is paid: nothing is left that could become time-barred.
    payment = db.session.get_one(Payment, event.params["payment_id"])
    paid = {p.claim_id for p in list_postings(case.id) if p.journal_id == payment.journal_id}
    claims = [claim for claim in list_claims(case.id) if claim.id in paid]
    day = date.fromisoformat(event.params["value_on"])
    noted = {
        row.claim_id
        for row in list_limitation_events([claim.id for claim in claims])
        if row.kind is LimitationEventKind.PART_PAYMENT and row.first_day == day
    }
    for claim in claims:
        if claim.id not in noted:
            note_event(case, claim, LimitationEventKind.PART_PAYMENT, EventDays(first_day=day))


def on_kind(case: Case, event: TimelineEvent) -> None:
    """A kind without a rule waits for legal; one with a rule waits for nobody."""
    claim = db.session.get_one(Claim, event.params["claim_id"])
    if claim.kind != OTHER or claim.limitation_set_on is not None:
        finish_items(case, _cause(claim.id))
        return
    add_item(
        case,
        WorkQueue.LEGAL,
        "limitation_day_needed",
        _cause(claim.id),
        invoice_number=claim.invoice_number,
    )


def on_day(case: Case, event: TimelineEvent) -> None:
    """Legal has set the day."""
    finish_items(case, _cause(event.params["claim_id"]))


def _cause(claim_id: int) -> str:
    """As the nightly watch names it."""
    return f"limitation:{claim_id}:day"
