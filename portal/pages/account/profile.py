"""Everybody's own account: language, look, keys, password."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, refresh

from cases.core.database import transaction
from cases.core.errors import Invalid
from cases.people import services as people
from cases.people import throttle
from portal import kept_forms, login
from portal.access import may
from portal.shell.errors import say
from portal.shell.locale import LOCALES, THEMES, YEAR_SECONDS
from portal.shell.pages import done, invalid, page, see_other

blueprint = Blueprint("profile", __name__, template_folder="../../templates")


@blueprint.get("/profile")
@may("profile.edit", as_house=True)
def show() -> ResponseReturnValue:
    """How somebody likes the screens, and the way to a new password."""
    return page("portal/profile/show.html", values=_values())


@blueprint.post("/profile")
@may("profile.edit", as_house=True)
def save() -> ResponseReturnValue:
    """Keep language, look and keys."""
    user = login.require_user()
    locale, theme = request.form.get("locale"), request.form.get("theme")
    with transaction():
        people.set_preferences(
            user.user_id,
            locale=locale if locale in LOCALES else user.locale,
            theme=theme if theme in THEMES else user.theme,
            shortcuts=bool(request.form.get("shortcuts")),
        )
    if locale in LOCALES:
        g.locale = locale
        refresh()
    done(gettext("Saved."))
    response = see_other("profile.show")
    for name, value, allowed in (("locale", locale, LOCALES), ("theme", theme, THEMES)):
        if value is not None and value in allowed:
            response.set_cookie(
                name, value, max_age=YEAR_SECONDS, samesite="Lax", httponly=name != "theme"
            )
    return response


@blueprint.post("/profile/password")
@may("profile.edit", as_house=True)
def change_password() -> ResponseReturnValue:
    """Set a new password; every visit ends and one signs in anew. 422 when it cannot be taken."""
    user = login.require_user()
    errors = _password_errors(user.user_id)
    if not errors:
        try:
            with transaction():
                people.change_password(user.user_id, request.form.get("new_password", ""))
                throttle.forget_password_checks(user.user_id)
        except Invalid as refused:
            errors = {"new_password": [say(refused)]}
    if errors:
        return invalid("portal/profile/show.html", values=_values(), errors=errors)
    kept = kept_forms.find_kept(user.public_id)
    login.end()
    done(gettext("Your password is changed. Please sign in with the new one."))
    if kept is not None:
        return kept_forms.sign_in_first(kept)
    return see_other("sign_in.form")


def _password_errors(user_id: int) -> dict[str, list[str]]:
    try:
        with transaction():
            throttle.count_password_check(user_id)
    except throttle.TooManyAttempts as refused:
        return {"old_password": [say(refused)]}
    if not people.is_password(user_id, request.form.get("old_password", "")):
        return {"old_password": [gettext("This is not your present password.")]}
    if request.form.get("new_password") != request.form.get("repeated_password"):
        return {"repeated_password": [gettext("The two new passwords differ.")]}
    return {}


def _values() -> dict[str, object]:
    user = login.require_user()
    return {
        "locale": user.locale or "de",
        "theme": user.theme or "system",
        "shortcuts": user.shortcuts,
    }
