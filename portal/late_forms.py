"""What is answered to a form whose session has ended: nothing typed is lost."""

from flask import Flask
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from portal.kept_forms import again, carried, form_owner, keep, sign_in_first
from portal.login import signed_in
from portal.shell import errors


def init_app(app: Flask) -> None:
    """Let forms name their owner, and answer those that came too late."""
    app.jinja_env.globals["form_owner"] = form_owner
    app.jinja_env.globals["carried_form"] = carried
    app.register_error_handler(CSRFError, came_too_late)


def came_too_late(error: CSRFError) -> Response:
    """The session of a form has ended, or another one has begun in this browser."""
    kept, user = keep(), signed_in()
    if kept is None:
        return errors.answer(error)
    if user is None:
        return sign_in_first(kept)
    return again(kept) if kept.owner == user.public_id else errors.answer(error)
