"""What intake says to people: findings, fields, states and mistakes in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from cases.formats.claims.messages import MESSAGES
from cases.intake import standing
from cases.intake.models import RowState, SubmissionState
from legal.findings import N_
from portal.shell.wording import worded

SENTENCES = {**MESSAGES, **standing.MESSAGES}
#: Field of a claim -> what people call it.
FIELDS = {
    "invoice_number": N_("Invoice number"),
    "invoiced_on": N_("Invoice date"),
    "due_on": N_("Due date"),
    "reminded_on": N_("Last reminder"),
    "currency": N_("Currency"),
    "total": N_("Total amount"),
    "paid": N_("Already paid"),
    "open": N_("Open amount"),
    "debit": N_("Debit"),
    "credit": N_("Credit"),
    "account": N_("Customer number"),
    "name": N_("Debtor"),
    "first_name": N_("First name"),
    "name_suffix": N_("Name, second line"),
    "address_extra": N_("Address extra (c/o)"),
    "street": N_("Street and number"),
    "house_number": N_("House number"),
    "postcode": N_("Postcode"),
    "city": N_("City"),
    "postcode_city": N_("Postcode and city"),
    "country": N_("Country"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "iban": N_("IBAN"),
    "vat_id": N_("VAT number"),
    "register_number": N_("Register number"),
    "leitweg_id": N_("Leitweg-ID"),
    "text": N_("Subject"),
    "document_type": N_("Document type"),
    "dunning_level": N_("Reminder level"),
}
STATES = {
    SubmissionState.UPLOADED: (N_("Waiting to be read"), "info"),
    SubmissionState.READING: (N_("Being read"), "info"),
    SubmissionState.MAPPING: (N_("Columns to be assigned"), "warn"),
    SubmissionState.CHECKING: (N_("To be checked by you"), "warn"),
    SubmissionState.REFUSED: (N_("Cannot be read"), "bad"),
    SubmissionState.OPENING: (N_("Cases are being opened"), "info"),
    SubmissionState.DONE: (N_("Handed over"), "good"),
}
ROW_STATES = {
    RowState.ERROR: (N_("Needs a correction"), "bad"),
    RowState.READY: (N_("Ready"), "good"),
    RowState.OPENED: (N_("In a case"), "good"),
    RowState.DUPLICATE: (N_("Known already"), ""),
    RowState.LEFT_OUT: (N_("Left out"), ""),
    RowState.RETURNED: (N_("Question from us"), "warn"),
}
#: A mistake that several rows share, in one short line; else the name of its field stands there.
MISTAKES = {
    "address_missing": N_("Address incomplete"),
    "address_po_box": N_("Address is a PO box"),
    "amount_ambiguous": N_("Amount can be read in two ways"),
    "amount_missing": N_("Amount missing"),
    "amount_unreadable": N_("Amount not readable"),
    "amount_unusual": N_("Unusually high amount"),
    "amount_zero": N_("Nothing open"),
    "amounts_disagree": N_("Amounts do not add up"),
    "credit_note": N_("Credit note or negative amount"),
    "date_ambiguous": N_("Day and month not clear"),
    "date_is_number": N_("Number instead of a date"),
    "date_is_week": N_("Calendar week instead of a date"),
    "date_not_in_calendar": N_("No such day"),
    "date_unreadable": N_("Date not readable"),
    "due_before_invoice": N_("Due before the invoice"),
    "due_in_future": N_("Not due yet"),
    "due_on_missing": N_("Due date missing"),
    "duplicate_conflict": N_("Same number with other details"),
    "email_invalid": N_("E-mail address not valid"),
    "handed_in_differently": N_("Number known with another amount"),
    "iban_invalid": N_("IBAN not valid"),
    "in_other_upload": N_("Also in another upload"),
    "invoice_number_missing": N_("Invoice number missing"),
    "invoiced_in_future": N_("Invoice date in the future"),
    "invoiced_on_missing": N_("Invoice date missing"),
    "limitation_near": N_("Limitation is near"),
    "limitation_over": N_("Limitation has run out"),
    "name_missing": N_("Name missing"),
    "open_exceeds_total": N_("More open than invoiced"),
    "postcode_country_unclear": N_("Postcode with four digits"),
    "postcode_invalid": N_("Postcode wrong"),
    "text_cleaned": N_("Invisible characters removed"),
}


def sentence_of(finding: Mapping[str, Any]) -> str:
    """A finding as a sentence in the language of the page."""
    sentence = SENTENCES.get(finding["code"])
    if sentence is None:
        return str(gettext("Please check this entry."))
    return worded(sentence, _named_fields(finding.get("params") or {}))


def field_name(field: str | None) -> str:
    """What people call a field."""
    return str(gettext(FIELDS[field])) if field in FIELDS else (field or "")


def mistake_name(code: str, field: str | None) -> str:
    """A mistake that rows share, in one line."""
    if code in MISTAKES:
        return str(gettext(MISTAKES[code]))
    return str(gettext("%(field)s: please check", field=field_name(field) or gettext("Row")))


def _named_fields(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters that list fields by their code name them in words."""
    shown = dict(params)
    for name in ("fields", "parts", "name"):
        if isinstance(shown.get(name), str):
            codes = [part.strip() for part in shown[name].split(",")]
            if all(code in FIELDS for code in codes):
                shown[name] = ", ".join(field_name(code) for code in codes)
    return shown
