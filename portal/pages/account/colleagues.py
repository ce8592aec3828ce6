"""People of one's own company: a client's administrator lets them in and locks them out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load

from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.core.mail.transport import is_set_up
from cases.people import colleagues
from cases.people.models import User
from cases.people.policy import CREDITOR_ROLES, Role
from cases.people.services import EmailTaken
from legal.errors import InvariantBroken
from portal.access import may
from portal.link_words import shown_links
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.locale import page_locale
from portal.shell.opened import ChangedByOther, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import choices

blueprint = Blueprint("colleagues", __name__, template_folder="../../templates")


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who is to be let in."""

    name: str
    email: str
    role: Role


class InvitedSchema(Schema):
    """Somebody who is to be let in."""

    name = fields.String(required=True)
    email = fields.Email(required=True)
    role = fields.Enum(Role, by_value=True, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Invited:
        return Invited(**data)


@blueprint.get("/colleagues")
@may("colleague.edit", as_house=True)
def index() -> ResponseReturnValue:
    """Everybody who signs in for the own company."""
    return _page()


@blueprint.post("/colleagues")
@may("colleague.edit", as_house=True, proved=True)
def invite() -> ResponseReturnValue:
    """Let a colleague in: a mail with a link is sent."""
    labels = {"name": gettext("Name"), "email": gettext("E-mail address"), "role": gettext("Role")}
    wish, errors = load_form(InvitedSchema(), request.form, labels)
    if wish is None:
        return _page(errors)
    user = require_user()
    try:
        with transaction():
            colleagues.invite(
                _creditor_id(), wish.email, wish.name, wish.role, user.user_id,
                user.locale or page_locale(),
            )  # fmt: skip
    except EmailTaken as refusal:
        return _page({"email": [say(refusal)]})
    except Refusal as refusal:
        return _page({"_form": [say(refusal)]})
    done(gettext("A mail with a link is on its way to %(name)s.", name=wish.name))
    return see_other("colleagues.index")


@blueprint.post("/colleagues/<colleague_public_id>/role")
@may("colleague.edit", as_house=True, proved=True)
def give_role(colleague_public_id: str) -> ResponseReturnValue:
    """Give a colleague another role."""
    wanted = request.form.get("role", "")
    if wanted not in CREDITOR_ROLES:
        return _page({"_form": [gettext("Please choose one of the options.")]})

    def change(user: User, by: int) -> None:
        shown = {"role": user.role}
        require_unchanged(f"role.{user.id}", shown, ("user", user.id), "user.role_changed")
        colleagues.give_role(user, Role(wanted), by)

    return _change(colleague_public_id, change, gettext("Role changed."))


@blueprint.post("/colleagues/<colleague_public_id>/link")
@may("colleague.edit", as_house=True, proved=True)
def send_link(colleague_public_id: str) -> ResponseReturnValue:
    """Send a colleague a new link."""
    sent = gettext("A new link is on its way.")
    return _change(colleague_public_id, colleagues.send_anew, sent)


@blueprint.post("/colleagues/<colleague_public_id>/lock")
@may("colleague.edit", as_house=True, proved=True)
def lock(colleague_public_id: str) -> ResponseReturnValue:
    """Lock a colleague out at once."""
    locked = gettext("Locked. Every session of this user has ended.")
    return _change(colleague_public_id, colleagues.lock, locked)


@blueprint.post("/colleagues/<colleague_public_id>/unlock")
@may("colleague.edit", as_house=True, proved=True)
def unlock(colleague_public_id: str) -> ResponseReturnValue:
    """Let a colleague sign in again."""
    return _change(
        colleague_public_id, lambda user, by: colleagues.unlock(user), gettext("Unlocked.")
    )


def _change(
    public_id: str, change: Callable[[User, int], None], sentence: str
) -> ResponseReturnValue:
    try:
        with transaction():
            user = colleagues.lock_colleague(_creditor_id(), public_id)
            change(user, require_user().user_id)
    except NotFound:
        raise
    except ChangedByOther as told:
        return _page(told.errors)
    except Refusal as refusal:
        return _page({"_form": [say(refusal)]})
    done(sentence)
    return see_other("colleagues.index")


def _creditor_id() -> int:
    creditor_id = require_user().creditor_id
    if creditor_id is None:
        raise InvariantBroken("only people of a client have colleagues there")
    return creditor_id


def _page(errors: Errors | None = None) -> ResponseReturnValue:
    people = colleagues.list_colleagues(_creditor_id())
    return page(
        "portal/colleagues/index.html", status=422 if errors else 200, errors=errors or {},
        values=request.form, people=people, links=shown_links([each.id for each in people]),
        roles=[option for option in choices(Role) if option[0] in CREDITOR_ROLES],
        by_mail=is_set_up(),
    )  # fmt: skip
