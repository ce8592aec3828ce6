"""The settlement as the creditor gets it: PDF and CSV, kept as the bytes that left the house."""

import csv
import io
from typing import Any

from sqlalchemy import select

from cases.claims.models import Case
from cases.claims.queries import list_submitted_debtors
from cases.core import files
from cases.core.database import db
from cases.core.locks import lock_row
from cases.letters.demand_content import house_line
from cases.letters.pdf import render_pdf
from cases.parties.queries import get_agency, get_creditor
from cases.remittances.invoice import keep_invoice
from cases.remittances.models import Remittance, RemittanceCase, RemittanceState
from cases.remittances.papers import environment, settled_on

WORDS = {
    "de": {
        "title": "Abrechnung", "creditor": "Mandant", "day": "Datum", "account": "Konto",
        "until": "Eingänge bis", "case": "Akte", "received": "Eingegangen",
        "direct": "An Sie gezahlt", "waived": "Erlassen", "fee": "Provision", "kept": "Kosten",
        "waived_note": "Erlassen: Restbeträge innerhalb der Grenzen Ihres Auftrags, im Vergleich"
        " oder auf Ihr Wort; der Schuldner schuldet sie nicht mehr.",
        "yours": "Für Sie", "sum": "Summe für Sie", "vat": "Umsatzsteuer auf unsere Vergütung",
        "vat_debtor": "davon vom Schuldner gezahlt", "outlays": "Verauslagte Gerichtskosten",
        "carried": "Vortrag", "payout": "Auszahlung", "forward": "Übertrag",
        "paid": "Wir überweisen den Betrag auf das genannte Konto.",
        "kept_back": "Der Betrag wird vorgetragen.",
        "owed": "Der Betrag wird mit dem nächsten Eingang verrechnet.",
    },
    "en": {
        "title": "Settlement", "creditor": "Client", "day": "Date", "account": "Account",
        "until": "Receipts until", "case": "Case", "received": "Received",
        "direct": "Paid to you", "waived": "Waived", "fee": "Fee", "kept": "Costs",
        "waived_note": "Waived: remainders within the limits of your contract, in a settlement or"
        " on your word; the debtor owes them no longer.",
        "yours": "Yours", "sum": "Sum for you", "vat": "VAT on our fee",
        "vat_debtor": "of it paid by the debtor", "outlays": "Court fees laid out",
        "carried": "Brought forward", "payout": "Paid out", "forward": "Carried forward",
        "paid": "We transfer the amount to the account named.",
        "kept_back": "The amount is carried forward.",
        "owed": "The amount is set off against the next receipts.",
    },
}  # fmt: skip


def keep_statement(key: str, remittance_id: int) -> None:
    """Carry out the effect `remittance.statement`: settlement and invoice, each kept once."""
    remittance = lock_row(Remittance, remittance_id)
    if remittance.statement_file_id is not None:
        return
    if remittance.invoice_number is not None:
        remittance.invoice_file_id = keep_invoice(remittance).id
    stored = files.store_file(
        render_pdf(render(remittance), "statement.css"),
        f"Abrechnung_{remittance.number}.pdf", "application/pdf", remittance.creditor_id,
    )  # fmt: skip
    remittance.statement_file_id = stored.id


def render(remittance: Remittance) -> str:
    """The settlement as HTML."""
    creditor, house = get_creditor(remittance.creditor_id), get_agency()
    words = WORDS["en" if creditor.language == "en" else "de"]
    template = environment(creditor.language).get_template("remittance.html")
    return template.render(
        language=creditor.language,
        words=words,
        currency=remittance.currency,
        number=remittance.number,
        agency=house,
        company_line=house_line(house, creditor.language),
        creditor=creditor.name,
        iban=remittance.iban if remittance.payout_cents else None,
        day=settled_on(remittance).isoformat(),
        as_of=remittance.as_of.isoformat(),
        cases=list_rows(remittance),
        summary=summary(remittance, words),
        closing=_closing(remittance, words),
    )


def summary(remittance: Remittance, words: dict[str, str]) -> list[tuple[str, int]]:
    """From what the cases brought to what is paid, each step a line; they add up."""
    to_creditor = remittance.received_cents - remittance.fee_net_cents - remittance.costs_kept_cents
    lines = [
        (words["sum"], to_creditor),
        (words["vat"], -remittance.vat_cents),
        (words["vat_debtor"], remittance.vat_paid_by_debtors_cents),
        (words["outlays"], -remittance.outlays_cents),
        (words["carried"], remittance.carried_cents),
    ]
    kept = [line for line in lines if line[1] or line[0] == words["sum"]]
    last = words["payout"] if remittance.payout_cents else words["forward"]
    return [*kept, (last, remittance.payout_cents or remittance.carry_forward_cents)]


def _closing(remittance: Remittance, words: dict[str, str]) -> str:
    if remittance.state is RemittanceState.CARRIED:
        return words["owed" if remittance.carry_forward_cents < 0 else "kept_back"]
    return words["paid"]


def list_rows(remittance: Remittance) -> list[dict[str, Any]]:
    """The cases of a settlement with their debtors, by case number."""
    query = (
        select(RemittanceCase, Case)
        .join(Case, Case.id == RemittanceCase.case_id)
        .where(RemittanceCase.remittance_id == remittance.id)
        .order_by(Case.number)
    )
    found = db.session.execute(query).all()
    # As their creditor named them: the portal, which shows the same rows, reads no debtor's record.
    debtors = list_submitted_debtors([case.id for _, case in found])
    return [
        {
            "number": case.number,
            "debtor": ", ".join(each.submitted_name for each in debtors.get(case.id, ())),
            "received": row.received_cents,
            "direct": row.direct_principal_cents
            + row.direct_interest_cents
            + row.direct_costs_cents,
            "waived": row.waived_cents,
            "fee": row.fee_cents,
            "kept": row.costs_kept_cents,
        }
        for row, case in found
    ]


def statement_csv(remittance: Remittance) -> bytes:
    """The same rows for a program: semicolons, decimal commas, UTF-8 with a mark."""
    words = WORDS["de"]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    names = ("case", "received", "direct", "waived", "fee", "kept", "yours")
    writer.writerow([words[name] for name in names])
    for row in list_rows(remittance):
        amounts = (
            row["received"], row["direct"], row["waived"], row["fee"], row["kept"],
            row["received"] - row["fee"] - row["kept"],
        )  # fmt: skip
        writer.writerow([row["number"], *(_decimal(cents) for cents in amounts)])
    return text.getvalue().encode("utf-8-sig")


def _decimal(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02}"
