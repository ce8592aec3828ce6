"""Language and theme of a page."""

import pytest
from flask import Flask, g

from portal.shell.locale import choose_locale, local_path, locale_chosen


@pytest.mark.parametrize(
    ("preference", "cookie", "accepted", "chosen"),
    [
        pytest.param("en", "de", "de", "en", id="the person's own choice first"),
        pytest.param(None, "en", "de", "en", id="then the cookie"),
        pytest.param(None, None, "fr, en;q=0.8", "en", id="then the browser"),
        pytest.param(None, None, "fr", "de", id="else German"),
        pytest.param("xx", "../etc", "en", "en", id="nonsense counts for nothing"),
    ],
)
def test_the_language_is_chosen_in_order(
    app: Flask, preference: str | None, cookie: str | None, accepted: str, chosen: str
) -> None:
    headers = {"Accept-Language": accepted} | ({"Cookie": f"locale={cookie}"} if cookie else {})
    with app.test_request_context(headers=headers):
        if preference:
            g.locale = preference
        assert choose_locale() == chosen


@pytest.mark.parametrize(
    ("asked", "followed"),
    [
        ("/cases?x=1", "/cases?x=1"), ("https://evil.example/", "/"), ("//evil.example", "/"),
        ("/\\evil.example", "/"), ("\\\\evil.example", "/"), ("javascript:alert(1)", "/"),
        ("/\n/evil.example", "/"), (None, "/"), ("", "/"), ("cases", "/"),
    ],
)  # fmt: skip
def test_only_addresses_of_this_site_are_followed(asked: str | None, followed: str) -> None:
    assert local_path(asked) == followed


def test_switching_leads_back_and_tells_who_keeps_preferences(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    told: list[str] = []

    def listen(_: object, locale: str) -> None:
        told.append(locale)

    with locale_chosen.connected_to(listen):
        client = app.test_client()
        answer = client.post("/locale", data={"locale": "en", "next": "/cases?x=1"})
        themed = client.post("/theme", data={"theme": "dark", "next": "//evil.example"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cases?x=1")
    assert (themed.status_code, themed.headers["Location"]) == (303, "/")
    assert told == ["en"]
    page = client.get("/nowhere").text
    assert '<html lang="en" data-theme="dark"' in page


def test_switching_needs_the_form_token(app: Flask) -> None:
    assert app.test_client().post("/locale", data={"locale": "en"}).status_code == 400
