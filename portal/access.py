"""Access: every route names the permission it needs, or that it is public; checked in one place.

A creditor's request goes on as the portal role and sees that creditor's rows only.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

from flask import Flask, abort, current_app, flash, g, make_response, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from cases.core import audit
from cases.core.database import enter_portal
from cases.people.policy import CREDITOR_ROLES, Permission
from cases.people.sign_in import SignedIn
from legal.errors import InvariantBroken
from portal import kept_forms
from portal.evidence import note_refused
from portal.login import require_user, signed_in

View = TypeVar("View", bound=Callable[..., Any])


class Declared(Protocol):
    """A view with what it declares of itself, kept on the function that Flask calls."""

    permission: Permission
    as_house: bool
    needs_proof: bool
    is_public: bool


def may(permission: str, *, as_house: bool = False, proved: bool = False) -> Callable[[View], View]:
    """Declare the permission that a view needs.

    `as_house`: the view works on the user's own account, which the portal role cannot see.
    `proved`: it moves money, changes bank details or accounts: asks for the password again when
    the last proof is some time ago.
    """

    def declare(view: View) -> View:
        declared = cast("Declared", view)
        declared.permission = Permission(permission)
        declared.as_house, declared.needs_proof = as_house, proved
        return view

    return declare


def public(view: View) -> View:
    """Declare that a view is for everybody, signed in or not."""
    cast("Declared", view).is_public = True
    return view


#: What somebody who still has a password from another person may do: choose one, or leave.
OWN_PASSWORD = frozenset({"profile.show", "profile.change_password", "sign_in.leave"})
#: What somebody may do whose second factor is still asked for.
SECOND_STEP = frozenset({
    "second_step.show", "second_step.take_code", "second_step.take_passkey",
    "second_step.take_recovery_code", "sign_in.leave",
})  # fmt: skip
#: What somebody may do whose role needs a second factor, before there is one.
SETTING_FACTOR = OWN_PASSWORD | {
    "security.show", "security.prove_code", "security.add_passkey", "proof.show",
    "proof.give",
}  # fmt: skip


def init_app(app: Flask) -> None:
    """Check access before every request."""
    app.before_request(_check_access)


def _check_access() -> Response | None:
    user = signed_in()
    if user is not None:
        g.locale, g.user, g.keys_off = user.locale, user, not user.shortcuts
    if request.endpoint is None:
        return None  # No such page: the error page answers.
    view: Any = current_app.view_functions[request.endpoint]
    if getattr(view, "is_public", False) or request.endpoint.endswith("static"):
        return None
    if user is None:
        return _sign_in_first()
    if (first := _second_step_first(user)) is not None:
        return first
    _require_permission(user, view)
    if (first := _own_account_first(user, view)) is not None:
        return first
    if user.role in CREDITOR_ROLES and not view.as_house:
        if user.creditor_id is None:
            raise InvariantBroken("user.creditor_id is missing")
        enter_portal(user.creditor_id)
    audit.set_actor(user.user_id)
    return None


def _sign_in_first() -> Response:
    if request.accept_mimetypes.best == "application/json":
        abort(401)
    kept = kept_forms.keep()
    if kept is not None:
        return kept_forms.sign_in_first(kept)
    return redirect(url_for("sign_in.form", next=_wanted()))


def _second_step_first(user: SignedIn) -> Response | None:
    if user.awaits_factor and request.endpoint not in SECOND_STEP:
        return _instead("second_step.show", next=_wanted())
    return None


def _instead(endpoint: str, **address: Any) -> Response:
    """Another page comes first; a form that was sent travels with it, so that nothing is lost."""
    if not kept_forms.carry(kept_forms.keep()):
        return redirect(url_for(endpoint, **address))
    audit.set_actor(require_user().user_id)
    answer = make_response(current_app.view_functions[endpoint]())
    answer.status_code = 401
    return answer


def _require_permission(user: SignedIn, view: Declared) -> None:
    if not user.may(view.permission):  # A test guards that there is one.
        note_refused(user.user_id)
        abort(403)


def _own_account_first(user: SignedIn, view: Declared) -> Response | None:
    """An own password, a second factor where the role needs one, a proof for what counts."""
    if user.must_change_password and request.endpoint not in OWN_PASSWORD:
        flash(gettext("Please choose a password of your own first."), "done")
        return _instead("profile.show", _anchor="password")
    if user.must_set_factor and request.endpoint not in SETTING_FACTOR:
        flash(gettext("Your role needs a second factor. Please set one up first."), "done")
        return _instead("security.show")
    if view.needs_proof and request.method == "POST" and not user.has_proved:
        return kept_forms.prove_first(kept_forms.keep())
    return None


def _wanted() -> str | None:
    return request.full_path if request.method == "GET" else None
