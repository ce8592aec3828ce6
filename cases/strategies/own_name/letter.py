"""The reminder as a page in the client's name: his invoice and nothing else."""

from dataclasses import dataclass
from datetime import date

from cases.letters.pdf import render_pdf
from cases.letters.rendering import render_html
from cases.strategies.own_name.rules import Stage

STYLE, TEMPLATE = "own_name.css", "own_name"
LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Client:
    """The client as his letterhead names him."""

    name: str
    street: str
    postcode: str
    city: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """What is reminded of."""

    number: str
    invoiced_on: date | None
    due_on: date
    cents: int
    currency: str
    customer: str


def html_of(client: Client, invoice: Invoice, stage: Stage, language: str, today: date) -> str:
    """The page."""
    return render_html(
        TEMPLATE,
        {
            "language": language,
            "client": client,
            "customer": invoice.customer,
            "invoice_number": invoice.number,
            "invoiced_on": invoice.invoiced_on.isoformat() if invoice.invoiced_on else None,
            "due_on": invoice.due_on.isoformat(),
            "cents": invoice.cents,
            "currency": invoice.currency,
            "before": stage is Stage.BEFORE,
            "today": today.isoformat(),
        },
    )


def set_letter(html: str) -> bytes:
    """The page as PDF."""
    return render_pdf(html, STYLE)
