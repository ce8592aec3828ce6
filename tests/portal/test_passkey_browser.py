"""A passkey with Chromium's virtual authenticator: made after the first sign-in, then asked for."""

import pytest

from cases.core.database import transaction
from cases.people.policy import Role
from tests.factories.records import PASSWORD, make_agency, make_user

pytestmark = pytest.mark.browser
TOUCHED = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def sign_in(page, url, email):
    page.goto(f"{url}/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()


@pytest.mark.parametrize("live_server", [{"HOST": "localhost"}], indirect=True)
def test_a_passkey_is_made_and_opens_the_next_time(live_server, browser):
    with live_server.inside(), transaction():
        make_agency()
        email = make_user(Role.CASE_WORKER, factor_exempt=False).email
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    authenticator = device.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCHED})
    which = {"authenticatorId": authenticator["authenticatorId"]}

    sign_in(page, live_server.url, email)
    page.get_by_label("Name des Geräts").fill("Dienstlaptop")
    page.get_by_role("button", name="Passkey hinzufügen").click()
    page.get_by_role("heading", name="Ihre Wiederherstellungscodes").wait_for()
    assert page.locator(".code-l li").count() == 10
    page.get_by_role("link", name="Ich habe sie aufbewahrt").click()
    page.get_by_text("Dienstlaptop").wait_for()

    context.clear_cookies()
    sign_in(page, live_server.url, email)
    device.send("WebAuthn.setUserVerified", {**which, "isUserVerified": False})
    page.get_by_role("button", name="Passkey benutzen").click()
    # Somebody else's finger: the browser gives nothing, and the right one opens at the next try.
    page.get_by_text("Der Browser hat keinen Passkey übergeben").wait_for()
    device.send("WebAuthn.setUserVerified", {**which, "isUserVerified": True})
    page.get_by_role("button", name="Passkey benutzen").click()
    page.wait_for_url("**/worklist")

    context.clear_cookies()
    sign_in(page, live_server.url, email)
    device.send("WebAuthn.clearCredentials", which)  # The key is lost: the browser says so.
    page.get_by_role("button", name="Passkey benutzen").click()
    page.get_by_text("Der Browser hat keinen Passkey übergeben").wait_for()
    assert not [each for each in said if "Content Security Policy" in each]
    context.close()
