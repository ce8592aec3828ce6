"""A creditor's report about a case: read, and answered in words that the creditor sees."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import load_file
from agency.refusals import at_field
from cases.claims.queries import get_case_by_id
from cases.claims.reports import ReportAnswerMissing, answer_report, get_report
from cases.core.database import transaction
from portal.access import may
from portal.shell.forms import Errors
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("creditor_reports", __name__)


@blueprint.get("/creditor-reports/<report_public_id>")
@may("contact.log")
def show(report_public_id: str) -> ResponseReturnValue:
    """What the creditor reports, and where the answer is written."""
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


def _page(report_public_id: str, errors: Errors) -> ResponseReturnValue:
    report = get_report(report_public_id)
    return page(
        "agency/cases/report.html",
        status=422 if errors else 200,
        file=load_file(get_case_by_id(report.case_id).public_id),
        report=report,
        values=request.form,
        errors=errors,
    )
