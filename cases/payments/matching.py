"""Which case a payment belongs to: proposals with a reason, never more certain than they are.

Certain is only an exact reference of ours to exactly one open account in the payment's own
currency. An invoice number, a known account or the payer's name are candidates for a
person to accept. A return, a reversal or a debit is never matched by itself, because the
reference in it is that of the payment which it undoes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from cases.claims.references import (
    case_number_of_iso11649,
    case_number_of_qrr,
    parse_case_numbers,
)
from cases.formats.bank.statement import BankEntry, EntryDetail
from cases.formats.invoice_fold import fold_invoice

SHORTEST_INVOICE_NUMBER = 4
WORD = re.compile(r"[A-Z0-9ÄÖÜ](?:[A-Z0-9ÄÖÜ]|[-/._](?=[A-Z0-9ÄÖÜ]))*")


class Certainty(StrEnum):
    """Whether a proposal may be booked without a person."""

    CERTAIN = "certain"
    CANDIDATE = "candidate"


class Reason(StrEnum):
    """Why a case is proposed."""

    STRUCTURED_REFERENCE = "structured_reference"
    END_TO_END = "end_to_end"
    PURPOSE = "purpose"
    INVOICE_AND_AMOUNT = "invoice_and_amount"
    INVOICE_NAMED = "invoice_named"  # Whatever the amount.
    PAYER_NAME_AND_AMOUNT = "payer_name_and_amount"
    PAYER_NAME = "payer_name"
    KNOWN_ACCOUNT = "known_account"
    SEVERAL_REFERENCES = "several_references"  # Exact, but more than one case is named.
    RETURN_OR_REVERSAL = "return_or_reversal"  # Exact, but the money went the other way.
    OTHER_CURRENCY = "other_currency"  # Exact, but the case is kept in another currency.


#: Of the reasons that are no reference of ours, the more telling ones first.
RANK = (
    Reason.INVOICE_AND_AMOUNT, Reason.INVOICE_NAMED, Reason.KNOWN_ACCOUNT,
    Reason.PAYER_NAME_AND_AMOUNT, Reason.PAYER_NAME,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What matching needs to know of a case."""

    case_number: str
    currency: str
    open_cents: int


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """What matching needs to know of a claim."""

    case_number: str
    invoice_number: str
    currency: str
    open_cents: int


class Lookups(Protocol):
    """What matching asks; a query answers from the database, a test from a dict."""

    def find_case(self, case_number: str) -> CaseFacts | None:
        """The case of this number."""

    def list_invoices(self, words: Sequence[str]) -> Iterable[InvoiceFacts]:
        """The claims whose invoice number, folded by `fold_invoice`, is one of these words."""

    def list_cases_paid_from(self, iban: str) -> Iterable[CaseFacts]:
        """The cases that were paid from this account before."""


