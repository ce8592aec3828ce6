"""A creditor's settlements: what came in, what was paid out, each as PDF and rows."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cases.core import files
from cases.core.files import StoredFile
from cases.parties.queries import get_agency
from cases.remittances import queries
from cases.remittances.statement import statement_csv
from cases.remittances.transfers.advances import list_requests
from cases.remittances.transfers.bill_models import AdvanceState
from portal.access import may
from portal.shell.pages import page

blueprint = Blueprint("own_payouts", __name__)


@blueprint.get("/my-settlements")
@may("own_payouts.view")
def index() -> ResponseReturnValue:
    """All settlements, newest first."""
    asked = list_requests(AdvanceState.OPEN)
    return page(
        "portal/own_payouts/index.html",
        settlements=queries.list_of_creditor(),
        advances=asked,
        house=get_agency() if asked else None,
    )


@blueprint.get("/my-settlements/<remittance_public_id>/statement.pdf")
@may("own_payouts.view")
def statement(remittance_public_id: str) -> ResponseReturnValue:
    """The settlement as it was sent."""
    return _download(queries.get_statement_file(queries.get_booked(remittance_public_id)))


@blueprint.get("/my-settlements/<remittance_public_id>/invoice.pdf")
@may("own_payouts.view")
def invoice(remittance_public_id: str) -> ResponseReturnValue:
    """Our invoice with the e-invoice inside."""
    return _download(queries.get_invoice_file(queries.get_booked(remittance_public_id)))


@blueprint.get("/my-settlements/<remittance_public_id>/statement.csv")
@may("own_payouts.view")
def rows(remittance_public_id: str) -> ResponseReturnValue:
    """The rows of a settlement for a program."""
    found = queries.get_booked(remittance_public_id)
    name = f'attachment; filename="Abrechnung_{found.number}.csv"'
    return statement_csv(found), {"Content-Type": "text/csv", "Content-Disposition": name}


def _download(stored: StoredFile) -> ResponseReturnValue:
    name = f'attachment; filename="{stored.filename}"'
    return files.read_bytes(stored), {
        "Content-Type": stored.media_type,
        "Content-Disposition": name,
    }
