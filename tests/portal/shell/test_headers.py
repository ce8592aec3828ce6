"""Security headers and caching."""

from flask import Flask

from portal.shell.assets import asset
from portal.shell.headers import POLICY, may_be_framed


def test_every_answer_carries_the_policy_word_for_word(app: Flask) -> None:
    headers = app.test_client().get("/nowhere").headers
    assert headers["Content-Security-Policy"] == POLICY
    assert POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_strict_transport_only_over_https(app: Flask) -> None:
    client = app.test_client()
    assert "Strict-Transport-Security" not in client.get("/nowhere").headers
    secure = client.get("/nowhere", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_only_the_document_preview_may_be_framed_and_only_by_us(app: Flask) -> None:
    @app.get("/preview")
    @may_be_framed
    def preview() -> str:
        return "document"

    headers = app.test_client().get("/preview").headers
    assert headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    assert headers["X-Frame-Options"] == "SAMEORIGIN"


def test_versioned_files_stay_in_the_browser(app: Flask) -> None:
    with app.test_request_context():
        address = asset("ui.css")
    client = app.test_client()
    assert "immutable" in client.get(address, buffered=True).headers["Cache-Control"]
    assert "immutable" not in client.get(address.split("?")[0], buffered=True).headers.get(
        "Cache-Control", ""
    )
