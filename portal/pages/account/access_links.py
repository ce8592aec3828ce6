"""Setting a password by a link from a mail, and asking for such a link."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.core.database import db, new_public_id, transaction
from cases.core.errors import Conflict, NotFound, Refusal
from cases.core.mail.transport import is_set_up
from cases.core.outbox import register_effect
from cases.people import throttle
from cases.people.access import links
from cases.people.models import User
from portal import login
from portal.access import public
from portal.shell.errors import say
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("access_links", __name__, template_folder="../../templates")


@blueprint.get("/access/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """The form for a password; a link that no longer counts says why."""
    try:
        _, user = links.find_link(token)
    except (NotFound, Conflict) as refusal:
        return _refused(refusal)
    return _form(user)


@blueprint.post("/access/<token>")
@public
def use(token: str) -> ResponseReturnValue:
    """Set the password; every visit of the account ends, and one signs in with it."""
    try:
        with transaction():
            _, user = links.find_link(token)
            if request.form.get("new_password") != request.form.get("repeated_password"):
                differ = gettext("The two new passwords differ.")
                return _form(user, {"repeated_password": [differ]})
            waits = links.use_link(token, request.form.get("new_password", "")).awaits_confirmation
    except (NotFound, Conflict) as refusal:
        return _refused(refusal)
    except Refusal as refusal:
        _, user = links.find_link(token)
        return _form(user, {"new_password": [say(refusal)]})
    login.end()
    if waits:
        done(gettext("Your password is set. You can sign in once a second person of the house has"
                     " confirmed your account."))  # fmt: skip
    else:
        done(gettext("Your password is set. Please sign in with it."))
    return see_other("sign_in.form")


@blueprint.get("/password-forgotten")
@public
def ask() -> ResponseReturnValue:
    """Where a new password is asked for."""
    return _ask()


@blueprint.post("/password-forgotten")
@public
def send() -> ResponseReturnValue:
    """Send a link if there is such an account; the answer is the same if there is none."""
    email = request.form.get("email", "").strip()
    if "@" not in email:
        return _ask({"email": [gettext("This is not a complete e-mail address.")]}, 422)
    try:
        with transaction():
            throttle.count_reset(email, request.remote_addr or "")
            # A worker looks whose it is: neither words nor time tell it here.
            register_effect(links.ASKED, f"reset:{new_public_id()}", email=email)
    except throttle.TooManyAttempts as refused:
        return _ask({"email": [say(refused)]}, 429)
    done(gettext("If there is an account with this address, a mail is on its way to it. The link"
                 " in it is valid for one hour."))  # fmt: skip
    return see_other("sign_in.form")


def _form(user: User, errors: dict[str, list[str]] | None = None) -> ResponseReturnValue:
    db.session.rollback()
    return page("portal/access/password.html", status=422 if errors else 200,
                name=user.name, email=user.email, errors=errors or {})  # fmt: skip


def _refused(refusal: Refusal) -> ResponseReturnValue:
    if isinstance(refusal, NotFound):
        sentence, status = gettext("This link is not known. Is it complete?"), 404
    else:
        sentence, status = say(refusal), 410
    return page("portal/access/refused.html", status=status, sentence=sentence,
                by_mail=is_set_up())  # fmt: skip


def _ask(errors: dict[str, list[str]] | None = None, status: int = 200) -> ResponseReturnValue:
    return page("portal/access/forgotten.html", status=status, errors=errors or {},
                values=request.form, by_mail=is_set_up())  # fmt: skip
