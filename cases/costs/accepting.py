"""A report of the creditor is accepted: the payment made to him, or his credit note, is booked.

What the debtor paid before the order was no damage of his delay, and what was never owed brings no
costs: the collection costs follow both. A payment of exactly a principal goes to the principal, as
with us. Law: BGB §§ 280, 286, 366(1), 367(2).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.models import Case, Claim
from cases.claims.queries import get_case_by_id, list_claims, lock_case
from cases.claims.report_models import CreditorReport, ReportKind
from cases.claims.reports import (
    AlreadyAnswered,
    ReportWordsMissing,
    answer_report,
    get_report,
)
from cases.core import clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid
from cases.costs.reduction import costs_follow, restore_costs
from cases.ledger.allocation import Share
from cases.ledger.journals import list_standing
from cases.ledger.models import EntryKind, Journal
from cases.ledger.posting import reverse_journal
from cases.ledger.queries import statement
from cases.ledger.services import owed_on, owed_principal, post_correction
from cases.ledger.statement import Statement
from cases.payments.booking import (
    book_payment,
    reallocate_payments,
    reverse_payment,
)
from cases.payments.case_book import Money
from cases.payments.designation import Designation, recognise
from cases.payments.models import Payment
from legal.allocation import Component


class Counting(StrEnum):
    """How what is reported counts."""

    LAW = "law"  # Costs, interest, principal: § 367(1) BGB.
    PRINCIPAL_FIRST = "principal_first"  # As the debtor wanted it: §§ 366(1), 367(2) BGB.
    NEVER_OWED = "never_owed"  # From the day of the invoice on; costs and interest follow.
    GOODWILL = "goodwill"  # From its own day on; what was owed until then stays owed.


#: What can be chosen; the first is usual unless the amount says otherwise.
COUNTINGS = {
    ReportKind.DIRECT_PAYMENT: (Counting.LAW, Counting.PRINCIPAL_FIRST),
    ReportKind.CREDIT_NOTE: (Counting.NEVER_OWED, Counting.GOODWILL),
}


class NotBookable(Conflict):
    """A report of this kind has nothing to book."""


class CountingMissing(Invalid):
    """Please choose how it counts."""


class CreditedClaimMissing(Invalid):
    """Please choose the invoice that was credited."""


class CreditTooLarge(Invalid):
    """Only {owed_cents} of this invoice can be credited."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is owed on a day, part by part."""

    costs_owed_cents: int
    costs_cents: int
    interest_cents: int
    principal_cents: int

    @property
    def total_cents(self) -> int:
        """All of it."""
        return self.costs_cents + self.interest_cents + self.principal_cents

    @classmethod
    def of(cls, owed: Statement) -> "Standing":
        """The open parts of a statement."""
        return cls(
            owed.costs_owed_cents,
            owed.costs_open_cents,
            owed.interest_open_cents,
            owed.principal_open_cents,
        )


def usual_counting(report: CreditorReport) -> Counting:
    """How it counts if nobody says otherwise."""
    choices = _choices(report)
    if report.kind is ReportKind.DIRECT_PAYMENT:
        case = get_case_by_id(report.case_id)
        wish = recognise(report.words or "", _cents(report), _owed_before(case, report))
        return Counting.PRINCIPAL_FIRST if wish.principal_first else Counting.LAW
    return choices[0]


def accept_report(
    public_id: str, counting: Counting | None, answer: str, invoice_number: str = ""
) -> Standing:
    """Book what the creditor reports and answer him; what waited for it goes on.

    Raises:
        AlreadyAnswered, NotBookable, CountingMissing, CreditedClaimMissing, CreditTooLarge,
        ReportAnswerMissing; NothingOwed, CaseTakesNoMoney, CaseNotComputable.
    """
    report = get_report(public_id)
    case = lock_case(report.case_id)
    report = get_report(public_id)
    if report.answered_at is not None:
        raise AlreadyAnswered
    if counting not in _choices(report):
        raise CountingMissing
    if report.kind is ReportKind.DIRECT_PAYMENT:
        _book_payment(case, report, counting)
    else:
        _book_credit(case, report, counting, _credited(case, invoice_number))
    standing = Standing.of(statement(case.id))
    answer_report(public_id, answer)
    return standing


