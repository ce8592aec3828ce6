"""The second step of signing in: a code, a passkey, or a recovery code."""

from collections.abc import Callable
from json import dumps

from flask import Blueprint, Response, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from cases.core.database import db, transaction
from cases.core.errors import Refusal
from cases.people import sign_in as signing
from cases.people import throttle
from cases.people.access import factors, recovery_codes
from cases.people.access.models import FactorKind
from portal import kept_forms, login
from portal.access import may
from portal.passkey_site import site
from portal.shell.errors import say
from portal.shell.locale import local_path
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("second_step", __name__, template_folder="../../templates")
FEW_LEFT = 3


@blueprint.get("/sign-in/second-step")
@may("profile.edit", as_house=True)
def show() -> ResponseReturnValue:
    """What is asked for."""
    if not login.require_user().awaits_factor:
        return see_other("sign_in.home")
    return asked()


@blueprint.post("/sign-in/second-step/code")
@may("profile.edit", as_house=True)
def take_code() -> ResponseReturnValue:
    """A code of the app."""
    user = login.require_user()
    return _check("code", lambda: factors.check_code(user.user_id, request.form.get("code", "")))


@blueprint.post("/sign-in/second-step/passkey")
@may("profile.edit", as_house=True)
def take_passkey() -> ResponseReturnValue:
    """What the browser signed with a passkey."""
    user, answer = login.require_user(), request.form.get("answer", "")
    return _check(
        "passkey",
        lambda: factors.check_passkey(user.session_id, user.user_id, site(), answer),
    )


@blueprint.post("/sign-in/second-step/recovery-code")
@may("profile.edit", as_house=True)
def take_recovery_code() -> ResponseReturnValue:
    """One of the recovery codes, which opens nothing a second time."""
    user, typed = login.require_user(), request.form.get("recovery_code", "")

    def check() -> None:
        left = recovery_codes.check_recovery_code(user.user_id, typed)
        if left <= FEW_LEFT:
            done(ngettext(
                "One recovery code is left. Make new ones under Security.",
                "%(num)d recovery codes are left. Make new ones under Security.",
                left,
            ))  # fmt: skip

    return _check("recovery_code", check)


def _check(field: str, check: Callable[[], None]) -> ResponseReturnValue:
    user = login.require_user()
    if not user.awaits_factor:
        return see_other("sign_in.home")
    try:
        with transaction():
            throttle.count_factor(user.user_id)
        with transaction():
            check()
            throttle.forget_factor(user.user_id)
            signing.pass_factor(user.session_id)
    except throttle.TooManyAttempts as refused:
        return asked({field: [say(refused)]}, 429)
    except Refusal as refused:
        with transaction():
            signing.record_failed_sign_in(user.email)
        return asked({field: [say(refused)]}, 422)
    kept = kept_forms.find_kept(user.public_id)
    if kept is not None:
        return make_response(kept_forms.again(kept))
    return redirect(local_path(request.args.get("next")), 303)


def asked(errors: dict[str, list[str]] | None = None, status: int = 200) -> Response:
    """The page that asks for a second factor."""
    user = login.require_user()
    with transaction():
        options = factors.ask_for_proof(user.session_id, user.user_id, site())
    has_code = any(each.kind is FactorKind.CODE for each in factors.list_factors(user.user_id))
    codes_left = recovery_codes.count_recovery_codes(user.user_id)
    db.session.rollback()
    return page(
        "portal/second_step/show.html", status=status, errors=errors or {},
        options=options and dumps(options),
        has_code=has_code, codes_left=codes_left, next=request.args.get("next"),
        kept_form=kept_forms.carried(),
    )  # fmt: skip
