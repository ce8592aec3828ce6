"""Views of the worklist that somebody keeps under a name."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.worklist.views import FILTERS
from cases.core.database import transaction
from cases.core.errors import Invalid
from cases.worklist.arrangement import remove_view, save_view
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.pages import done, see_other

blueprint = Blueprint("saved_views", __name__)


@blueprint.post("/worklist/views")
@may("worklist.view")
def save() -> ResponseReturnValue:
    """Keep the filter that the list was shown with."""
    args = {name: request.form[name] for name in FILTERS if request.form.get(name)}
    try:
        with transaction():
            save_view(require_user().user_id, request.form.get("name", "")[:60], args)
    except Invalid as refusal:
        done(say(refusal))
    else:
        done(gettext("View saved."))
    return see_other("worklist.show", **args)


@blueprint.post("/worklist/views/<view_public_id>/removal")
@may("worklist.view")
def remove(view_public_id: str) -> ResponseReturnValue:
    """Remove a view of one's own."""
    with transaction():
        remove_view(view_public_id, require_user().user_id)
    done(gettext("View removed."))
    return see_other("worklist.show")
