"""What happens in a case that concerns limitation: part payments, a kind without a rule.

A part payment may start the period anew as an acknowledgement, so it is noted by itself for the
claims that the money went to; the conservative day waits until legal confirms it.
Law: BGB § 212(1) no. 1.
"""

from collections.abc import Sequence

from cases.claims.limitation import OTHER
from cases.claims.limitation_many import PartPayment, note_part_payments
from cases.claims.models import Case, Claim, TimelineEvent
from cases.claims.timeline import Happened
from cases.core.database import db
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_items


def on_payments(events: Sequence[Happened]) -> list[Happened]:
    """Note part payments for the claims they were spread to, once per claim and day.

    Where everything is paid, nothing is left that could become time-barred.
    """
    return note_part_payments(
        PartPayment(event.aside["case"], claim, event.params["value_on"])
        for event in events
        if event.params["open_cents"] != 0
        for claim in event.aside["claims"]
    )


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
