"""Reports on the staff's screens: figures, the lists behind them, files."""

from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.claims.search import first_debtor_names
from cases.parties.models import Creditor
from cases.parties.queries import find_creditor, list_creditors
from cases.recoveries.queries import list_cases_by_id
from cases.recoveries.reports.registry import MOST_CASES, REPORTS, Report, list_cases
from cases.recoveries.reports.results import people_may_be_told
from portal.access import may
from portal.limits import costly
from portal.reporting.view import TYPES, as_file, scope_of, show
from portal.shell.pages import page

blueprint = Blueprint("reporting", __name__)


@blueprint.get("/reports")
@may("report.view")
def index() -> ResponseReturnValue:
    """What can be read."""
    told = people_may_be_told()
    reports = [each for each in REPORTS.values() if told or not each.of_people]
    return page("agency/reports/index.html", reports=reports)


@blueprint.get("/reports/<report_code>")
@may("report.view")
def show_report(report_code: str) -> ResponseReturnValue:
    """One report at a key date, of one client or of all."""
    report, creditor = _report(report_code), _creditor()
    shown = show(report, scope_of(request.args, creditor.id if creditor else None))
    return page(
        "agency/reports/show.html",
        shown=shown,
        creditors=[(each.public_id, each.name) for each in list_creditors()],
        creditor=creditor.public_id if creditor else None,
        **_addresses(),
    )


@blueprint.get("/reports/<report_code>/cases")
@may("report.view")
def cases(report_code: str) -> ResponseReturnValue:
    """The cases that a figure counts."""
    report, creditor, key = _report(report_code), _creditor(), request.args.get("key", "")
    ids = list_cases(report, scope_of(request.args, creditor.id if creditor else None), key)
    found = list_cases_by_id(ids[:MOST_CASES])
    return page(
        "agency/reports/cases.html",
        report=report,
        cases=found,
        names=first_debtor_names([case.id for case in found]),
        more=len(ids) > MOST_CASES,
        back=url_for("reporting.show_report", report_code=report_code, **_asked()),
        case_url=lambda public_id: url_for("cases.show", case_public_id=public_id),
    )


@blueprint.get("/reports/<report_code>/file.<file_kind>")
@costly
@may("report.view")
def file(report_code: str, file_kind: str) -> Response:
    """The same rows as a file."""
    if file_kind not in TYPES:
        abort(404)
    creditor = _creditor()
    shown = show(_report(report_code), scope_of(request.args, creditor.id if creditor else None))
    return as_file(shown, file_kind, creditor.name if creditor else gettext("All clients"))


def _report(code: str) -> Report:
    report = REPORTS.get(code)
    if report is None or (report.of_people and not people_may_be_told()):
        abort(404)
    return report


def _creditor() -> Creditor | None:
    """The client that the address names."""
    return find_creditor(request.args.get("creditor", ""))


def _asked() -> dict[str, Any]:
    """What the address asks for, to be carried on."""
    names = ("creditor", "day", "months", "window", "currency")
    return {name: request.args[name] for name in names if request.args.get(name)}


def _addresses() -> dict[str, Any]:
    return {
        "report_url": lambda code: url_for("reporting.show_report", report_code=code),
        "file_url": lambda code, kind: url_for(
            "reporting.file", report_code=code, file_kind=kind, **_asked()
        ),
        "list_url": lambda code, key: url_for(
            "reporting.cases", report_code=code, key=key, **_asked()
        ),
    }
