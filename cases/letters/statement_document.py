"""The statement in the form courts accept (Forderungsaufstellung): as CSV and as PDF."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from sqlalchemy import select

from cases.claims.queries import get_case_by_id, list_claims, list_debtors
from cases.core import audit, clock
from cases.core.database import db
from cases.costs.words import explain, steps_from_json
from cases.formats.currencies import minor_digits
from cases.ledger.models import Entry, EntryKind
from cases.ledger.queries import statement
from cases.ledger.statement import Row, Statement
from cases.ledger.words import ENTRIES
from cases.letters.demand_content import house_line
from cases.letters.money_words import money
from cases.letters.pdf import render_pdf
from cases.letters.rendering import render_html
from cases.parties.queries import get_agency, get_creditor
from legal.allocation import Component

TEMPLATE = "statement"
#: A statement whose bookings need no other words.
NOTHING: Mapping[str, str] = MappingProxyType({})
COLUMNS = {
    "de": (
        "Tag", "Vorgang", "Kosten (unverzinslich)", "Kosten (verzinslich)", "Zinsen",
        "Hauptforderung", "Zahlung", "Saldo",
    ),
    "en": (
        "Day", "Entry", "Costs (not bearing interest)", "Costs (bearing interest)", "Interest",
        "Principal", "Payment", "Balance",
    ),
}  # fmt: skip
CURRENCY = {"de": "Währung", "en": "Currency"}
KIND_WORDS = {
    "de": {
        EntryKind.PRINCIPAL: "Hauptforderung",
        EntryKind.INTEREST_ARREARS: "Zinsrückstand",
        EntryKind.COLLECTION_FEE: "Inkassovergütung",
        EntryKind.OUTLAYS: "Auslagen",
        EntryKind.REMINDER_COSTS: "Mahnkosten",
        EntryKind.LUMP_SUM: "Verzugspauschale",
        EntryKind.VAT: "Umsatzsteuer",
        EntryKind.SETTLEMENT_FEE: "Einigungsgebühr",
        EntryKind.COURT_COSTS: "Verfahrenskosten",
        EntryKind.ENFORCEMENT_COSTS: "Vollstreckungskosten",
        EntryKind.PAYMENT: "Zahlung",
        EntryKind.DIRECT_PAYMENT: "Zahlung an den Gläubiger",
        EntryKind.CREDIT_NOTE: "Gutschrift",
        EntryKind.WAIVER: "Verzicht",
        EntryKind.PAID_IN_TIME: "Erlass nach Zahlung in der Frist",
        EntryKind.WRITE_OFF: "Ausbuchung",
        EntryKind.SETTLEMENT: "Erlass durch Vergleich",
        EntryKind.REVERSAL: "Storno",
    },
    "en": {kind: ENTRIES[kind] for kind in EntryKind},
}
#: What a payment went to, beside the invoice number.
SPREAD_WORDS = {
    "de": {
        Component.COSTS: "Kosten",
        Component.INTEREST: "Zinsen",
        Component.PRINCIPAL: "Hauptforderung",
    },
    "en": {each: each.value.capitalize() for each in Component},
}
INTEREST_WORDS = {
    "de": "Zinsen {rate} % auf {base} vom {first} bis {last} ({days} Tage)",
    "en": "Interest {rate} % on {base} from {first} to {last} ({days} days)",
}


def statement_csv(
    owed: Statement,
    invoices: Mapping[int, str],
    language: str = "de",
    currency: str = "EUR",
    spoken: Mapping[str, str] = NOTHING,
) -> bytes:
    """The rows and the summary as CSV: semicolons, decimal comma, UTF-8 with byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    # A column of amounts without its currency would be read as euro.
    writer.writerow([*COLUMNS[language], CURRENCY[language]])
    for row in owed.rows:
        writer.writerow([
            f"{row.day:%d.%m.%Y}", safe(describe(row, invoices, language, currency, spoken)),
            *(amount(cents, currency) for cents in _columns(row)), currency,
        ])  # fmt: skip
    for words, cents in _summary(owed, language):
        writer.writerow(["", words, "", "", "", "", "", amount(cents, currency), currency])
    return ("\ufeff" + out.getvalue()).encode()