@dataclass(frozen=True, slots=True)
class MatchProposal:
    """A case that a payment may belong to, and why."""

    case_number: str
    reason: Reason
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment to be matched: an entry, or one detail of a batch."""

    amount_cents: int
    currency: str
    structured: tuple[str, ...] = ()
    end_to_end: str = ""
    purpose: str = ""
    iban: str = ""
    undoes: bool = False  # A return, a reversal or a debit.


def payments_of(entry: BankEntry) -> tuple[Payment, ...]:
    """The payments of an entry: its details where their amounts make up the entry, else itself."""
    details = entry.details
    amounts = [each.amount_cents for each in details]
    if len(details) < 2 or None in amounts or sum(filter(None, amounts)) != entry.amount_cents:  # noqa: PLR2004
        return (_payment(entry, entry, details),)
    return tuple(_payment(each, entry, ()) for each in details)


def _payment(
    part: BankEntry | EntryDetail,
    entry: BankEntry,
    below: Sequence[EntryDetail],
) -> Payment:
    amount = part.amount_cents or 0
    purpose = [
        part.purpose,
        *(each.purpose for each in below if each.purpose != part.purpose),
        part.references.customer or "",
    ]
    structured = part.references.structured_all or tuple(filter(None, [part.references.structured]))
    return Payment(
        amount_cents=amount,
        currency=part.currency,
        structured=structured,
        end_to_end=part.references.end_to_end or "",
        purpose="\n".join(filter(None, purpose)),
        iban=part.counterparty.iban or "",
        undoes=entry.is_return
        or entry.is_reversal
        or amount <= 0
        or part.return_reason is not None,
    )


def propose_matches(payment: Payment, lookups: Lookups) -> list[MatchProposal]:
    """The cases that this payment may belong to, the best first; empty means suspense.

    At most one proposal is certain, and then it is the only one.
    """
    named = {facts.case_number: (reason, facts) for reason, facts in _named(payment, lookups)}
    fitting = {
        number: found for number, found in named.items() if found[1].currency == payment.currency
    }
    if len(named) == 1 and fitting and not payment.undoes:
        ((number, (reason, _)),) = fitting.items()
        return [MatchProposal(number, reason, Certainty.CERTAIN)]
    if named:
        return [
            MatchProposal(number, _doubt(payment, number in fitting), Certainty.CANDIDATE)
            for number in named
        ]
    if payment.undoes:
        return []
    found: dict[str, MatchProposal] = {}
    for each in [*_by_invoice(payment, lookups), *_by_account(payment, lookups)]:
        best = found.get(each.case_number)
        if best is None or RANK.index(each.reason) < RANK.index(best.reason):
            found[each.case_number] = each
    return sorted(found.values(), key=lambda each: (RANK.index(each.reason), each.case_number))


def _doubt(payment: Payment, same_currency: bool) -> Reason:
    if payment.undoes:
        return Reason.RETURN_OR_REVERSAL
    return Reason.SEVERAL_REFERENCES if same_currency else Reason.OTHER_CURRENCY


def _named(payment: Payment, lookups: Lookups) -> Iterator[tuple[Reason, CaseFacts]]:
    """The cases that the payment names exactly, the least telling place first."""
    places = (
        (Reason.PURPOSE, parse_case_numbers(payment.purpose)),
        (Reason.END_TO_END, parse_case_numbers(payment.end_to_end)),
        (
            Reason.STRUCTURED_REFERENCE,
            [number for each in payment.structured for number in _numbers_of_reference(each)],
        ),
    )
    for reason, numbers in places:
        for number in numbers:
            facts = lookups.find_case(number)
            if facts is not None:
                yield reason, facts


def _numbers_of_reference(reference: str) -> list[str]:
    found = case_number_of_iso11649(reference) or case_number_of_qrr(reference)
    return [found] if found else parse_case_numbers(reference)


def _by_invoice(payment: Payment, lookups: Lookups) -> Iterator[MatchProposal]:
    """An invoice number of ours in the purpose; the amount only ranks."""
    words = invoice_words(f"{payment.purpose}\n{payment.end_to_end}")
    for each in lookups.list_invoices(words) if words else ():
        if each.currency == payment.currency:
            fits = each.open_cents == payment.amount_cents
            reason = Reason.INVOICE_AND_AMOUNT if fits else Reason.INVOICE_NAMED
            yield MatchProposal(each.case_number, reason, Certainty.CANDIDATE)


def _by_account(payment: Payment, lookups: Lookups) -> Iterator[MatchProposal]:
    """A payer's account that has paid a case before."""
    for each in lookups.list_cases_paid_from(payment.iban) if payment.iban else ():
        if each.currency == payment.currency:
            yield MatchProposal(each.case_number, Reason.KNOWN_ACCOUNT, Certainty.CANDIDATE)


def invoice_words(text: str) -> list[str]:
    """The words of a purpose that could be invoice numbers, folded; each once."""
    words = (fold_invoice(match[0]) for match in WORD.finditer(text.upper()))
    wanted = (
        word
        for word in words
        if len(word) >= SHORTEST_INVOICE_NUMBER and any(each.isdigit() for each in word)
    )
    return list(dict.fromkeys(wanted))
