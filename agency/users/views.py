"""Users: listed, added, locked, given another role or a new password. Administration only."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.refusals import at_field
from agency.users.schemas import NewUserSchema
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.core.locks import lock_row
from cases.core.mail.transport import is_set_up
from cases.core.positions import number_of
from cases.parties.queries import find_creditor, list_creditors
from cases.people import accounts
from cases.people import services as people
from cases.people.approvals import AlreadyAsked
from cases.people.models import User
from cases.people.policy import CREDITOR_ROLES, Role
from portal.access import may
from portal.link_words import shown_links
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import choices

blueprint = Blueprint("users", __name__)

PAGE = 50
FIELDS: dict[type[Refusal], str] = {people.EmailTaken: "email", people.WrongSide: "creditor"}


@blueprint.get("/users")
@may("user.edit")
def index() -> ResponseReturnValue:
    """Everybody who has an account."""
    return _page()


@blueprint.post("/users")
@may("user.edit", proved=True)
def create() -> ResponseReturnValue:
    """Add a user; the password to begin with is shown once."""
    wish, errors = load_form(NewUserSchema(), request.form, _labels())
    creditor = find_creditor(request.form.get("creditor", ""))
    if wish is None:
        return _page(errors, request.form)
    try:
        with transaction():
            account = accounts.add_account(
                wish.email,
                wish.name,
                wish.role,
                require_user().user_id,
                creditor_id=creditor.id if creditor else None,
                phone=wish.phone,
                locale=wish.locale,
            )
            name = account.user.name
    except Refusal as refusal:
        return _page(at_field(refusal, FIELDS), request.form)
    return _page(account=account, password_of=name, status=201)


@blueprint.post("/users/<user_public_id>/lock")
@may("user.edit", proved=True)
def lock(user_public_id: str) -> ResponseReturnValue:
    """Lock a user out at once."""
    return _change(
        user_public_id,
        lambda user_id: people.lock_user(user_id, by=require_user().user_id),
        gettext("Locked. Every session of this user has ended."),
    )


@blueprint.post("/users/<user_public_id>/unlock")
@may("user.edit", proved=True)
def unlock(user_public_id: str) -> ResponseReturnValue:
    """Let a user sign in again."""
    by = require_user().user_id
    return _change(
        user_public_id,
        lambda user_id: accounts.unlock_account(user_id, by),
        gettext("Unlocked."),
    )


@blueprint.post("/users/<user_public_id>/role")
@may("user.edit", proved=True)
def change_role(user_public_id: str) -> ResponseReturnValue:
    """Give a user another role."""
    wanted = request.form.get("role", "")
    if wanted not in set(Role):
        return _page({"_form": [gettext("Please choose one of the options.")]})
    return _change(
        user_public_id,
        lambda user_id: _give_role(user_id, Role(wanted)),
        gettext("Role changed."),
    )


@blueprint.post("/users/<user_public_id>/password")
@may("user.edit", proved=True)
def reset_password(user_public_id: str) -> ResponseReturnValue:
    """Give a user a new password to begin with, shown once."""
    try:
        with transaction():
            user = people.find_user(user_public_id)
            account = accounts.reset_password(user.id, require_user().user_id)
            name = user.name
    except AlreadyAsked as refusal:
        return _page({"_form": [say(refusal)]})
    return _page(account=account, password_of=name)


def _give_role(user_id: int, role: Role) -> accounts.Account:
    user = lock_row(User, user_id)
    marks = ("user.role_changed", "approval.confirmed")
    require_unchanged(f"role.{user.id}", {"role": user.role}, ("user", user.id), *marks)
    return accounts.give_role(user_id, role, require_user().user_id)


def _change(user_public_id: str, change: Any, sentence: str) -> ResponseReturnValue:
    try:
        with transaction():
            changed = change(people.find_user(user_public_id).id)
    except NotFound:
        raise
    except ChangedByOther as told:
        return _page(told.errors)
    except Refusal as refusal:
        return _page({"_form": [say(refusal)]})
    if changed is not None and changed.waits:
        sentence = gettext("A second person has to confirm this first.")
    done(sentence)
    return see_other("users.index")


def _page(
    errors: Errors | None = None,
    values: Any = None,
    account: accounts.Account | None = None,
    password_of: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    name, _sign, last = request.args.get("after", "").rpartition("_")
    number = number_of(last)
    after = None if number is None else (name, number)
    found = people.list_users(after, PAGE + 1)
    users, creditors = found[:PAGE], list_creditors()
    return page(
        "agency/users/index.html",
        status=422 if errors else status,
        users=users,
        links=shown_links([user.id for user in users]),
        by_mail=is_set_up(),
        after=f"{users[-1].name}_{users[-1].id}" if len(found) > PAGE else None,
        creditors=[(one.public_id, one.name) for one in creditors],
        creditor_names={one.id: one.name for one in creditors},
        roles=choices(Role),
        staff_roles=[option for option in choices(Role) if option[0] not in CREDITOR_ROLES],
        errors=errors or {},
        values=values or {},
        password=account.password if account else None,
        waits=account.waits if account else False,
        sent=account is not None and account.password is None,
        password_of=password_of,
    )


def _labels() -> dict[str, str]:
    return {"name": gettext("Name"), "email": gettext("E-mail address"), "role": gettext("Role")}
