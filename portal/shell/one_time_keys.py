"""The one-time key in every form: sent twice, it acts once, and both get the first answer.

Kept is what leads on after something was done (a redirect). A page that shows errors or a preview
did nothing: it is made anew each time.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Response, current_app, flash, make_response, request, session
from flask_babel import gettext
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException

from cases.core.once import UNANSWERED, Answer, turn_of
from legal.findings import N_
from portal.shell.locale import local_path

FIELD = "form_key"
#: Not part of what somebody wants: they differ between equal forms of one page.
_MARKS = frozenset({"csrf_token", "form_owner"})
_PART_BYTES = 1024 * 1024
ALREADY_DONE = N_(
    "This had been carried out when the connection broke off. Here is how it stands now."
)
LEADS_ON = frozenset({301, 302, 303, 307, 308})


def form_key() -> str:
    """A new key for one form of a page."""
    return secrets.token_urlsafe(16)


def answered_once(act: Callable[[], Response]) -> Response:
    """Act, unless an equal form with the same key has been answered already."""
    key = _key_of_request()
    if key is None:
        return act()
    with turn_of(key) as turn:
        if turn.known is not None:
            return _again(turn.known)
        response = act()
        if response.status_code in LEADS_ON:
            turn.given = Answer(
                response.status_code, response.headers.get("Location", ""), _digest_of(response)
            )
        return response


def _again(answer: Answer) -> Response:
    status, location = answer.status, answer.location
    if status == UNANSWERED:
        flash(gettext(ALREADY_DONE), "done")
        status, location = HTTPStatus.SEE_OTHER, _page_of_form()
    response = make_response("", status)
    response.headers["Location"] = location
    response.headers["X-Answered-Before"] = "1"
    return response


def _page_of_form() -> str:
    """Where the form stood, if the browser says so, else where the day begins."""
    told = urlsplit(request.referrer or "")
    path = local_path(told.path if told.netloc == request.host else None)
    try:
        current_app.url_map.bind(request.host).match(path, "GET")
    except (HTTPException, RoutingException):
        return "/"  # A form that was shown again stands at an address of its own.
    return path


def _key_of_request() -> str | None:
    """Who sends what where, under which key; None where there is no key or nobody signed in."""
    visit = session.get("_user_id")
    if request.method != "POST" or not request.form.get(FIELD) or not visit:
        return None
    told = hashlib.sha256()
    for part in (str(visit), request.full_path, *_content()):
        told.update(len(part).to_bytes(8, "big") + part.encode("utf-8", "replace"))
    return told.hexdigest()


def _content() -> Iterator[str]:
    for name, values in sorted(request.form.lists()):
        if name not in _MARKS:
            yield from (name, *values)
    for name, file in sorted(request.files.items(multi=True), key=lambda pair: pair[0]):
        content = hashlib.sha256()
        while part := file.stream.read(_PART_BYTES):
            content.update(part)
        file.stream.seek(0)
        yield from (name, file.filename or "", content.hexdigest())


def _digest_of(response: Response) -> str:
    if response.direct_passthrough:
        return ""
    return hashlib.sha256(response.get_data()).hexdigest()
