"""The browser starts on this machine, and sees what the live server serves."""

import pytest

pytestmark = pytest.mark.browser


def test_the_browser_sees_the_sign_in_page(browser, live_server):
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    answer = page.goto(live_server.url)
    assert answer is not None
    assert answer.ok
    assert "/sign-in" in page.url
    assert page.title()
