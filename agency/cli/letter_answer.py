"""What `recoup letter draft` answers: findings, sums, and the text of the finished PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from agency.cli.law.fields import Question
from agency.cli.letter_facts import read_case
from cases.letters.addressing import MESSAGES as NAMES
from cases.letters.money_words import money
from cases.letters.pdf import render_pdf
from cases.letters.plain_case import MESSAGES as PLAIN
from cases.letters.plain_case import PlainCase, draft_plain
from legal.de.deadlines import payment_day
from legal.de.demand import MESSAGES as DEMAND
from legal.findings import Finding, Severity

SENTENCES = {**PLAIN, **DEMAND, **NAMES}


@dataclass(frozen=True, slots=True)
class Drafted:
    """One answer, with the letter's bytes where there is a letter."""

    answer: dict[str, Any]
    pdf: bytes | None


def published(question: Question) -> Drafted:
    """Draft, check and set the letter of one question; its shape is published."""
    case = read_case(question)
    letter = draft_plain(case)
    currency = case.claims[0].currency
    content: Mapping[str, Any] = letter.draft.content if letter.draft else {}
    pdf = render_pdf(letter.draft.html) if letter.draft else None
    text, pages = read_text(pdf) if pdf else ("", 0)
    return Drafted(
        {
            "findings": [_finding(each, currency) for each in letter.findings],
            "releasable": letter.draft is not None
            and all(each.severity is not Severity.ERROR for each in letter.findings),
            "text": text,
            "pay_by": content.get("pay_by") or _pay_by(case),
            "principal_cents": content.get("principal_cents", 0),
            "interest_cents": content.get("interest_cents", 0),
            "costs_cents": content.get("costs_cents", 0),
            "total_cents": content.get("total_cents", 0),
            "currency": currency,
            "pages": pages,
        },
        pdf,
    )


def read_text(pdf: bytes) -> tuple[str, int]:
    """The text of a PDF in reading order, its lines joined by single spaces, and its pages."""
    from pypdf import PdfReader

    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()), len(pages)


def _pay_by(case: PlainCase) -> str:
    order = case.order
    day = payment_day(order.dispatched_on, order.postal_days, order.term_days, order.place)
    return day.isoformat()


def _finding(finding: Finding, currency: str) -> dict[str, str]:
    params = {
        name: money(int(value), currency, "en") if name.endswith("_cents") else value
        for name, value in finding.params.items()
    }
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": SENTENCES[finding.code].format_map(params),
    }
