"""Proposals: exact references are certain, everything else is for a person."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.claims.references import iso11649, make_case_number, qrr
from cases.formats.bank.statement import BankEntry, Counterparty, EntryDetail, References
from cases.formats.invoice_fold import fold_invoice
from cases.payments.matching import (
    CaseFacts,
    Certainty,
    InvoiceFacts,
    MatchProposal,
    Payment,
    Reason,
    payments_of,
    propose_matches,
)

OURS = make_case_number(1234, 2026)
OTHER = make_case_number(99, 2025)
SWISS = make_case_number(7, 2026)
DAY = date(2026, 11, 2)


class Books:
    """Three cases, one invoice, one known account."""

    cases: ClassVar = {
        OURS: CaseFacts(OURS, "EUR", 119_00),
        OTHER: CaseFacts(OTHER, "EUR", 50_00),
        SWISS: CaseFacts(SWISS, "CHF", 80_00),
    }
    invoices = (InvoiceFacts(OURS, "RE-2026/0815", "EUR", 119_00),)

    def find_case(self, case_number):
        return self.cases.get(case_number)

    def list_invoices(self, words):
        return [each for each in self.invoices if fold_invoice(each.invoice_number) in words]

    def list_cases_paid_from(self, iban):
        return [self.cases[OTHER]] if iban == "DE02120300000000202051" else []


def propose(**facts):
    return propose_matches(Payment(**{"amount_cents": 119_00, "currency": "EUR", **facts}), Books())


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({"structured": (iso11649(OURS),)}, Reason.STRUCTURED_REFERENCE, id="RF"),
        pytest.param({"structured": (qrr(OURS),)}, Reason.STRUCTURED_REFERENCE, id="QR reference"),
        pytest.param({"end_to_end": OURS}, Reason.END_TO_END, id="end to end"),
        pytest.param({"purpose": f"Rate 1 zu {OURS}"}, Reason.PURPOSE, id="purpose"),
        pytest.param({"purpose": "2026 0001234 6"}, Reason.PURPOSE, id="purpose typed loosely"),
        pytest.param(
            {"purpose": OURS, "structured": (iso11649(OURS),)},
            Reason.STRUCTURED_REFERENCE,
            id="twice the same",
        ),
        pytest.param({"purpose": OURS, "amount_cents": 1}, Reason.PURPOSE, id="a part payment"),
        pytest.param(
            {"purpose": f"{OURS} {make_case_number(4711, 2024)}"},
            Reason.PURPOSE,
            id="the other number is nobody's",
        ),
    ],
)
def test_exact_reference_to_one_case_is_certain(facts, reason):
    assert propose(**facts) == [MatchProposal(OURS, reason, Certainty.CERTAIN)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            {"purpose": f"{OURS} {OTHER}"},
            {OURS: Reason.SEVERAL_REFERENCES, OTHER: Reason.SEVERAL_REFERENCES},
            id="two cases named",
        ),
        pytest.param(
            {"purpose": OTHER, "structured": (iso11649(OURS),)},
            {OURS: Reason.SEVERAL_REFERENCES, OTHER: Reason.SEVERAL_REFERENCES},
            id="reference and purpose disagree",
        ),
        pytest.param({"purpose": SWISS}, {SWISS: Reason.OTHER_CURRENCY}, id="another currency"),
        pytest.param(
            {"purpose": OURS, "undoes": True},
            {OURS: Reason.RETURN_OR_REVERSAL},
            id="a returned payment",
        ),
        pytest.param(
            {"purpose": "Rechnung RE-2026/0815"},
            {OURS: Reason.INVOICE_AND_AMOUNT},
            id="invoice number and amount",
        ),
        pytest.param({"purpose": "re 2026 0815"}, {}, id="an invoice number in pieces"),
        pytest.param(
            {"purpose": "RE20260815"},
            {OURS: Reason.INVOICE_AND_AMOUNT},
            id="invoice number without marks",
        ),
        pytest.param(
            {"purpose": "RE-2026/0815", "amount_cents": 118_99},
            {OURS: Reason.INVOICE_NAMED},
            id="another amount",
        ),
        pytest.param(
            {"purpose": "RE-2026/0815", "currency": "CHF"}, {}, id="invoice in other money"
        ),
        pytest.param(
            {"iban": "DE02120300000000202051"}, {OTHER: Reason.KNOWN_ACCOUNT}, id="a known account"
        ),
        pytest.param(
            {"iban": "DE02120300000000202051", "undoes": True}, {}, id="return, no number"
        ),
        pytest.param({"purpose": "Danke"}, {}, id="nothing to go by"),
        pytest.param({"purpose": make_case_number(5, 2020)}, {}, id="a number of no case"),
    ],
)
def test_everything_else_is_only_a_candidate(facts, expected):
    found = propose(**facts)
    assert {each.case_number: each.reason for each in found} == expected
    assert all(each.certainty is Certainty.CANDIDATE for each in found)


@given(
    st.text(max_size=60),
    st.text(max_size=30),
    st.sampled_from(["EUR", "CHF", "JPY"]),
    st.integers(-(10**6), 10**6),
)
def test_certain_is_at_most_one_and_never_in_another_currency(purpose, end_to_end, currency, cents):
    found = propose(
        purpose=f"{purpose} {SWISS}",
        end_to_end=end_to_end,
        currency=currency,
        amount_cents=cents,
        undoes=cents <= 0,
    )
    certain = [each for each in found if each.certainty is Certainty.CERTAIN]
    assert len(certain) <= 1
    assert not certain or (currency == "CHF" and cents > 0)


ENTRY = BankEntry(DAY, DAY, 169_00, "EUR", purpose=OURS)


def test_batch_is_matched_detail_by_detail():
    details = (EntryDetail(119_00, "EUR", purpose=OURS), EntryDetail(50_00, "EUR", purpose=OTHER))
    found = payments_of(replace(ENTRY, purpose="", details=details))
    assert [(each.amount_cents, each.purpose) for each in found] == [(119_00, OURS), (50_00, OTHER)]


def test_batch_whose_details_do_not_add_up_is_one_payment_with_all_their_words():
    details = (EntryDetail(119_00, "EUR", purpose=OURS), EntryDetail(None, "EUR", purpose=OTHER))
    (payment,) = payments_of(replace(ENTRY, purpose="", details=details))
    assert payment.amount_cents == 169_00
    assert {each.reason for each in propose_matches(payment, Books())} == {
        Reason.SEVERAL_REFERENCES
    }


@pytest.mark.parametrize(
    "change", [{"is_return": True}, {"is_reversal": True}, {"amount_cents": -169_00}]
)
def test_entry_that_undoes_another_is_never_certain(change):
    (payment,) = payments_of(replace(ENTRY, **change))
    assert [each.certainty for each in propose_matches(payment, Books())] == [Certainty.CANDIDATE]


def test_payment_takes_references_and_account_from_its_entry():
    entry = replace(
        ENTRY,
        references=References(end_to_end="E", structured_all=("RF1", "RF2")),
        counterparty=Counterparty("Müller", "DE02120300000000202051"),
    )
    (payment,) = payments_of(entry)
    assert (payment.end_to_end, payment.structured, payment.iban) == (
        "E",
        ("RF1", "RF2"),
        "DE02120300000000202051",
    )
