"""What matching asks, answered from the database for a whole batch of payments at once."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from cases.claims.models import Case
from cases.claims.queries import (
    find_case_by_number,
    list_cases_by_id,
    list_cases_by_number,
    list_claims_by_folded_invoice,
)
from cases.claims.references import parse_case_numbers
from cases.core.database import db
from cases.core.many import one_of
from cases.ledger.queries import open_principals
from cases.payments.matching import CaseFacts, InvoiceFacts, Payment, invoice_words
from cases.payments.models import BankEntry, EntryState
from cases.payments.models import Payment as PaymentRow


class ExactLookups:
    """Knows cases by their number only: what may be booked without a person needs no more."""

    def __init__(self, payments: Iterable[Payment]) -> None:
        numbers = {number for each in payments for number in _numbers(each)}
        self.cases: dict[str, Case | None] = dict.fromkeys(numbers)
        if numbers:
            self.cases.update({case.number: case for case in list_cases_by_number(numbers)})

    def find_case(self, case_number: str) -> CaseFacts | None:
        """The case of this number."""
        if case_number not in self.cases:
            self.cases[case_number] = find_case_by_number(case_number)
        case = self.cases[case_number]
        return None if case is None else _facts(case)

    def list_invoices(self, words: Sequence[str]) -> Iterable[InvoiceFacts]:
        """None: an invoice number is never certain."""
        return ()

    def list_cases_paid_from(self, iban: str) -> Iterable[CaseFacts]:
        """None: neither is an account."""
        return ()


class CandidateLookups(ExactLookups):
    """Knows claims and payers too, for the proposals that a person is shown."""

    def __init__(self, payments: Sequence[Payment]) -> None:
        super().__init__(payments)
        words = {
            word
            for each in payments
            for word in invoice_words(f"{each.purpose}\n{each.end_to_end}")
        }
        self.invoices = _invoices(words) if words else {}
        ibans = {each.iban for each in payments if each.iban}
        self.payers = _payers(ibans) if ibans else {}

    def list_invoices(self, words: Sequence[str]) -> Iterable[InvoiceFacts]:
        """The claims whose folded invoice number is one of these words."""
        return [facts for word in words for facts in self.invoices.get(word, ())]

    def list_cases_paid_from(self, iban: str) -> Iterable[CaseFacts]:
        """The cases that were paid from this account before."""
        return self.payers.get(iban, ())


def _numbers(payment: Payment) -> list[str]:
    return parse_case_numbers("\n".join((payment.purpose, payment.end_to_end, *payment.structured)))


def _facts(case: Case) -> CaseFacts:
    return CaseFacts(case.number, case.currency, case.booked_open_cents)


def _invoices(words: set[str]) -> dict[str, list[InvoiceFacts]]:
    claims = list_claims_by_folded_invoice(words)
    open_cents = open_principals([claim.id for _, claim in claims])
    cases = list_cases_by_id({claim.case_id for _, claim in claims})
    found: dict[str, list[InvoiceFacts]] = {}
    for folded, claim in claims:
        facts = InvoiceFacts(
            cases[claim.case_id].number,
            claim.invoice_number,
            claim.currency,
            open_cents.get(claim.id, 0),
        )
        found.setdefault(folded, []).append(facts)
    return found


def _payers(ibans: set[str]) -> dict[str, list[CaseFacts]]:
    query = (
        select(BankEntry.counterparty_iban, PaymentRow.case_id)
        .join(PaymentRow, PaymentRow.bank_entry_id == BankEntry.id)
        .where(
            one_of(BankEntry.counterparty_iban, ibans),
            BankEntry.state.in_([EntryState.BOOKED, EntryState.ASSIGNED]),
            PaymentRow.reversed_at.is_(None),
        )
        .distinct()
    )
    pairs = [(str(iban), case_id) for iban, case_id in db.session.execute(query)]
    cases = list_cases_by_id({case_id for _, case_id in pairs})
    found: dict[str, list[CaseFacts]] = {}
    for iban, case_id in pairs:
        found.setdefault(iban, []).append(_facts(cases[case_id]))
    return found
