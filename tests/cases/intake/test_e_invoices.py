"""E-invoices: the same claim from every syntax, and what is not a claim."""

import base64
from datetime import date
from pathlib import Path

import pytest

from cases.formats.claims.reading import read_claims
from legal.findings import Severity

SAMPLES = Path(__file__).parents[2] / "samples" / "einvoice"
AS_OF = date(2026, 11, 23)


def read(name):
    return read_claims((SAMPLES / name).read_bytes(), name, as_of=AS_OF)


@pytest.mark.parametrize(("name", "layout", "profile", "due_on", "open_cents"), [
    ("XRECHNUNG_Einfach.cii.xml", "cii", "XRECHNUNG", None, 52987),
    ("ZUGFeRD1_COMFORT_Einfach.xml", "zugferd-1", "COMFORT", date(2013, 4, 4), 52987),
    ("EN16931_Einfach.pdf", "pdf+cii", "EN 16931", None, 52987),
])  # fmt: skip
def test_one_invoice_in_three_dresses(name, layout, profile, due_on, open_cents):
    claims = read(name)
    assert (claims.kind, claims.format, claims.profile) == ("e-invoice", layout, profile)
    (row,) = claims.rows
    assert (row.invoice_number, row.currency, row.due_on) == ("471102", "EUR", due_on)
    assert (row.total_cents, row.paid_cents, row.open_cents) == (52987, 0, open_cents)
    assert row.creditor.name == "Lieferant GmbH"
    debtor = row.debtor
    assert (debtor.name, debtor.postcode, debtor.city) == ("Kunden AG Mitte", "69876", "Frankfurt")
    asked = "due_on_missing" in {finding.code for finding in row.findings}
    assert asked is (due_on is None)
    assert row.is_usable


def test_the_day_of_a_cash_discount_is_no_day_of_payment():
    text = (SAMPLES / "XRECHNUNG_Einfach.cii.xml").read_text(encoding="utf-8")
    begin, end = (f"<{sign}ram:SpecifiedTradePaymentTerms>" for sign in ("", "/"))
    day = '<udt:DateTimeString format="102">20241125</udt:DateTimeString>'
    discount = "ApplicableTradePaymentDiscountTerms"
    discount = (
        f"<ram:{discount}><ram:CalculationPercent>2</ram:CalculationPercent></ram:{discount}>"
    )
    for terms, due_on in ((discount, None), ("", date(2024, 11, 25))):
        told = f"{begin}<ram:DueDateDateTime>{day}</ram:DueDateDateTime>{terms}{end}"
        data = text[: text.index(begin)] + told + text[text.index(end) + len(end) :]
        (row,) = read_claims(data.encode(), "invoice.xml", as_of=AS_OF).rows
        assert row.due_on == due_on
        assert ("due_on_missing" in {each.code for each in row.findings}) is (due_on is None)


def test_what_is_open_is_the_amount_due_and_not_the_total():
    (row,) = read("04.01a-INVOICE_ubl.xml").rows
    assert (row.total_cents, row.paid_cents, row.open_cents) == (1491884, 1000000, 491884)


def test_credit_note_with_positive_amounts_is_no_claim():
    (row,) = read("ubl-tc434-creditnote1.xml").rows
    found = {finding.code: finding.severity for finding in row.findings}
    assert found["credit_note_alone"] is Severity.ERROR  # It names no invoice: none is made up.
    assert row.open_cents == 10011


UBL = """<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
 <b:ID>R-1</b:ID><b:IssueDate>2026-03-01</b:IssueDate><b:DueDate>2026-03-31</b:DueDate>
 <b:InvoiceTypeCode>380</b:InvoiceTypeCode>{currency}{attachment}
 <a:AccountingSupplierParty><a:Party><a:PartyLegalEntity><b:RegistrationName>Seller</b:RegistrationName>
 </a:PartyLegalEntity></a:Party></a:AccountingSupplierParty>
 <a:AccountingCustomerParty><a:Party><a:PostalAddress><b:StreetName>Weg</b:StreetName>
 <b:CityName>Berlin</b:CityName><b:PostalZone>10115</b:PostalZone></a:PostalAddress>
 <a:PartyName><b:Name>{buyer}</b:Name></a:PartyName></a:Party></a:AccountingCustomerParty>
 <a:LegalMonetaryTotal><b:TaxInclusiveAmount>100</b:TaxInclusiveAmount>
 <b:PayableAmount>{amount}</b:PayableAmount></a:LegalMonetaryTotal></Invoice>"""
EURO = "<b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>"


def ubl(currency=EURO, attachment="", buyer="Max", amount="100"):
    text = UBL.format(currency=currency, attachment=attachment, buyer=buyer, amount=amount)
    return read_claims(text.encode(), "x.xml", as_of=AS_OF)


def codes(claims):
    return {finding.code for row in claims.rows for finding in row.findings}


def test_plain_invoice_lacks_only_the_account():
    assert codes(ubl()) == {"payee_iban_missing"}


@pytest.mark.parametrize(("changes", "code"), [
    ({"buyer": ""}, "name_missing"), ({"currency": ""}, "currency_missing"),
    ({"amount": ""}, "open_derived"), ({"amount": "1e3"}, "amount_unreadable"),
    ({"amount": "-100"}, "credit_note"), ({"amount": "0"}, "amount_zero"),
    ({"amount": "120"}, "amounts_disagree"),
])  # fmt: skip
def test_what_an_invoice_lacks_is_said(changes, code):
    assert code in codes(ubl(**changes))


def test_yen_are_counted_without_decimals():
    claims = ubl(currency="<b:DocumentCurrencyCode>JPY</b:DocumentCurrencyCode>", amount="1500")
    assert claims.rows[0].open_cents == 1500


def test_attachment_is_kept_reported_and_never_named_like_a_path():
    virus = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    attachment = (
        "<a:AdditionalDocumentReference><a:Attachment><b:EmbeddedDocumentBinaryObject"
        f' filename="../../evil.pdf" mimeCode="application/pdf">{base64.b64encode(virus).decode()}'
        "</b:EmbeddedDocumentBinaryObject></a:Attachment></a:AdditionalDocumentReference>"
    )
    claims = ubl(attachment=attachment)
    (kept,) = claims.attachments
    assert (kept.name, kept.content) == ("evil.pdf", virus)
    assert "attachment_suspicious" in codes(claims)


@pytest.mark.parametrize(("xml", "code"), [
    ("<Order/>", "xml_no_invoice"),
    ('<D xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"/>', "file_of_other_kind"),
    ('<n:nachricht.gds.x xmlns:n="http://www.xjustiz.de"/>', "file_of_other_kind"),
    ("<a><b></a>", "xml_malformed"),
    ('<D xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"/>', "content_bank_statement"),
    ('<Invoice xmlns="urn:un:unece:uncefact:data:standard:CBFBUY:5"/>', "xml_prerelease"),
    ('<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a/>', "xml_doctype"),
])  # fmt: skip
def test_other_xml_is_refused_with_its_reason(xml, code):
    claims = read_claims(xml.encode(), "x.xml")
    assert claims.is_refused
    assert [finding.code for finding in claims.findings] == [code]
