"""When a claim's debtor came into default, from what the creditor declared."""

from datetime import date

from cases.claims.models import Claim, DueBasis, Purpose
from legal.calendar import roll_forward
from legal.default import Default, DueFacts
from legal.interest import InterestRule, RateKind
from legal.jurisdiction import Jurisdiction


def default_of(
    claim: Claim, law: Jurisdiction, place: str, reminded_on: date | None = None
) -> Default | None:
    """The first day of default, or None: then no interest runs and no costs are owed.

    `reminded_on` is the receipt of a reminder that the claim itself does not know of.
    `place` is where the debtor lives or trades: a payment day that is a holiday there moves to
    the next working day. In Germany: BGB §§ 193, 269, 270(4), 286.
    """
    due_on = claim.due_on or claim.invoiced_on
    facts = DueFacts(
        due_on=due_on,
        agreed_in_contract=claim.due_basis is DueBasis.CONTRACT and claim.due_on is not None,
        consumer=claim.purpose is Purpose.CONSUMER,
        reminder_received_on=reminded_on or claim.reminded_on,
        remuneration=claim.is_remuneration is not False,
        # Receipt of the invoice is not asked, and without it the 30 days cannot be counted.
        invoice_received_on=None,
        consumer_notice=bool(claim.consumer_notice),
    )
    return law.start_of_default(facts, lambda day: roll_forward(day, place))


def interest_rule(claim: Claim) -> InterestRule:
    """The rate of a claim: what was agreed, else the law's for consumer or business."""
    if claim.agreed_rate_percent is not None:
        return InterestRule(RateKind.FIXED, points=claim.agreed_rate_percent)
    if claim.purpose is Purpose.CONSUMER:
        kind = RateKind.CONSUMER
    else:
        kind = RateKind.BUSINESS if claim.is_remuneration else RateKind.BUSINESS_OTHER
    return InterestRule(kind, arose_on=claim.arose_on or claim.invoiced_on)
