"""One account: its second factors, sessions and history; ended and reset by administrators."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from cases.core.database import transaction
from cases.core.errors import Conflict
from cases.parties.queries import get_creditor
from cases.people import accounts, approvals, visits
from cases.people import services as people
from cases.people.access.factors import list_factors
from cases.people.access.recovery_codes import count_recovery_codes
from cases.people.rules import needs_factor
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.pages import done, page, see_other
from portal.sign_in_words import shown_sign_ins

blueprint = Blueprint("user_pages", __name__)


@blueprint.get("/users/<user_public_id>")
@may("user.edit")
def show(user_public_id: str) -> ResponseReturnValue:
    """What an administrator has to know of an account."""
    return _page(user_public_id)


@blueprint.post("/users/<user_public_id>/sessions/end")
@may("user.edit", proved=True)
def end_sessions(user_public_id: str) -> ResponseReturnValue:
    """End every session of somebody, who signs in anew."""
    with transaction():
        count = visits.end_other_sessions(people.find_user(user_public_id).id)
    done(ngettext("One session has ended.", "%(num)d sessions have ended.", count))
    return see_other("user_pages.show", user_public_id=user_public_id)


@blueprint.post("/users/<user_public_id>/factors/reset")
@may("user.edit", proved=True)
def reset_factors(user_public_id: str) -> ResponseReturnValue:
    """Ask a second administrator to take somebody's second factors away."""
    try:
        with transaction():
            user = people.find_user(user_public_id)
            accounts.ask_to_reset_factors(user.id, require_user().user_id)
    except Conflict as refusal:
        return _page(user_public_id, {"_form": [say(refusal)]})
    done(gettext("A second person has to confirm this first."))
    return see_other("user_pages.show", user_public_id=user_public_id)


def _page(user_public_id: str, errors: dict[str, list[str]] | None = None) -> ResponseReturnValue:
    user = people.find_user(user_public_id)
    return page(
        "agency/users/show.html",
        status=422 if errors else 200,
        errors=errors or {},
        one=user,
        creditor=get_creditor(user.creditor_id) if user.creditor_id else None,
        factors=list_factors(user.id),
        needs_factor=needs_factor(user),
        codes_left=count_recovery_codes(user.id),
        asked=approvals.find_open(accounts.FACTORS, user.id),
        sessions=visits.list_open_sessions(user.id),
        sign_ins=shown_sign_ins(visits.list_sign_ins(user.id)),
    )
