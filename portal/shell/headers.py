"""Security headers of every answer, and how long browsers may keep it."""

from flask import Flask, Response, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
FRAMED = "_shown_in_frame"
YEAR_SECONDS = 365 * 24 * 60 * 60
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def may_be_framed(view: object) -> object:
    """Mark a view (the document preview) that our own pages show in a frame."""
    setattr(view, FRAMED, True)
    return view


def register(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """What a browser may do with this answer."""
    headers = response.headers
    own_frame = _shown_in_frame()
    ancestors = "'self'" if own_frame else "'none'"
    headers.setdefault(
        "Content-Security-Policy",
        POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {ancestors}"),
    )
    headers.setdefault("X-Frame-Options", "SAMEORIGIN" if own_frame else "DENY")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", PERMISSIONS)
    if request.is_secure:
        headers.setdefault(
            "Strict-Transport-Security", f"max-age={YEAR_SECONDS}; includeSubDomains"
        )
    _set_caching(response)
    return response


def _set_caching(response: Response) -> None:
    """Versioned files stay for ever; pages name people and debts and are never kept."""
    if (request.endpoint or "").endswith("static"):
        if "v" in request.args:
            response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"


def _shown_in_frame() -> bool:
    from flask import current_app

    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, FRAMED, False))
