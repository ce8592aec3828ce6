"""Everybody's own security: second factors, recovery codes, open sessions, past sign-ins."""

from json import dumps
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.people import services as people
from cases.people import throttle, visits
from cases.people.access import codes, factors, recovery_codes
from portal import kept_forms, login
from portal.access import may
from portal.passkey_site import site
from portal.shell.errors import say
from portal.shell.pages import done, page, see_other
from portal.shell.setup import house_name
from portal.sign_in_words import shown_sign_ins

blueprint = Blueprint("security", __name__, template_folder="../../templates")


@blueprint.get("/profile/security")
@may("profile.edit", as_house=True)
def show() -> ResponseReturnValue:
    """What somebody signs in with, and where they are signed in."""
    return _page()


@blueprint.post("/profile/security/code")
@may("profile.edit", as_house=True, proved=True)
def prove_code() -> ResponseReturnValue:
    """The first code of a new app: from now on it is asked for."""
    user = login.require_user()
    label = request.form.get("label", "") or gettext("Authenticator app")
    try:
        with transaction():
            throttle.count_factor(user.user_id)
        with transaction():
            made = factors.prove_code(user.user_id, request.form.get("code", ""), label)
            throttle.forget_factor(user.user_id)
    except Refusal as refused:
        return _page({"code": [say(refused)]})
    return _added(made)


@blueprint.post("/profile/security/passkey")
@may("profile.edit", as_house=True, proved=True)
def add_passkey() -> ResponseReturnValue:
    """Keep a passkey that the browser has made."""
    user = login.require_user()
    label = request.form.get("passkey_label", "") or gettext("Passkey")
    try:
        with transaction():
            made = factors.add_passkey(
                user.session_id, user.user_id, site(), request.form.get("answer", ""), label
            )
    except Refusal as refused:
        return _page({"passkey": [say(refused)]})
    return _added(made)


@blueprint.post("/profile/security/factors/<factor_public_id>/remove")
@may("profile.edit", as_house=True, proved=True)
def remove(factor_public_id: str) -> ResponseReturnValue:
    """Take one of the own factors away."""
    try:
        with transaction():
            factors.remove_factor(login.require_user().user_id, factor_public_id)
    except factors.LastFactor as refused:
        return _page({"_form": [say(refused)]})
    done(gettext("Removed."))
    return see_other("security.show")


@blueprint.post("/profile/security/recovery-codes")
@may("profile.edit", as_house=True, proved=True)
def renew_codes() -> ResponseReturnValue:
    """New recovery codes, shown this once."""
    user_id = login.require_user().user_id
    if not factors.list_factors(user_id):
        return see_other("security.show")
    with transaction():
        made = recovery_codes.renew_recovery_codes(user_id)
    return _codes(made)


@blueprint.post("/profile/security/sessions/<session_public_id>/end")
@may("profile.edit", as_house=True)
def end_session(session_public_id: str) -> ResponseReturnValue:
    """End one of the own sessions; one's own here is like signing out."""
    user = login.require_user()
    with transaction():
        ended = visits.end_session(user.user_id, session_public_id)
    if ended == user.session_id:
        login.end()
        return see_other("sign_in.form")
    done(gettext("That session has ended."))
    return see_other("security.show", _anchor="sessions")


@blueprint.post("/profile/security/sessions/end-others")
@may("profile.edit", as_house=True)
def end_others() -> ResponseReturnValue:
    """End all of the own sessions but this one."""
    user = login.require_user()
    with transaction():
        count = visits.end_other_sessions(user.user_id, user.session_id)
    done(ngettext("One session has ended.", "%(num)d sessions have ended.", count))
    return see_other("security.show", _anchor="sessions")


def _added(made: list[str]) -> ResponseReturnValue:
    if made:
        return _codes(made)
    done(gettext("From now on this is asked for when you sign in."))
    kept = kept_forms.find_kept(login.require_user().public_id)
    if kept is not None:
        return kept_forms.again(kept, proved=True)
    return see_other("security.show")


def _codes(made: list[str]) -> ResponseReturnValue:
    kept = kept_forms.find_kept(login.require_user().public_id)
    return page("portal/security/recovery_codes.html", status=201, codes=made, kept=kept)


def _page(errors: dict[str, list[str]] | None = None) -> ResponseReturnValue:
    user = login.require_user()
    return page(
        "portal/security/show.html", status=422 if errors else 200, errors=errors or {},
        values=request.form if errors else {}, must=user.must_set_factor, **_new(),
        **_had(user.user_id), this_session=user.session_id,
    )  # fmt: skip


def _new() -> dict[str, Any]:
    """What a new factor needs; begun here, it counts once it was proved."""
    signed_in = login.require_user()
    with transaction():
        user = people.get_user(signed_in.user_id)
        _, secret = factors.begin_code(user)
        options = factors.ask_for_passkey(signed_in.session_id, user, site())
    address = codes.address_of(secret, signed_in.email, house_name())
    return {"secret": secret, "picture": codes.picture_of(address), "options": dumps(options),
            "takes_passkeys": site().takes_passkeys}  # fmt: skip


def _had(user_id: int) -> dict[str, Any]:
    return {
        "factors": factors.list_factors(user_id),
        "codes_left": recovery_codes.count_recovery_codes(user_id),
        "sessions": visits.list_open_sessions(user_id),
        "sign_ins": shown_sign_ins(visits.list_sign_ins(user_id)),
    }
