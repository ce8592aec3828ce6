"""Who pays in time what a letter demands is done.

A letter names one sum and a day, while interest goes on by law. Where the sum came by that day,
only interest that ran after the letter can be open; the client's contract says up to what amount
it is let go. The house's own limit counts for costs that are the house's by that contract.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.ending import Ending, end_case
from cases.claims.models import Case, Outcome, Phase
from cases.claims.queries import list_open_holds
from cases.core import clock
from cases.core.database import db
from cases.dunning.waiver_limits import contract_of, is_within
from cases.ledger.allocation import Share
from cases.ledger.models import EntryKind
from cases.ledger.queries import list_postings
from cases.ledger.services import owed_on, post_correction
from cases.ledger.statement import SETTLING, Statement
from cases.ledger.write_offs import remainder_shares
from cases.letters.models import Letter, LetterState
from legal.errors import LawError


@dataclass(frozen=True, slots=True)
class InTime:
    """A letter whose demand was met, and the day from which nothing more is asked."""

    letter: Letter
    day: date


def settle(case: Case) -> bool:
    """Let go of the interest after a letter that was paid in time, and end the case as paid.

    The case must be locked. Answers whether anything was let go.
    """
    if case.phase is not Phase.AMICABLE or list_open_holds(case.id):
        return False
    try:
        met = find_met(case)
        shares = _waivable(case, met) if met else []
    except LawError:  # A case that cannot be computed waits for a person, as its screen says.
        return False
    if met is None or not shares:
        return False
    number = met.letter.number
    # The statement prints the number of the letter beside the kind, in any language.
    journal = post_correction(case, EntryKind.PAID_IN_TIME, shares, met.day, number, number)
    timeline.record(
        case,
        "remainder.paid_in_time",
        amount_cents=sum(share.cents for share in shares),
        number=number,
        journal_id=journal.id,
    )
    if owed_on(case, clock.today()).open_cents <= 0:
        end_case(case.id, Ending.usual(Outcome.PAID))
    return True


def find_met(case: Case) -> InTime | None:
    """The newest letter whose sum came by its day."""
    letters = db.session.scalars(
        select(Letter)
        .where(
            Letter.case_id == case.id,
            Letter.pay_by.is_not(None),
            Letter.demanded_cents > 0,
            Letter.state != LetterState.CANCELLED,
        )
        .order_by(Letter.id.desc())
    )
    for letter in letters:
        paid, last_day = _paid_for(letter)
        if paid >= (letter.demanded_cents or 0) and last_day is not None:
            return InTime(letter, last_day)
    return None


def _paid_for(letter: Letter) -> tuple[int, date | None]:
    """What came for a letter by its day, and the last day on which anything came.

    What was known when the letter was written is in its sum already.
    """
    postings = list_postings(letter.case_id)
    settling = {posting.id for posting in postings if posting.kind in SETTLING}
    paid, last_day = 0, None
    for posting in postings:
        if posting.id not in settling and posting.reverses_id not in settling:
            continue
        if posting.posted_at <= letter.released_at:
            continue
        last_day = max(last_day or posting.value_on, posting.value_on)
        if letter.pay_by is not None and posting.value_on <= letter.pay_by:
            paid -= posting.signed_cents
    return paid, last_day


def _waivable(case: Case, met: InTime) -> list[Share]:
    """What is open on the day, if it is nothing but interest after the letter, within limits."""
    owed = owed_on(case, met.day)
    if not 0 < owed.open_cents <= _interest_since(case, met, owed):
        return []
    contract = contract_of(case)
    if contract is None:
        return []
    shares = remainder_shares(case, met.day)
    return shares if is_within(contract, shares, contract.interest_waiver_cents) else []


def _interest_since(case: Case, met: InTime, owed: Statement) -> int:
    """The interest that has run since the letter counted it."""
    return _accrued(owed) - _accrued(owed_on(case, min(met.letter.dispatched_on, met.day)))


def _accrued(owed: Statement) -> int:
    return owed.costs.interest_accrued_cents + sum(c.interest_accrued_cents for c in owed.claims)
