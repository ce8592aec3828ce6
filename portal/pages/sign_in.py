"""Signing in and out, for staff and creditors alike."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.core.database import db, transaction
from cases.people import services as people
from cases.people.policy import Role
from portal import kept_forms, login
from portal.access import may, public
from portal.shell.locale import local_path

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
@public
def form() -> ResponseReturnValue:
    """The sign-in page."""
    if login.signed_in():
        return redirect(url_for("sign_in.home"))
    return _page()


@blueprint.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    """Check the password and begin a visit; answers 422 or 429 with the form if it is refused."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    address = request.remote_addr or ""
    try:
        with transaction():
            token, _ = people.sign_in(email, password, address, request.user_agent.string)
    except people.TooManyAttempts as refused:
        return _page(gettext(refused.sentence), email), 429
    except people.SignInRefused as refused:
        with transaction():
            people.record_failed_sign_in(email, address)
        return _page(gettext(refused.sentence), email), 422
    before = login.signed_in()
    if before is not None:  # Whoever was signed in at this browser is so no more.
        with transaction():
            people.sign_out(before.session_id)
    login.begin(token)
    db.session.rollback()
    kept = kept_forms.find_kept(login.require_user().public_id)
    if kept is not None:
        return kept_forms.again(kept)
    return redirect(_inside(request.args.get("next")), 303)


@blueprint.post("/sign-out")
@may("profile.edit", as_house=True)
def leave() -> ResponseReturnValue:
    """End the visit on this device."""
    with transaction():
        people.sign_out(login.require_user().session_id)
    login.end()
    return redirect(url_for("sign_in.form"), 303)


@blueprint.get("/")
@may("profile.edit", as_house=True)
def home() -> ResponseReturnValue:
    """Where each role begins its day."""
    return redirect(url_for(START[login.require_user().role]))


START = {
    Role.CREDITOR: "overview.show",
    Role.CASE_WORKER: "worklist.show",
    Role.ACCOUNTS: "bank.show",
    Role.LEGAL: "worklist.show",
    Role.ADMIN: "worklist.show",
}


def _page(error: str | None = None, email: str = "") -> str:
    kept = request.form.get(kept_forms.KEPT)
    return render_template("shell/sign_in.html", error=error, email=email, kept_form=kept)


def _inside(wanted: str | None) -> str:
    """Only an address of our own is followed after the sign-in."""
    return local_path(wanted)
