"""The edge that turns failures into pages, or JSON for programs: no traceback leaves the house.

Every answer carries a reference number, the id of its request, which the log carries too.
"""

import logging
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, make_response, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from marshmallow import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from cases.core.errors import Conflict, Invalid, NotFound, Refusal, Unavailable
from legal.errors import LawError
from legal.findings import N_
from portal.shell.database_failures import end_transaction, told_of
from portal.shell.forms import Errors, messages_of, translated
from portal.shell.incoming import HostRefused, SignRefused
from portal.shell.wording import worded

log = logging.getLogger(__name__)
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # Without 0, O, 1 and I: it is read out on the phone.
REFERENCE_LENGTH = 8
SERVER_FAILURE = 500
CLIENT_FAILURE = 400

HEADLINES = {
    400: N_("This request could not be read"),
    401: N_("Please sign in"),
    403: N_("You are not allowed to do this"),
    404: N_("This page does not exist"),
    405: N_("This page does not exist"),
    409: N_("This is no longer possible"),
    413: N_("The file is too large"),
    422: N_("This input cannot be accepted"),
    429: N_("That was too often in a short time"),
    500: N_("Something went wrong on our side"),
    503: N_("We are not available for a moment"),
}
EXPLANATIONS = {
    400: N_("The browser sent something that we do not understand. Please go back and try again."),
    401: N_("You are not signed in, or your session has ended."),
    403: N_("Your role does not include this. Ask the person who manages the users."),
    404: N_("The address is wrong, or the record is not yours to see."),
    405: N_("The address is wrong, or the record is not yours to see."),
    409: N_("Somebody has changed the record meanwhile. Please look at it again."),
    413: N_("Please send it in smaller parts."),
    422: N_("Please go back and check what you entered."),
    429: N_("Please wait a minute and try again."),
    500: N_("It was not your fault. We have a record of it and look into it."),
    503: N_("Please try again in a few minutes."),
}
FORM_EXPIRED = N_(
    "The form was open for too long. Please go back, reload the page and send it again."
)
SIGN_REFUSED = N_(
    "What was sent holds a sign that cannot be kept (a null byte). Please go back and type it anew."
)
HOST_REFUSED = N_(
    "The house is not to be reached under this address. Whoever runs it names its addresses in the "
    "setting HOSTS."
)
RETRY_SECONDS = 15
FAMILIES = ((NotFound, 404), (Conflict, 409), (Invalid, 422), (Unavailable, 503), (Refusal, 409))


@dataclass(frozen=True, slots=True)
class Failure:
    """What is told about a failure."""

    status: int
    code: str
    explanation: str
    field_errors: Errors | None = None


