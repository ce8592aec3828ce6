"""E-invoices against the published schema and the rules of EN 16931, run by their own processor."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.remittances.contract import VatTreatment
from cases.remittances.einvoice import Invoice, Item, Party, Tax, write_cii
from legal.rounding import round_cents
from tests.factories.einvoices import broken_rules, value

HOUSE = Party(
    "Muster Inkasso GmbH", "Speicherstraße 1", "20457", "Hamburg", "DE", "DE123456788",
    "27/123/45678", "HRB 1000", "abrechnung@muster.example",
)  # fmt: skip
CLIENT = Party("Möbel & Licht <OHG>", "Am Markt 2", "01067", "Dresden", "DE", "DE111111125")


def make_invoice(fee=71_05, kept=0, treatment=VatTreatment.DOMESTIC, **more):
    percent = Decimal(19 if treatment is VatTreatment.DOMESTIC else 0)
    items = [
        Item(name, cents, treatment, percent)
        for name, cents in (("Erfolgsvergütung", fee), ("Inkassokosten", kept))
        if cents
    ]
    vat = round_cents((fee + kept) * percent / 100)
    reason = None if treatment is VatTreatment.DOMESTIC else "Kein Ausweis von Umsatzsteuer"
    invoice = Invoice(
        "R-2026-000001", date(2026, 11, 30), date(2026, 11, 27), "EUR", HOUSE, CLIENT, items,
        [Tax(treatment, percent, fee + kept, vat, reason)], fee + kept + vat,
        "Mit Ihrem Guthaben verrechnet.", "Abrechnung A-2026-000001",
    )  # fmt: skip
    return replace(invoice, **more)


@pytest.mark.parametrize(
    "invoice",
    [
        make_invoice(),
        make_invoice(fee=516_13, kept=71_05),
        make_invoice(fee=50_00, kept=-20_00),
        make_invoice(fee=-71_05),
        make_invoice(treatment=VatTreatment.EU_BUSINESS),
        make_invoice(treatment=VatTreatment.THIRD_COUNTRY),
        make_invoice(set_off_cents=0),
    ],
    ids=[
        "fee",
        "fee-and-costs",
        "part-goes-back",
        "correction",
        "reverse",
        "third",
        "nothing-paid",
    ],
)
def test_every_kind_of_invoice_keeps_the_rules(invoice):
    assert broken_rules(write_cii(invoice)) == []


def test_the_published_settlement_is_invoiced_to_the_cent():
    xml = write_cii(make_invoice())
    assert value(xml, "GrandTotalAmount") == "84.55"
    assert value(xml, "TaxTotalAmount") == "13.50"
    assert value(xml, "DuePayableAmount") == "0.00"
    assert write_cii(make_invoice()) == xml


def test_a_correction_states_its_amounts_positively():
    xml = write_cii(make_invoice(fee=-71_05))
    assert value(xml, "TypeCode") == "381"
    assert value(xml, "GrandTotalAmount") == "84.55"


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        (b"<ram:GrandTotalAmount>84.55", b"<ram:GrandTotalAmount>84.56", "BR-CO-15"),
        (b"<ram:DuePayableAmount>0.00", b"<ram:DuePayableAmount>0.01", "BR-CO-16"),
        (b"<ram:CalculatedAmount>13.50", b"<ram:CalculatedAmount>15.50", "BR-CO-14"),
    ],
)
def test_the_rules_find_a_spoilt_invoice(right, wrong, rule):
    xml = write_cii(make_invoice())
    assert right in xml
    assert any(rule in found for found in broken_rules(xml.replace(right, wrong)))


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 10**9), st.integers(0, 10**7), st.sampled_from(VatTreatment))
def test_any_sums_keep_the_rules(fee, kept, treatment):
    assert broken_rules(write_cii(make_invoice(fee, kept, treatment))) == []
