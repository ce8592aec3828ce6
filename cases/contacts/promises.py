"""What a debtor promised to pay (Zahlungszusage): given, watched to its day, kept or broken."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select

from cases.claims import timeline
from cases.claims.models import Case
from cases.claims.queries import lock_case
from cases.claims.services import require_open
from cases.contacts.errors import (
    PromiseIncomplete,
    PromiseInPast,
    PromiseTooHigh,
)
from cases.contacts.models import (
    Contact,
    Promise,
    PromiseState,
)
from cases.contacts.queries import list_open_promises, paid_between
from cases.core import clock
from cases.core.database import db
from cases.ledger.services import owed_on

#: Money takes a day or two to be booked; before that a promise is not called broken.
GRACE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class PromiseGiven:
    """Amount and day that the debtor named."""

    amount_cents: int
    due_on: date


def cases_with_promises_due(today: date) -> Select[int]:
    """Cases with a promise whose day, and the days that money takes, have passed."""
    return (
        select(Promise.case_id)
        .where(Promise.state == PromiseState.OPEN, Promise.due_on < today - GRACE)
        .group_by(Promise.case_id)
    )


def settle_promises(case_id: int, today: date) -> int:
    """Settle the promises of a case whose day has passed: kept if the money came, else broken.

    Returns how many were broken. Run again for the same day it finds nothing left to do.
    """
    case = lock_case(case_id)
    due = [each for each in list_open_promises(case_id) if each.due_on < today - GRACE]
    broken = 0
    for promise in due:
        first_day = clock.local(promise.made_at).date()
        paid = paid_between(case_id, first_day, promise.due_on + GRACE)
        kept = paid >= promise.amount_cents
        broken += not kept
        settle_promise(case, promise, _became(promise, paid), paid)
    return broken


def keep_paid_promises(case: Case) -> None:
    """What came before its day is kept at once, whichever claim it was for; nobody waits on."""
    for promise in list_open_promises(case.id):
        first_day = clock.local(promise.made_at).date()
        if paid_between(case.id, first_day, promise.due_on + GRACE) >= promise.amount_cents:
            settle_promise(case, promise, PromiseState.KEPT)


def give_promise(case: Case, contact: Contact, given: PromiseGiven) -> Promise:
    """Note what the debtor promised in a contact; it replaces what he promised before.

    Raises:
        CaseClosed, PromiseIncomplete, PromiseInPast, PromiseTooHigh.
    """
    require_open(case)
    if given.amount_cents <= 0:
        raise PromiseIncomplete
    if given.due_on < clock.today():
        raise PromiseInPast
    if given.amount_cents > owed_on(case, given.due_on).open_cents:
        raise PromiseTooHigh
    for earlier in list_open_promises(case.id):
        settle_promise(case, earlier, PromiseState.REPLACED)
    promise = Promise(
        case_id=case.id,
        creditor_id=case.creditor_id,
        contact_id=contact.id,
        amount_cents=given.amount_cents,
        currency=case.currency,
        due_on=given.due_on,
        state=PromiseState.OPEN,
        made_at=clock.now(),
    )
    db.session.add(promise)
    db.session.flush()
    timeline.record(
        case,
        "promise.made",
        promise_id=promise.id,
        amount_cents=given.amount_cents,
        due_on=given.due_on,
    )
    return promise


def _became(promise: Promise, paid_cents: int) -> PromiseState:
    if paid_cents >= promise.amount_cents:
        return PromiseState.KEPT
    return PromiseState.PART_KEPT if paid_cents > 0 else PromiseState.BROKEN


def settle_promise(
    case: Case, promise: Promise, state: PromiseState, paid_cents: int | None = None
) -> None:
    """Note what became of a promise, and what of it came where it was kept in part."""
    promise.state, promise.settled_at = state, clock.now()
    came = {"paid_cents": paid_cents} if state is PromiseState.PART_KEPT else {}
    timeline.record(
        case,
        f"promise.{state.value}",
        promise_id=promise.id,
        amount_cents=promise.amount_cents,
        due_on=promise.due_on,
        **came,
    )