def is_booked(report: CreditorReport) -> bool:
    """Whether a booking of this report stands."""
    return _payment_of(report) is not None or bool(_credits_of(report))


def take_back_report(public_id: str, reason: str) -> CreditorReport:
    """Take the booking of a report back; the answer stays, the creditor sees the account.

    Raises:
        ReportWordsMissing: no reason was given.
        NotBookable: nothing of it stands booked.
    """
    if not reason.strip():
        raise ReportWordsMissing
    case = lock_case(get_report(public_id).case_id)
    report = get_report(public_id)
    payment, credits = _payment_of(report), _credits_of(report)
    if payment is None and not credits:
        raise NotBookable
    if payment is not None:
        reverse_payment(payment.id, reason.strip())
    for journal in credits:
        reverse_journal(journal, reason.strip(), case=case)
    restore_costs(case, reference_of(report))
    reallocate_payments(case, min(claim.invoiced_on for claim in list_claims(case.id)))
    return report


def _payment_of(report: CreditorReport) -> Payment | None:
    query = select(Payment).where(Payment.report_id == report.id, Payment.reversed_at.is_(None))
    return db.session.scalar(query)


def _credits_of(report: CreditorReport) -> list[Journal]:
    return list_standing(
        report.case_id,
        Journal.kind == EntryKind.CREDIT_NOTE.value,
        Journal.reference == reference_of(report),
    )


def _choices(report: CreditorReport) -> tuple[Counting, ...]:
    if report.kind not in COUNTINGS:
        raise NotBookable
    return COUNTINGS[report.kind]


def _book_payment(case: Case, report: CreditorReport, counting: Counting) -> None:
    day, wish = _day(report), Designation()
    if counting is Counting.PRINCIPAL_FIRST:
        named = recognise(report.words or "", _cents(report), _owed_before(case, report))
        wish = Designation(named.claim_ids, principal_first=True)
    today = clock.today()
    book_payment(
        case,
        Money(
            _cents(report), case.currency, day, today, None, reference_of(report), wish,
            report_id=report.id,
        ),
    )  # fmt: skip
    if day <= case.ordered_on:
        # What was paid before the order bore no fee of ours.
        costs_follow(case, reference_of(report))
        reallocate_payments(case, day)


def _book_credit(case: Case, report: CreditorReport, counting: Counting, claim: Claim) -> None:
    cents, never_owed = _cents(report), counting is Counting.NEVER_OWED
    owed = owed_principal(case)[claim.id]
    if cents > owed:
        raise CreditTooLarge(owed_cents=owed)
    day = claim.invoiced_on if never_owed else max(_day(report), claim.invoiced_on)
    share = Share(claim.id, Component.PRINCIPAL, cents)
    reference = reference_of(report)
    post_correction(case, EntryKind.CREDIT_NOTE, [share], day, reference=reference)
    timeline.record(case, "claim.reduced", invoice_number=claim.invoice_number, amount_cents=cents)
    if never_owed:
        costs_follow(case, reference)
    # What was paid on it is set free for what is still owed, or goes back to the debtor.
    reallocate_payments(case, day)


def _credited(case: Case, invoice_number: str) -> Claim:
    claims = list_claims(case.id)
    wanted = [c for c in claims if len(claims) == 1 or c.invoice_number == invoice_number]
    if len(wanted) != 1:
        raise CreditedClaimMissing
    return wanted[0]


def reference_of(report: CreditorReport) -> str:
    """What the bookings of a report are found by."""
    return f"report:{report.public_id}"


def _owed_before(case: Case, report: CreditorReport) -> Statement:
    first = min(claim.invoiced_on for claim in list_claims(case.id))
    return owed_on(case, max(_day(report), first))


def _cents(report: CreditorReport) -> int:
    if report.amount_cents is None:
        raise NotBookable
    return report.amount_cents


def _day(report: CreditorReport) -> date:
    if report.happened_on is None:
        raise NotBookable
    return report.happened_on