def new_reference() -> str:
    """A reference number that can be read out on the phone: K7FA-92QB."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH))
    return f"{signs[:4]}-{signs[4:]}"


def reference() -> str:
    """The reference number of this request, made when it is first needed."""
    if "request_id" not in g:
        g.request_id = new_reference()
    return str(g.request_id)


def register(app: Flask) -> None:
    """Install the handlers and the reference number of every request."""
    app.before_request(_start)
    app.after_request(_name_reference)
    for family in (Refusal, LawError, ValidationError, HTTPException, Exception):
        app.register_error_handler(family, answer)


def answer(error: Exception) -> Response:
    """Translate an exception of any family into an answer."""
    if isinstance(error, HTTPException) and error.response is not None:
        return make_response(error.response)  # abort() with a finished answer, and redirects.
    if isinstance(error, HTTPException) and (error.code or SERVER_FAILURE) < CLIENT_FAILURE:
        return make_response(error.get_response())
    failure = failure_of(error)
    if isinstance(error, SQLAlchemyError) or failure.status >= SERVER_FAILURE:
        end_transaction()
    _write_log(error, failure)
    response = _json(failure) if wants_json() else _page(failure)
    if isinstance(error, HTTPException):
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After", "WWW-Authenticate"):
                response.headers[name] = value
    if failure.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers.setdefault("Retry-After", str(RETRY_SECONDS))
    return response


def failure_of(error: Exception) -> Failure:
    """What to tell about an exception."""
    if isinstance(error, HTTPException):
        return _of_http(error)
    if isinstance(error, SQLAlchemyError):
        status, code, sentence = told_of(error)
        return Failure(status, code, gettext(sentence) if sentence else _explain(status))
    if isinstance(error, ValidationError):
        return Failure(422, "invalid", _explain(422), translated(messages_of(error)))
    if isinstance(error, LawError):
        sentence = " ".join(str(error).split())
        return Failure(422, error.code, gettext(sentence))
    if isinstance(error, Refusal):
        status = next(status for family, status in FAMILIES if isinstance(error, family))
        return Failure(status, error.code, say(error))
    return Failure(SERVER_FAILURE, "internal_error", _explain(SERVER_FAILURE))


def _of_http(error: HTTPException) -> Failure:
    if isinstance(error, CSRFError):
        return Failure(400, "form_expired", gettext(FORM_EXPIRED))
    if isinstance(error, HostRefused):
        return Failure(400, "host_refused", gettext(HOST_REFUSED))
    if isinstance(error, SignRefused):
        return Failure(400, "sign_refused", gettext(SIGN_REFUSED))
    status = error.code or SERVER_FAILURE
    code = HTTPStatus(status).phrase.lower().replace(" ", "_").replace("-", "_")
    return Failure(status, code, _explain(status))


def say(error: Refusal) -> str:
    """A refusal as a sentence in the language of the page."""
    return worded(error.sentence, error.params)


def wants_json() -> bool:
    """Whether a program asks rather than a person."""
    if request.path.startswith("/api/"):
        return True
    accepted = request.accept_mimetypes
    return accepted.best_match(["text/html", "application/json"]) == "application/json"


def _start() -> None:
    reference()


def _name_reference(response: Response) -> Response:
    response.headers["X-Request-ID"] = reference()
    return response


def _explain(status: int) -> str:
    return str(gettext(EXPLANATIONS[_known(status)]))


def _known(status: int) -> int:
    """The nearest status that has a text of its own."""
    if status in HEADLINES:
        return status
    return SERVER_FAILURE if status >= SERVER_FAILURE else CLIENT_FAILURE


def _write_log(error: Exception, failure: Failure) -> None:
    details = {"request_id": reference(), "path": _place(), "code": failure.code}
    if failure.status >= SERVER_FAILURE:
        log.error("Failure %s on %s", reference(), _place(), exc_info=error, extra=details)
    else:
        log.info("Refused %s on %s: %s", reference(), _place(), failure.code, extra=details)


def _json(failure: Failure) -> Response:
    told: dict[str, Any] = {
        "code": failure.code, "message": failure.explanation, "reference": reference(),
    }  # fmt: skip
    if failure.field_errors:
        told["fields"] = failure.field_errors
    return make_response(jsonify(error=told), failure.status)


def _page(failure: Failure) -> Response:
    """Rendered without what stands around other pages: that asks the database."""
    status = failure.status
    text = current_app.jinja_env.get_template("shell/error.html").render(
        house_name=lambda: current_app.config.get("HOUSE_NAME") or "Recoup",
        form_owner=lambda: "",
        headline=gettext(HEADLINES[_known(status)]),
        explanation=failure.explanation,
        field_errors=failure.field_errors,
        assurance=gettext("Nothing is lost: everything saved before is still there."),
        way_out=_way_out(),
        way_out_label=gettext("Back") if _came_from_here() else gettext("To the start page"),
        reference_number=reference(),
    )
    return make_response(text, status)


def _came_from_here() -> bool:
    return bool(request.referrer and request.referrer.startswith(request.host_url))


def _place() -> str:
    """Where it happened, for the log: an address that opens something by itself is not repeated."""
    if "token" in (request.view_args or {}):
        return str(request.url_rule)
    return request.path


def _way_out() -> str:
    from portal.shell.locale import local_path

    if not _came_from_here():
        return "/"
    return local_path("/" + (request.referrer or "").removeprefix(request.host_url))
