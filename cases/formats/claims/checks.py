"""Plausibility of one row: what a person should look at before a claim is made of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from cases.formats.cells import INVISIBLE, clean_text, shown
from cases.formats.claims.claim_row import ClaimRow, Party
from cases.formats.claims.conventions import Conventions
from cases.formats.claims.document_types import DocumentType, type_of
from cases.formats.claims.law_outlook import (
    first_day_far_from_limitation,
    first_day_of_rates,
    last_day_assumed,
)
from cases.formats.claims.lists.fields import FURTHER, REMINDERS
from cases.formats.claims.postcodes import postcode_problem
from cases.formats.claims.status_words import InvoiceStatus, answer_of, status_of
from cases.formats.countries import POSTCODE_DIGITS
from cases.formats.dates import is_plausible
from cases.formats.identifiers import (
    is_email,
    is_iban,
    is_leitweg_id,
    is_register_number,
    is_vat_id,
)
from legal.findings import N_, Finding, Severity

#: Above one million euro an amount is possible, and worth a second look.
UNUSUAL_CENTS = 1_000_000_00
#: Findings that are questions: the creditor has to answer before a claim is handed over.
QUESTIONS = frozenset(
    {"due_on_missing", "invoiced_on_missing", "address_missing", "status_unknown", "type_unknown"}
)
#: Findings of rows that are no claim at all: left out, and counted.
NO_CLAIM = frozenset(
    {"status_paid", "status_cancelled", "status_draft", "status_credited", "type_no_claim"}
)

MESSAGES = {
    "amount_missing": N_("The amount is missing. Please say how much is still open."),
    "amount_zero": N_("Nothing is open in this row. Skip it, or correct the amount."),
    "credit_note": N_(
        "The amount is negative: this is a credit note or a payment, not a claim. Skip the row, or "
        "set it off against the invoice it belongs to."
    ),
    "amount_unusual": N_("The amount is unusually high. Please confirm it."),
    "amounts_disagree": N_("Total less payments is not what is said to be open. Please check."),
    "open_exceeds_total": N_("More is open than was invoiced. Please check both amounts."),
    "due_on_missing": N_("The due date is missing. Please say when the invoice was due."),
    "invoiced_on_missing": N_("The invoice date is missing. Please add it."),
    "due_before_invoice": N_("The due date lies before the invoice date. Please check both."),
    "reminded_before_invoice": N_(
        "The reminder lies before the invoice. It does not count; without a later one interest and "
        "costs are owed from the reminder that we send."
    ),
    "name_missing": N_("The debtor's name is missing. Without it nobody can be written to."),
    "interest_unknown": N_(
        "Due before {first_day}, the first day whose base rate is known: interest on this claim "
        "cannot be computed. Please leave it out."
    ),
    "due_in_future": N_("Not due yet: the claim can be handed in from {day} on."),
    "invoiced_in_future": N_("The invoice date lies in the future. Please correct it."),
    "currency_unknown": N_("“{value}” is not a currency. Please give its three letters."),
    "letters_lost": N_(
        "Letters of “{value}” were lost when the list was saved. Please write it as it is spelled."
    ),
    "currency_contradicts": N_(
        "The amounts of this row name another currency than the row, or two of them. Please say "
        "which one is right."
    ),
    "name_of_several": N_(
        "This seems to name more than one person. Each of them should stand in columns of his own, "
        "so that each gets letters of his own."
    ),
    "name_with_address": N_(
        "The name “{value}” seems to hold an address. Please write the name alone, and street, "
        "postcode and city in their fields."
    ),
    "name_is_none": N_(
        "“{value}” is no name. Please write who owes the claim: a person with first and last name, "
        "or a company with its legal form."
    ),
    "number_shortened": N_(
        "“{value}” is how a spreadsheet shortens a long number. Please write the invoice number in "
        "full, or format its column as text and save the file again."
    ),
    "country_unknown": N_("The country “{value}” is not known. Please give its two letters."),
    "address_missing": N_("The address is incomplete: {parts} missing. Please add it."),
    "address_po_box": N_(
        "The address is only a PO box. Court papers cannot be served there; please give the "
        "street and number if you know them."
    ),
    "limitation_near": N_(
        "Limitation is near: the last day is {last_day_on}, if the regular period of three years "
        "applies and nothing suspended it (§§ 195, 199 BGB). Please hand the claim over soon."
    ),
    "limitation_over": N_(
        "The limitation period has run out: the last day was {last_day_on}, if the regular period "
        "of three years applies and nothing suspended it (§§ 195, 199 BGB). The debtor may refuse "
        "to pay. Please tell us what speaks against it."
    ),
    "postcode_invalid": N_(
        "The postcode “{value}” is wrong: in {country} a postcode has {digits} digits."
    ),
    "postcode_unknown": N_(
        "No place in Germany has a postcode like “{value}”. Please check it; letters would come "
        "back."
    ),
    "postcode_elsewhere": N_(
        "The postcode “{value}” does not lie in {city}. Please check both; letters would come back."
    ),
    "postcode_country_unclear": N_(
        "The postcode “{value}” has four digits: did a zero in front get lost, or is the address "
        "in Austria or Switzerland? Please correct it or add the country."
    ),
}


_FURTHER_DAYS = (*REMINDERS, "contract_on")
#: What stands in the street of an address that is no place: a PO box (Postfach).
PO_BOX = r"^\s*(?:postfach|p\.? ?o\.? ?box|case postale|bo[iî]te postale)\b"
_PO_BOX = re.compile(PO_BOX, re.IGNORECASE)
#: Two people in one name: “Eheleute Ali und Fatma Demir”; written for polars too.
SEVERAL = r"^(?:eheleute|ehepaar|familie|fam\.|herr und frau|herrn und frau) | (?:und|u\.|&) "
_SEVERAL = re.compile(SEVERAL, re.IGNORECASE)
#: An address within a name: a postcode with its town, or a street with its number; for polars too.
ADDRESS = (
    r"(?:^|[\s,;|])[0-9]{5} \p{L}{2}"
    r"|\p{L}(?:str\.|straße|strasse|weg|allee|gasse|platz|ring|damm|ufer|chaussee) [0-9]"
    r"|\b(?:straße|strasse|str\.) [0-9]"
)
#: What is no name: a number, an e-mail address; for polars too.
NO_NAME = r"@|^[^\p{L}]*$"
_NO_NAME = re.compile(NO_NAME.replace(r"[^\p{L}]", r"[\W\d_]"))
#: 1,23457E+11: the digits that Excel shows instead of twelve and more; for polars too.
SHORTENED = r"^[0-9][.,]?[0-9]*[eE]\+[0-9]+$"
_SHORTENED = re.compile(SHORTENED)
_ADDRESS = re.compile(ADDRESS.replace(r"\p{L}", r"[^\W\d_]"), re.IGNORECASE)


def check(row: ClaimRow, raw: Mapping[str, str], conventions: Conventions) -> Iterator[Finding]:
    """Everything there is to say about a row whose cells could be read."""
    yield from _check_status(row)
    yield from _check_flags(row, raw)
    yield from _check_type(row)
    yield from _check_amounts(row, raw)
    yield from _check_days(row, raw, conventions.as_of)
    yield from _check_limitation(row, conventions.as_of)
    yield from _check_debtor(row.debtor, raw)
    yield from _check_joint(row.joint)
    yield from _check_identifiers(row)
    if row.currency is None and raw.get("currency", "").strip():
        yield _error("currency_unknown", "currency", value=shown(raw["currency"]))
    for field, cell in raw.items():
        if "\ufffd" in cell:
            yield _error("letters_lost", field, value=shown(cell))
        if INVISIBLE.search(cell) or (not cell.isascii() and clean_text(cell)[1]):
            yield _warning("text_cleaned", field)


def _check_status(row: ClaimRow) -> Iterator[Finding]:
    if not row.status:
        return
    status = status_of(row.status)
    if status is None:
        yield _warning("status_unknown", "status", value=shown(row.status))
    elif status is not InvoiceStatus.OPEN:
        yield _error(f"status_{status.value}", "status", value=shown(row.status))


def _check_flags(row: ClaimRow, raw: Mapping[str, str]) -> Iterator[Finding]:
    """Columns that say by a day or a yes that an invoice was paid or cancelled."""
    settled, cancelled = raw.get("settled", "").strip(), raw.get("cancelled", "").strip()
    if settled and answer_of(settled) is None and status_of(settled) is None:
        yield _warning("status_unknown", "settled", value=shown(settled))
    elif settled and _says(settled, InvoiceStatus.PAID) and not _is_partly_paid(row, raw):
        yield _error("status_paid", "settled", value=shown(settled))
    if cancelled and answer_of(cancelled) is None and status_of(cancelled) is None:
        yield _warning("status_unknown", "cancelled", value=shown(cancelled))
    elif cancelled and _says(cancelled, InvoiceStatus.CANCELLED):
        yield _error("status_cancelled", "cancelled", value=shown(cancelled))


def _says(cell: str, status: InvoiceStatus) -> bool:
    answer = answer_of(cell)
    return status_of(cell) is status if answer is None else answer


def _is_partly_paid(row: ClaimRow, raw: Mapping[str, str]) -> bool:
    """Whether the list itself says that something is left after the day of a payment."""
    said = raw.get("open", "").strip() or raw.get("paid", "").strip()
    return bool(said and row.open_cents and row.open_cents > 0)


def _check_type(row: ClaimRow) -> Iterator[Finding]:
    if not row.document_type:
        return
    kind = type_of(row.document_type)
    if kind is None:
        yield _warning("type_unknown", "document_type", value=shown(row.document_type))
    elif kind is DocumentType.NO_CLAIM:
        yield _error("type_no_claim", "document_type", value=shown(row.document_type))


def _check_amounts(row: ClaimRow, raw: Mapping[str, str]) -> Iterator[Finding]:
    total, paid, left = row.total_cents, row.paid_cents, row.open_cents
    if left is None:
        # An unreadable amount has been reported where it was read.
        if not any(raw.get(field, "").strip() for field in ("open", "total", "debit", "credit")):
            yield _error("amount_missing", "open")
        return
    if left == 0:
        yield _error("amount_zero", "open")
    elif left < 0:
        yield _error("credit_note", "open")
    elif left > UNUSUAL_CENTS:
        yield _warning("amount_unusual", "open")
    if total is not None and paid is not None and total - paid != left:
        yield _warning("amounts_disagree", "open")
    elif total is not None and left > total > 0:
        yield _warning("open_exceeds_total", "open")


def _check_days(row: ClaimRow, raw: Mapping[str, str], as_of: date | None) -> Iterator[Finding]:
    for field in ("invoiced_on", "due_on", *_FURTHER_DAYS):
        day: date | None = getattr(row, field)
        if day is None:
            if field not in _FURTHER_DAYS and not raw.get(field, "").strip():
                yield _warning(f"{field}_missing", field)
        elif not is_plausible(day, as_of):
            yield _error("date_implausible", field, value=day.isoformat())
    if row.invoiced_on and row.due_on and row.due_on < row.invoiced_on:
        yield _warning("due_before_invoice", "due_on")
    if row.reminded_on and row.invoiced_on and row.reminded_on < row.invoiced_on:
        yield _warning("reminded_before_invoice", "reminded_on")
    first_day, due_on = first_day_of_rates(), row.due_on or row.invoiced_on
    if due_on and is_plausible(due_on, as_of) and due_on + timedelta(days=1) < first_day:
        yield _error("interest_unknown", "due_on", first_day=first_day.isoformat())
    if as_of and row.invoiced_on and row.invoiced_on > as_of:
        yield _error("invoiced_in_future", "invoiced_on")
    if as_of and row.due_on and row.due_on >= as_of and is_plausible(row.due_on, as_of):
        first = row.due_on + timedelta(days=1)
        yield _error("due_in_future", "due_on", day=first.isoformat())


def _check_limitation(row: ClaimRow, as_of: date | None) -> Iterator[Finding]:
    arose_on = row.due_on or row.invoiced_on
    if as_of is None or arose_on is None or not is_plausible(arose_on, as_of):
        return
    if arose_on >= first_day_far_from_limitation(as_of):
        return
    last_day = last_day_assumed(arose_on)
    code = "limitation_over" if last_day < as_of else "limitation_near"
    yield _warning(code, "due_on", last_day_on=last_day.isoformat())


def _check_debtor(debtor: Party, raw: Mapping[str, str]) -> Iterator[Finding]:
    if debtor.name is None:
        yield _error("name_missing", "name")
    elif _NO_NAME.search(debtor.name):
        yield _error("name_is_none", "name", value=shown(debtor.name))
    parts = [part for part in ("street", "postcode", "city") if getattr(debtor, part) is None]
    if parts:
        yield _warning("address_missing", parts[0], parts=", ".join(parts))
    if raw.get("country", "").strip() and debtor.country is None:
        yield _warning("country_unknown", "country", value=shown(raw["country"]))
    if debtor.street and not debtor.address_extra and _PO_BOX.search(debtor.street):
        yield _warning("address_po_box", "street")
    if debtor.name and debtor.kind is None and _SEVERAL.search(debtor.name):
        yield _warning("name_of_several", "name")
    if debtor.name and debtor.kind is None and _ADDRESS.search(debtor.name):
        yield _error("name_with_address", "name", value=shown(debtor.name))
    if debtor.postcode:
        yield from _check_postcode(debtor.postcode, debtor.country)
        if problem := postcode_problem(debtor.postcode, debtor.city, debtor.country):
            params = {"value": shown(debtor.postcode), "city": shown(debtor.city or "")}
            yield _warning(problem, "postcode", **params)


def _check_joint(joint: Sequence[Party]) -> Iterator[Finding]:
    """The same of each joint debtor, at his own columns."""
    for place, party in zip(FURTHER, joint, strict=False):
        for each in _check_debtor(party, {}):
            yield replace(each, field=f"{place}_{each.field}")


def _check_postcode(postcode: str, country: str | None) -> Iterator[Finding]:
    digits = POSTCODE_DIGITS.get(country or "DE")
    plain = postcode.isascii() and postcode.isdigit()
    if digits is None or (plain and len(postcode) == digits):
        return
    if country is None and plain and len(postcode) == POSTCODE_DIGITS["AT"]:
        yield _warning("postcode_country_unclear", "postcode", value=postcode)
        return
    where = country or "DE"
    yield _error(
        "postcode_invalid", "postcode", value=shown(postcode), country=where, digits=digits
    )


def _check_identifiers(row: ClaimRow) -> Iterator[Finding]:
    debtor = row.debtor
    if row.invoice_number and _SHORTENED.match(row.invoice_number):
        yield _error("number_shortened", "invoice_number", value=shown(row.invoice_number))
    if row.iban and not is_iban(row.iban):
        yield _error("iban_invalid", "iban", value=shown(row.iban))
    if debtor.email and not is_email(debtor.email):
        yield _warning("email_invalid", "email", value=shown(debtor.email))
    if debtor.vat_id and not is_vat_id(debtor.vat_id):
        yield _warning("vat_id_invalid", "vat_id", value=shown(debtor.vat_id))
    if debtor.register_number and not is_register_number(debtor.register_number):
        yield _warning("register_number_invalid", "register_number", value=debtor.register_number)
    if debtor.leitweg_id and not is_leitweg_id(debtor.leitweg_id):
        yield _warning("leitweg_id_invalid", "leitweg_id", value=debtor.leitweg_id)


def _error(code: str, field: str, **params: str | int) -> Finding:
    return Finding(code, Severity.ERROR, field, params=params)


def _warning(code: str, field: str, **params: str | int) -> Finding:
    return Finding(code, Severity.WARNING, field, params=params)
