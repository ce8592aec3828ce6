"""Showing once more who one is, before payments, bank details and accounts are changed."""

from flask import Blueprint, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.core.database import transaction
from cases.people import services as people
from cases.people import sign_in as signing
from cases.people import throttle
from portal import kept_forms, login
from portal.access import may
from portal.shell.errors import say
from portal.shell.locale import local_path
from portal.shell.pages import page

blueprint = Blueprint("proof", __name__, template_folder="../../templates")


@blueprint.get("/proof")
@may("profile.edit", as_house=True)
def show() -> ResponseReturnValue:
    """Where the password is asked for again."""
    return _page({}, 200)


@blueprint.post("/proof")
@may("profile.edit", as_house=True)
def give() -> ResponseReturnValue:
    """Check the password, then show what was about to be sent, or go on."""
    user = login.require_user()
    try:
        with transaction():
            throttle.count_password_check(user.user_id)
    except throttle.TooManyAttempts as refused:
        return _page({"password": [say(refused)]}, 429)
    if not people.is_password(user.user_id, request.form.get("password", "")):
        return _page({"password": [gettext("This is not your present password.")]}, 422)
    with transaction():
        throttle.forget_password_checks(user.user_id)
        signing.note_proved(user.session_id)
    kept = kept_forms.find_kept(user.public_id)
    if kept is not None:
        return make_response(kept_forms.again(kept, proved=True))
    return redirect(local_path(request.form.get("wanted")), 303)


def _page(errors: dict[str, list[str]], status: int) -> ResponseReturnValue:
    return page(
        "portal/proof/show.html", status=status, errors=errors,
        kept_form=kept_forms.carried(),
        wanted=request.form.get("wanted") or request.args.get("next"),
    )  # fmt: skip
