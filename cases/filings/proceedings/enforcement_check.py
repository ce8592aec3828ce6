"""May the enforcement order be applied for, and which payments must the application list?

Law: ZPO §§ 699(1), 701; GKG § 12(3). What the bank and the creditor know must be known to us first.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, select

from cases.core.database import db
from cases.filings.applications.case_facts import CaseFacts
from cases.ledger.models import EntryKind
from cases.payments.models import BankEntry, BankImport, EntryState
from legal.calendar import roll_back
from legal.de.court.proceeding.enforcement_order import MESSAGES as LAW_MESSAGES
from legal.de.court.proceeding.enforcement_order import list_obstacles
from legal.findings import N_, Finding, Severity
from legal.proceeding import CourtEventKind, Proceeding

MESSAGES = {
    **LAW_MESSAGES,
    "bank_days_missing": N_("Bank statements are imported until {day} only."),
    "bank_never_imported": N_("No bank statement has been imported yet."),
    "suspense_candidate": N_("{count} unmatched payments may belong to this case."),
    "direct_payments_unasked": N_("The creditor has not been asked for direct payments lately."),
}
REMEDIES = {
    "not_served": N_("Wait for the court's service note, or record it by hand."),
    "too_early": N_("Wait until that day."),
    "too_late": N_("Only a new application, or an action, is possible."),
    "court_fee_unpaid": N_("Pay the court and record the payment."),
    "latest_day_near": N_("File now."),
    "bank_days_missing": N_("Import the bank statements up to yesterday."),
    "bank_never_imported": N_("Import the bank statements up to yesterday."),
    "suspense_candidate": N_("Clear the unmatched payments first."),
    "direct_payments_unasked": N_("Ask the creditor and record the answer."),
}
#: How long an answer of the creditor about direct payments counts; our choice.
ANSWER_DAYS = 14
_SETTLING = frozenset({EntryKind.PAYMENT, EntryKind.DIRECT_PAYMENT})


def check_enforcement(facts: CaseFacts, proceeding: Proceeding) -> Iterator[Finding]:
    """Everything that stands against the application today."""
    yield from list_obstacles(proceeding, facts.today)
    yield from _bank(facts)
    if count := count_candidates(facts):
        yield _error("suspense_candidate", "suspense", count=count)
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


def last_bank_day(iban: str) -> date | None:
    """The last day that a statement of this account covers."""
    return db.session.scalar(
        select(func.max(BankImport.last_day)).where(
            BankImport.iban == iban, BankImport.refused_code.is_(None)
        )
    )


def count_candidates(facts: CaseFacts) -> int:
    """Unmatched money that may belong to this case: careful, so rather one too many."""
    waiting = (EntryState.WAITING, EntryState.SUSPENSE, EntryState.FOREIGN)
    rows = db.session.scalars(
        select(BankEntry).where(BankEntry.state.in_(waiting), BankEntry.amount_cents > 0)
    )
    marks = _marks(facts)
    return sum(_speaks_of(row, marks, facts) for row in rows)


def _bank(facts: CaseFacts) -> Iterator[Finding]:
    needed = roll_back(facts.today - timedelta(days=1), facts.agency.place)
    last = last_bank_day(facts.agency.trust_iban)
    if last is None:
        yield _error("bank_never_imported", "bank")
    elif last < needed:
        yield _error("bank_days_missing", "bank", day=last.isoformat())


def _marks(facts: CaseFacts) -> list[str]:
    """Words by which a payer may name the case."""
    found = [facts.case.number, *(claim.invoice_number for claim in facts.claims)]
    found += [debtor.debtor.name for debtor in facts.debtors]
    return [_bare(mark) for mark in found if len(_bare(mark)) > 3]  # noqa: PLR2004 - too short.


def _speaks_of(row: BankEntry, marks: list[str], facts: CaseFacts) -> bool:
    words = (row.purpose, row.counterparty_name, row.end_to_end, row.structured_reference)
    text = _bare(" ".join(word for word in words if word))
    if any(mark in text for mark in marks):
        return True
    return row.amount_cents in {facts.statement.open_cents, facts.statement.principal_open_cents}


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _error(code: str, path: str, **params: str | int) -> Finding:
    return Finding(code, Severity.ERROR, field=path, params=params)
