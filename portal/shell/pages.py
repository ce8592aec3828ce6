"""How views answer: a page or one block of it, invalid input with 422, 303 after a POST."""

from typing import Any

from flask import (
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from jinja2_fragments.flask import render_block


def wants_fragment() -> bool:
    """Whether htmx asks for a part of the page (a boosted or restored page is a whole one)."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and not (
        headers.get("HX-Boosted") or headers.get("HX-History-Restore-Request")
    )


def page(template: str, block: str | None = None, status: int = 200, **context: Any) -> Response:
    """Render a page, or only its `block` when htmx asks."""
    if block and wants_fragment():
        response = make_response(render_block(template, block, **context), status)
    else:
        response = make_response(render_template(template, **context), status)
    response.vary.add("HX-Request")
    return response


def invalid(template: str, block: str | None = None, **context: Any) -> Response:
    """Show a form again with its errors."""
    return page(template, block, 422, **context)


def see_other(endpoint: str, **values: Any) -> Response:
    """Send the browser on after a POST, so that reloading does not post again."""
    return make_response(redirect(url_for(endpoint, **values), 303))


def done(sentence: str, undo_url: str | None = None) -> None:
    """Say on the next page what was done; with an address, offer to undo it for ten seconds."""
    flash({"text": sentence, "undo_url": undo_url} if undo_url else sentence, "done")  # type: ignore[arg-type]


def base_url() -> str:
    """The address people see in their browser, as the settings say: never what a request claims."""
    return str(current_app.config["RECOUP"].base_url).rstrip("/")


def with_args(**changes: Any) -> str:
    """This page's address with some query parameters changed; None takes one away."""
    kept: dict[str, Any] = {**request.args.to_dict(flat=False), **changes}
    path_values = request.view_args or {}
    return url_for(
        request.endpoint or "static",
        **path_values,
        **{
            key: value
            for key, value in kept.items()
            if value is not None and key not in path_values
        },
    )