def statement_pdf(case_id: int, day: date, language: str = "de") -> bytes:
    """The statement as a document with the house's letterhead."""
    case = get_case_by_id(case_id)
    owed = statement(case_id, day)
    invoices, spoken = invoices_of(case_id), spoken_words(case_id, language)
    agency, creditor = get_agency(), get_creditor(case.creditor_id)
    html = render_html(TEMPLATE, {
        "language": language,
        "agency": {name: getattr(agency, name) for name in _AGENCY},
        "company_line": house_line(agency, language),
        "case_number": case.number,
        "currency": case.currency,
        "dispatched_on": clock.today().isoformat(),
        "as_of": day.isoformat(),
        "creditor": creditor.name,
        "debtors": [found.debtor.full_name for found in list_debtors(case_id)],
        "columns": COLUMNS[language],
        "rows": [
            {
                "day": row.day.isoformat(),
                "words": describe(row, invoices, language, case.currency, spoken),
                "cells": _columns(row),
            }
            for row in owed.rows
        ],
        "summary": _summary(owed, language),
        "per_day_cents": str(owed.per_day_cents),
    })  # fmt: skip
    audit.record("statement.printed", "case", case.id, creditor_id=case.creditor_id, as_of=day)
    return render_pdf(html, "statement.css")


def invoices_of(case_id: int) -> dict[int, str]:
    """The invoice number of each claim of a case."""
    return {claim.id: claim.invoice_number for claim in list_claims(case_id)}


def spoken_words(case_id: int, language: str) -> dict[str, str]:
    """What bookings say in German, for a reader of another language: from their computation."""
    if language == "de":
        return {}
    query = select(Entry.words, Entry.computation).where(
        Entry.case_id == case_id, Entry.words.is_not(None), Entry.computation.is_not(None)
    )
    return {
        words: explain(steps_from_json(steps or []), language)
        for words, steps in db.session.execute(query)
        if words
    }


def describe(
    row: Row,
    invoices: Mapping[int, str],
    language: str,
    currency: str = "EUR",
    spoken: Mapping[str, str] = NOTHING,
) -> str:
    """What happened, in one line."""
    invoice = invoices.get(row.claim_id or 0)
    period = row.period
    if period is not None:
        words = INTEREST_WORDS[language].format(
            rate=_number(period.rate_percent, language),
            base=money(row.base_cents, currency, language),
            first=_day(period.first_day, language),
            last=_day(period.last_day, language),
            days=period.days,
        )
    else:
        words = KIND_WORDS[language][EntryKind(row.kind)]
    said = spoken.get(row.words, row.words) if row.words else None
    parts = [words, invoice, said, _spread(row, invoices, language, currency)]
    return ", ".join(part for part in parts if part)


def _spread(row: Row, invoices: Mapping[int, str], language: str, currency: str) -> str:
    """How a payment was spread: costs, interest and principal, claim by claim."""
    names = SPREAD_WORDS[language]
    sums: dict[str, int] = {}
    for share in row.spread:
        invoice = invoices.get(share.claim_id or 0)
        name = f"{names[share.component]} {invoice}" if invoice else names[share.component]
        sums[name] = sums.get(name, 0) + share.cents
    return "; ".join(
        f"{name} {amount(cents, currency, language)}" for name, cents in sums.items() if cents
    )


def _number(value: Decimal, language: str) -> str:
    return str(value).replace(".", ",") if language == "de" else str(value)


def _day(day: date, language: str) -> str:
    return f"{day:%d.%m.%Y}" if language == "de" else f"{day.day} {day:%b %Y}"


def amount(cents: int, currency: str = "EUR", language: str = "de") -> str:
    """1234,50; nothing for zero."""
    if not cents:
        return ""
    return _number(Decimal(cents).scaleb(-minor_digits(currency)), language)


def safe(text: str) -> str:
    """What a spreadsheet must not take for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text


def _columns(row: Row) -> list[int]:
    return [
        row.costs_cents, row.costs_bearing_cents, row.interest_cents, row.principal_cents,
        row.payment_cents, row.balance_cents,
    ]  # fmt: skip


def _summary(owed: Statement, language: str) -> list[tuple[str, int]]:
    names: Iterable[str] = (
        ("Geschuldet", "Gezahlt", "Offen") if language == "de" else ("Owed", "Paid", "Open")
    )
    return list(zip(names, (owed.owed_cents, owed.paid_cents, owed.open_cents), strict=True))


_AGENCY = (
    "name", "street", "postcode", "city", "email", "register_entry", "vat_id", "trust_iban",
)  # fmt: skip
