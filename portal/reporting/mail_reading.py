"""The link in a report's mail: stopping the reports to one address, or letting them come again."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.core.database import transaction
from cases.recoveries.mailing.services import get_reader, set_reading
from portal.access import public
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("mail_reading", __name__, template_folder="../templates")


@blueprint.get("/report-mails/<reader_id>")
@public
def show(reader_id: str) -> ResponseReturnValue:
    """What comes to which address; the link itself changes nothing."""
    return page("portal/own_reports/reading.html", reader=get_reader(reader_id))


@blueprint.post("/report-mails/<reader_id>")
@public
def save(reader_id: str) -> ResponseReturnValue:
    """Stop the reports, or let them come again."""
    reads = request.form.get("reads") == "1"
    with transaction():
        set_reading(reader_id, reads=reads)
    done(gettext("The reports come again.") if reads else gettext("The reports are stopped."))
    return see_other("mail_reading.show", reader_id=reader_id)
