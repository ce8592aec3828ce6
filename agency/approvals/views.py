"""Approvals: what waits for a second person, and what was decided."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.claims.models import Outcome
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.objections.models import Verdict
from cases.people import approvals
from cases.people.approvals import KINDS
from cases.people.models import Approval
from cases.people.policy import Role
from cases.people.services import get_user
from legal.findings import N_
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.formatting import euro
from portal.shell.pages import done, page, see_other
from portal.wording import word

blueprint = Blueprint("approvals", __name__)


@blueprint.get("/approvals")
@may("approval.view")
def index() -> ResponseReturnValue:
    """What waits, oldest first, and what was decided last."""
    return _page()


@blueprint.post("/approvals/<approval_public_id>/confirm")
@may("approval.view", proved=True)
def confirm(approval_public_id: str) -> ResponseReturnValue:
    """Carry it out as the second person."""
    user_id, note = require_user().user_id, request.form.get("note", "")
    return _decide(
        lambda: approvals.confirm(approval_public_id, user_id, note),
        gettext("Confirmed and done."),
    )


@blueprint.post("/approvals/<approval_public_id>/refuse")
@may("approval.view")
def refuse(approval_public_id: str) -> ResponseReturnValue:
    """Say no as the second person, with a reason."""
    user_id, reason = require_user().user_id, request.form.get("reason", "")
    return _decide(
        lambda: approvals.refuse(approval_public_id, user_id, reason),
        gettext("Refused. Nothing was changed."),
    )


@blueprint.post("/approvals/<approval_public_id>/withdraw")
@may("approval.view")
def withdraw(approval_public_id: str) -> ResponseReturnValue:
    """Take back one's own request."""
    user_id = require_user().user_id
    return _decide(
        lambda: approvals.withdraw(approval_public_id, user_id),
        gettext("Withdrawn. Nothing was changed."),
    )


def _decide(act: Callable[[], Approval], sentence: str) -> ResponseReturnValue:
    try:
        with transaction():
            act()
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(say(refusal))
    done(sentence)
    return see_other("approvals.index")


def _page(error: str | None = None) -> ResponseReturnValue:
    user = require_user()
    return page(
        "agency/approvals/index.html",
        status=422 if error else 200,
        error=error,
        waiting=[_shown(each, user.role, user.user_id) for each in approvals.list_open()],
        decided=[_shown(each, user.role, user.user_id) for each in approvals.list_decided()],
    )


def _shown(approval: Approval, role: Role, user_id: int) -> dict[str, Any]:
    kind = KINDS[approval.kind]
    currency = approval.after.get("currency", "EUR")
    return {
        "approval": approval,
        "title": gettext(kind.title),
        "check": gettext(kind.check),
        "notes_check": kind.notes_check,
        "changes": [
            (
                gettext(kind.fields[name]),
                _value(name, approval.before[name], currency),
                _value(name, value, currency),
                name == DIGEST,
            )
            for name, value in approval.after.items()
            if name in kind.fields
        ],
        "asked_by": get_user(approval.asked_by).name,
        "decided_by": get_user(approval.decided_by).name if approval.decided_by else None,
        "may_confirm": approvals.may_confirm(role, user_id, approval),
        "is_own": approval.asked_by == user_id,
    }


#: What people compare with a file, sign by sign.
DIGEST = "sha256"
#: Values that are codes rather than words.
_WORDS = {"old": "…", "new": "…"}
_RUNNING = {
    "move": N_("go on with the new version at the same step"),
    "move_unbound": N_(
        "go on with it, but those whose letters announce something else finish on theirs"
    ),
    "finish": N_("finish on their version"),
}
#: Field -> the closed list that its value is of.
_CODES: dict[str, type[StrEnum]] = {"outcome": Outcome, "role": Role, "verdict": Verdict}


def _value(name: str, value: Any, currency: str) -> str:
    if value is None or value == "":
        return "–"
    if name in _CODES:
        return word(_CODES[name](value))
    if isinstance(value, bool):
        return str(gettext("Yes") if value else gettext("No"))
    if name == "running":
        return str(gettext(_RUNNING[value]))
    if name.endswith("_cents"):
        return euro(value, currency)
    return _WORDS.get(value, str(value))
