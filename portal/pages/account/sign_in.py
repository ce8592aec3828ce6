"""Signing in and out, for staff and creditors alike."""

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import SQLAlchemyError

from cases.core.database import db, transaction
from cases.people import services as people
from cases.people import sign_in as signing
from cases.people import throttle
from cases.people.policy import CREDITOR_ROLES, Role
from portal import kept_forms, known_devices, login
from portal.access import may, public
from portal.pages.account import second_step
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
    address, device = request.remote_addr or "", known_devices.device_of(email)
    try:
        with transaction():
            throttle.count_sign_in(email, address, device)
        with transaction():
            token, _ = signing.sign_in(email, password, request.user_agent.string)
            throttle.forget_sign_ins(email, address, device)
    except throttle.TooManyAttempts as refused:
        with transaction():
            signing.record_failed_sign_in(email)
        return _page(gettext(refused.sentence), email), 429
    except signing.SignInRefused as refused:
        with transaction():
            signing.record_failed_sign_in(email)
        return _page(gettext(refused.sentence), email), 422
    return known_devices.remember(_welcome(token), email)


def _welcome(token: str) -> Response:
    """Begin the visit; whoever was signed in at this browser is so no more."""
    before = login.signed_in()
    if before is not None:
        with transaction():
            signing.sign_out(before.session_id)
    login.begin(token)
    db.session.rollback()
    user = login.require_user()
    if user.awaits_factor:
        return _second_step()
    kept = kept_forms.find_kept(user.public_id)
    if kept is not None:
        return make_response(kept_forms.again(kept))
    return make_response(redirect(_inside(request.args.get("next")), 303))


def _second_step() -> Response:
    """Ask for the second factor; a form that was kept goes along within the page."""
    if request.form.get(kept_forms.KEPT):
        return second_step.asked()
    return make_response(redirect(url_for("second_step.show", next=request.args.get("next")), 303))


@blueprint.post("/sign-out")
@may("profile.edit", as_house=True)
def leave() -> ResponseReturnValue:
    """End the visit on this device."""
    with transaction():
        signing.sign_out(login.require_user().session_id)
    login.end()
    return redirect(url_for("sign_in.form"), 303)


@blueprint.get("/")
@may("profile.edit", as_house=True)
def home() -> ResponseReturnValue:
    """Where each role begins its day."""
    return redirect(url_for(START[login.require_user().role]))


START = {
    **dict.fromkeys(CREDITOR_ROLES, "overview.show"),
    Role.CREDITOR_SALES: "own_customers.index",
    Role.CASE_WORKER: "worklist.show",
    Role.ACCOUNTS: "bank.show",
    Role.LEGAL: "worklist.show",
    Role.TEAM_LEAD: "board.show",
    Role.PRIVACY: "accesses.index",
    Role.ADMIN: "worklist.show",
}


def _page(error: str | None = None, email: str = "") -> str:
    kept = request.form.get(kept_forms.KEPT)
    return render_template(
        "shell/sign_in.html", error=error, email=email, kept_form=kept, demo=_is_demo(),
        reset_url=url_for("access_links.ask"),
    )  # fmt: skip


def _is_demo() -> bool:
    try:
        return people.has_exempt()
    except SQLAlchemyError:
        db.session.rollback()
        return False  # The page is shown while the database is away, too.


def _inside(wanted: str | None) -> str:
    """Only an address of our own is followed after the sign-in."""
    return local_path(wanted)
