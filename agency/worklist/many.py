"""Many new orders with one click, which can be taken back for a stated time."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from cases.claims.queries import list_cases_by_public_id
from cases.core.database import transaction
from cases.intake.taking_on import accept_many, take_acceptances_back
from cases.worklist.bulk import get_bulk
from cases.worklist.listing import PAGE
from cases.worklist.models import BulkKind
from portal.access import may
from portal.login import require_user
from portal.shell.pages import done, see_other

blueprint = Blueprint("many_orders", __name__)


@blueprint.post("/worklist/acceptances")
@may("case.accept")
def accept() -> ResponseReturnValue:
    """Accept the orders that were ticked; those with something to be read stay."""
    wanted = list_cases_by_public_id(request.form.getlist("case")[:PAGE])
    with transaction():
        action = accept_many([case.id for case in wanted], require_user().user_id)
        count = len(action.case_ids) if action else 0
    if not wanted:
        done(gettext("Nothing was ticked."))
    else:
        done(ngettext("One order accepted.", "%(num)d orders accepted.", count))
    if left := len(wanted) - count:
        done(
            ngettext(
                "One order stays: somebody has to read it.",
                "%(num)d orders stay: somebody has to read them.",
                left,
            )
        )
    return see_other("worklist.show", queue="new_case")


@blueprint.post("/worklist/acceptances/<bulk_public_id>/undo")
@may("case.accept")
def undo(bulk_public_id: str) -> ResponseReturnValue:
    """Let the orders of one click wait again; answers 409 when it is too late."""
    with transaction():
        action = get_bulk(bulk_public_id, BulkKind.ACCEPTED)
        count = take_acceptances_back(action)
    done(ngettext("One order waits again.", "%(num)d orders wait again.", count))
    return see_other("worklist.show", queue="new_case")
