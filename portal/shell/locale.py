"""Language and theme of a page: chosen by the person, kept in a cookie, German first."""

from typing import cast
from urllib.parse import urlsplit

from blinker import Signal
from flask import Blueprint, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from portal.access import public

LOCALES = ("de", "en")
THEMES = ("light", "dark", "system")
YEAR_SECONDS = 365 * 24 * 60 * 60

#: Sent with `locale` when somebody switches, so that a signed-in person's preference can follow.
locale_chosen = Signal()


def choose_locale() -> str:
    """The person's preference, else the cookie, else what the browser asks for, else German."""
    for wanted in (g.get("locale"), request.cookies.get("locale")):
        if wanted in LOCALES:
            return cast(str, wanted)
    return request.accept_languages.best_match(LOCALES) or LOCALES[0]


def page_locale() -> str:
    """The language of this page, for its `lang` attribute."""
    return str(get_locale() or LOCALES[0])


def page_theme() -> str | None:
    """The theme that was asked for, or nothing: then the device decides."""
    wanted = request.args.get("theme") or request.cookies.get("theme")
    return wanted if wanted in ("light", "dark") else None


def here() -> str:
    """The address of this page within the site, to come back to."""
    return request.full_path.rstrip("?") if request.method == "GET" else request.path


def local_path(address: str | None) -> str:
    """An address within this site; anything that leads elsewhere becomes the start page."""
    parts = urlsplit((address or "").replace("\\", "/"))
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return "/"
    if parts.path.startswith("//") or any(ord(sign) < ord(" ") for sign in address or ""):
        return "/"
    return parts._replace(fragment="").geturl()


def _remember(name: str, value: str) -> ResponseReturnValue:
    response = redirect(local_path(request.form.get("next")), 303)
    response.set_cookie(
        name, value, max_age=YEAR_SECONDS, samesite="Lax",
        secure=current_app.config.get("SESSION_COOKIE_SECURE", False),
        httponly=name != "theme",  # theme.js switches without reloading the page.
    )  # fmt: skip
    return response


@public
def switch_locale() -> ResponseReturnValue:
    """Answer POST /locale: another language, on the page one comes from."""
    wanted = request.form.get("locale", "")
    if wanted not in LOCALES:
        wanted = LOCALES[0]
    locale_chosen.send(current_app._get_current_object(), locale=wanted)  # type: ignore[attr-defined]
    return _remember("locale", wanted)


@public
def switch_theme() -> ResponseReturnValue:
    """Answer POST /theme: light, dark or as the device wants it."""
    wanted = request.form.get("theme", "")
    return _remember("theme", wanted if wanted in THEMES else "system")


def add_routes(blueprint: Blueprint) -> None:
    """Open the two addresses; they need no sign-in."""
    blueprint.add_url_rule("/locale", view_func=switch_locale, methods=["POST"])
    blueprint.add_url_rule("/theme", view_func=switch_theme, methods=["POST"])
