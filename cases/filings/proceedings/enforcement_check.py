"""May the enforcement order be applied for, and which payments must the application list?

Law: ZPO §§ 699(1), 701; GKG § 12(3). What the bank and the creditor know must be known to us first.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from cases.claims.law import court_of
from cases.filings.applications.case_facts import CaseFacts
from cases.filings.applications.money_check import MESSAGES as MONEY_MESSAGES
from cases.filings.applications.money_check import REMEDIES as MONEY_REMEDIES
from cases.ledger.models import EntryKind
from legal.findings import N_, Finding, Severity
from legal.proceeding import CourtEventKind, Proceeding

MESSAGES = {
    **MONEY_MESSAGES,
    "direct_payments_unasked": N_("The creditor has not been asked for direct payments lately."),
}
REMEDIES = {
    **MONEY_REMEDIES,
    "not_served": N_("Wait for the court's service note, or record it by hand."),
    "too_early": N_("Wait until that day."),
    "too_late": N_("Only a new application, or an action, is possible."),
    "court_fee_unpaid": N_("Pay the court and record the payment."),
    "latest_day_near": N_("File now."),
    "direct_payments_unasked": N_("Ask the creditor and record the answer."),
}
#: How long an answer of the creditor about direct payments counts; our choice.
ANSWER_DAYS = 14
_SETTLING = frozenset({EntryKind.PAYMENT, EntryKind.DIRECT_PAYMENT})


def check_enforcement(facts: CaseFacts, proceeding: Proceeding) -> Iterator[Finding]:
    """Everything that stands against the application today."""
    yield from court_of(facts.case).obstacles_to_enforcement(proceeding, facts.today)
    asked = facts.declarations.get("direct_payments")
    if asked is None or asked.declared_on < facts.today - timedelta(days=ANSWER_DAYS):
        yield _error("direct_payments_unasked", "direct_payments")


def payments_since_order(facts: CaseFacts, proceeding: Proceeding) -> list[tuple[date, int]]:
    """What was paid since the payment order was issued, one line for each payment."""
    issued = proceeding.find(CourtEventKind.ORDER_ISSUED)
    since = issued.on if issued else proceeding.applied_on
    by_id = {posting.id: posting for posting in facts.postings}
    paid: dict[tuple[date, int], int] = {}
    for posting in facts.postings:
        origin = by_id.get(posting.reverses_id or 0, posting)
        if origin.kind in _SETTLING and origin.value_on >= since:
            key = (origin.value_on, origin.journal_id)
            paid[key] = paid.get(key, 0) - posting.signed_cents
    return [(day, cents) for (day, _), cents in sorted(paid.items()) if cents > 0]


def _error(code: str, path: str, **params: str | int) -> Finding:
    return Finding(code, Severity.ERROR, field=path, params=params)
