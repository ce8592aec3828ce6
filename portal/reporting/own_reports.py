"""A creditor's reports: what came in, batches, each claim, what is open, expected, cost."""

from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.claims.queries import list_submitted_debtors
from cases.core.database import portal_creditor_id
from cases.recoveries.queries import list_cases_by_id
from cases.recoveries.reports.registry import MOST_CASES, REPORTS, Report, list_cases
from portal.access import may
from portal.limits import costly
from portal.reporting.view import TYPES, as_file, scope_of, show
from portal.shell.pages import page

blueprint = Blueprint("own_reports", __name__, template_folder="../templates")


@blueprint.get("/my-reports")
@may("own_cases.view")
def index() -> ResponseReturnValue:
    """What can be read."""
    reports = [report for report in REPORTS.values() if report.for_creditor]
    return page("portal/own_reports/index.html", reports=reports)


@blueprint.get("/my-reports/<report_code>")
@may("own_cases.view")
def show_report(report_code: str) -> ResponseReturnValue:
    """One report at a key date."""
    shown = show(_report(report_code), scope_of(request.args, portal_creditor_id()))
    return page("portal/own_reports/show.html", shown=shown, **_addresses())


@blueprint.get("/my-reports/<report_code>/cases")
@may("own_cases.view")
def cases(report_code: str) -> ResponseReturnValue:
    """The cases that a figure counts."""
    report, key = _report(report_code), request.args.get("key", "")
    ids = list_cases(report, scope_of(request.args, portal_creditor_id()), key)
    found = list_cases_by_id(ids[:MOST_CASES])
    debtors = list_submitted_debtors([case.id for case in found])
    return page(
        "portal/own_reports/cases.html",
        report=report,
        cases=found,
        names={
            case_id: ", ".join(each.submitted_name for each in rows)
            for case_id, rows in debtors.items()
        },
        more=len(ids) > MOST_CASES,
        back=url_for("own_reports.show_report", report_code=report_code, **_asked()),
        case_url=lambda public_id: url_for("own_cases.show", case_id=public_id),
    )


@blueprint.get("/my-reports/<report_code>/file.<file_kind>")
@costly
@may("own_cases.view")
def file(report_code: str, file_kind: str) -> Response:
    """The same rows as a file."""
    if file_kind not in TYPES:
        abort(404)
    shown = show(_report(report_code), scope_of(request.args, portal_creditor_id()))
    return as_file(shown, file_kind, gettext("your claims"))


def _report(code: str) -> Report:
    report = REPORTS.get(code)
    if report is None or not report.for_creditor:
        abort(404)
    return report


def _asked() -> dict[str, Any]:
    """What the address asks for, to be carried on."""
    names = ("day", "months", "window", "currency")
    return {name: request.args[name] for name in names if request.args.get(name)}


def _addresses() -> dict[str, Any]:
    return {
        "report_url": lambda code: url_for("own_reports.show_report", report_code=code),
        "file_url": lambda code, kind: url_for(
            "own_reports.file", report_code=code, file_kind=kind, **_asked()
        ),
        "list_url": lambda code, key: url_for(
            "own_reports.cases", report_code=code, key=key, **_asked()
        ),
    }
