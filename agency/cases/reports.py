"""A creditor's report about a case: what booking it would do, accepted, or answered in words."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import load_file
from agency.cases.report_words import COUNTINGS as COUNTING_WORDS
from agency.cases.report_words import suggested_answer
from agency.refusals import at_field
from cases.claims.models import Phase
from cases.claims.queries import get_case_by_id
from cases.claims.report_models import CreditorReport
from cases.claims.reports import (
    ReportAnswerMissing,
    ReportWordsMissing,
    answer_report,
    get_report,
)
from cases.core.database import rehearse, transaction
from cases.core.errors import NotFound, Refusal
from cases.costs.accepting import (
    COUNTINGS,
    Counting,
    CountingMissing,
    CreditedClaimMissing,
    CreditTooLarge,
    Standing,
    accept_report,
    is_booked,
    take_back_report,
    usual_counting,
)
from cases.ledger.queries import shown_statement
from portal.access import may
from portal.shell.errors import say
from portal.shell.forms import Errors
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("creditor_reports", __name__)
FIELDS: dict[type[Refusal], str] = {
    ReportAnswerMissing: "answer",
    CountingMissing: "counting",
    CreditedClaimMissing: "invoice",
    CreditTooLarge: "invoice",
}


@blueprint.get("/creditor-reports/<report_public_id>")
@may("contact.log")
def show(report_public_id: str) -> ResponseReturnValue:
    """What the creditor reports, what booking it would do, and where the answer is written."""
    return _page(report_public_id, {})


@blueprint.post("/creditor-reports/<report_public_id>")
@may("contact.log")
def answer(report_public_id: str) -> ResponseReturnValue:
    """Answer it; what stood still for it goes on. Answers 422 without a word."""
    try:
        with transaction():
            kept = answer_report(report_public_id, request.form.get("answer", ""))
            case = get_case_by_id(kept.case_id).public_id
    except ReportAnswerMissing as refusal:
        return _page(report_public_id, at_field(refusal, {ReportAnswerMissing: "answer"}))
    done(gettext("Answered. The creditor reads it in the case."))
    return see_other("cases.show", case_public_id=case)


@blueprint.post("/creditor-reports/<report_public_id>/book")
@may("contact.log")
def book(report_public_id: str) -> ResponseReturnValue:
    """Book what is reported as chosen, and answer it; nothing is changed by a refusal."""
    form = request.form
    try:
        with transaction():
            counting = _counting(form.get("counting", ""))
            answer_words, invoice = form.get("booked_answer", ""), form.get("invoice", "")
            accept_report(report_public_id, counting, answer_words, invoice)
            case = get_case_by_id(get_report(report_public_id).case_id).public_id
    except NotFound:
        raise
    except Refusal as refusal:
        fields = FIELDS | {ReportAnswerMissing: "booked_answer"}
        return _page(report_public_id, at_field(refusal, fields))
    done(gettext("Booked and answered. The claim account shows it."))
    return see_other("cases.show", case_public_id=case)


@blueprint.post("/creditor-reports/<report_public_id>/take-back")
@may("contact.log")
def take_back(report_public_id: str) -> ResponseReturnValue:
    """Take the booking of a report back, with the reason."""
    try:
        with transaction():
            case_id = take_back_report(report_public_id, request.form.get("why", "")).case_id
            case = get_case_by_id(case_id).public_id
    except ReportWordsMissing as refusal:
        return _page(report_public_id, at_field(refusal, {ReportWordsMissing: "why"}))
    done(gettext("Taken back. The claim account is as it was before."))
    return see_other("cases.show", case_public_id=case)


def _counting(value: str) -> Counting | None:
    return Counting(value) if value in set(Counting) else None


def _page(report_public_id: str, errors: Errors) -> ResponseReturnValue:
    report = get_report(report_public_id)
    file = load_file(get_case_by_id(report.case_id).public_id)
    choices = _choices(report) if report.answered_at is None else []
    if choices:  # A rehearsal ends its transaction: what the page shows is read anew.
        report = get_report(report_public_id)
        file = load_file(get_case_by_id(report.case_id).public_id)
    return page(
        "agency/cases/report.html",
        status=422 if errors else 200,
        file=file,
        report=report,
        unbooked=Standing.of(file.owed),
        choices=choices,
        countings=[(value, label) for value, label, *_ in choices],
        invoices=[(one.claim.invoice_number, one.claim.invoice_number) for one in file.claims],
        booked=report.answered_at is not None and is_booked(report),
        values=request.form or _values(report, choices),
        errors=errors,
    )


def _values(report: CreditorReport, choices: list[Any]) -> dict[str, str]:
    if not choices:
        return {}
    return {
        "counting": usual_counting(report).value,
        "booked_answer": suggested_answer(report, get_case_by_id(report.case_id).currency),
    }


def _choices(report: CreditorReport) -> list[tuple[str, str, Standing | None, str | None]]:
    """Each way to count it: its words, what is owed afterwards, or why it cannot be booked."""
    case = get_case_by_id(report.case_id)
    if report.kind not in COUNTINGS or case.phase is Phase.CLOSED:
        return []
    public_id, kind = report.public_id, report.kind
    invoice = request.form.get("invoice", "") or _first_invoice(case.id)
    found = []
    for counting in COUNTINGS[kind]:
        standing, refused = _rehearsed(public_id, counting, invoice)
        words = gettext(COUNTING_WORDS[counting])
        found.append((counting.value, words, standing, refused))
    return found


def _first_invoice(case_id: int) -> str:
    return shown_statement(case_id).claims[0].terms.invoice_number


def _rehearsed(
    public_id: str, counting: Counting, invoice: str
) -> tuple[Standing | None, str | None]:
    try:
        return rehearse(lambda: accept_report(public_id, counting, "-", invoice)), None
    except Refusal as refusal:
        return None, say(refusal)
