"""Two stories where the law decides, in a real browser against one server: what a debtor wants paid
is asked and kept to, and only legal may give a reason for a letter about a time-barred claim."""

from datetime import date, datetime

import pytest

from agency.app import create_app
from cases.claims.limitation import refresh_limitation
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.core.outbox import carry_out, list_due_effects
from cases.ledger.queries import statement
from cases.payments.importing import import_statement
from cases.people.policy import Role
from tests.factories.bank_files import Transfer, camt053
from tests.factories.records import (
    PASSWORD,
    claim_details,
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)
from tests.infrastructure.databases import dispose

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
PAID_ON = date(2026, 11, 20)


@pytest.fixture
def house(live_server, tmp_path):
    """Two invoices of 300.00 and 500.00, a payment of just 300.00, and a claim of March 2022."""
    app = create_app(live_server.database.settings(tmp_path / "var"))
    with app.app_context(), clock_at(NOW):
        with transaction():
            make_agency()
            creditor = make_creditor("Wohnwerk Versand GmbH")
            worker = make_user(Role.CASE_WORKER)
            two = [
                claim_details(invoice_number="WV-1001", principal_cents=300_00),
                claim_details(invoice_number="WV-1002", principal_cents=500_00),
            ]
            paid, _ = make_case(
                creditor, claims=two, debtors=[debtor_details("Feldkamp")], accepted_by=worker
            )
            old = claim_details(
                invoice_number="WV-0007", invoiced_on=date(2022, 3, 1), due_on=date(2022, 3, 15)
            )
            barred, over = make_case(
                creditor, claims=[old], debtors=[debtor_details("Asmussen")], accepted_by=worker
            )
            refresh_limitation(barred, over)
            people = {
                role: make_user(role).email
                for role in (Role.ACCOUNTS, Role.CASE_WORKER, Role.LEGAL)
            }
            transfer = Transfer(300_00, paid.number, name="Jan Feldkamp", on=PAID_ON)
            import_statement(camt053([transfer]), "statement.xml")
            keys = paid.id, barred.public_id
        for _ in range(3):
            for effect_id in list_due_effects():
                carry_out(effect_id)
    yield app, people, keys
    dispose(app)


def sign_in(browser, url, email):
    context = browser.new_context(locale="de", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(url)
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("form .btn.p")
    return page


@pytest.mark.browser
@pytest.mark.deep
@pytest.mark.parametrize(
    "live_server", [{"RECOUP_NOW": "2026-11-23T10:00:00+01:00"}], indirect=True
)
def test_the_law_is_asked_about_and_kept(live_server, browser, house):
    app, people, (paid, barred_key) = house
    # A payment of exactly one principal, without a word: a person says how it counts.
    clerk = sign_in(browser, live_server.url, people[Role.ACCOUNTS])
    clerk.goto(f"{live_server.url}/suspense")
    clerk.get_by_role("link", name="Jan Feldkamp").click()
    clerk.locator("[name=case_number]").first.check()
    clerk.locator("#chosen button.p").click()
    clerk.wait_for_selector("[data-errors]")
    clerk.locator("[name=case_number]").first.check()
    clerk.locator("[name=spread][value=principal]").check()
    clerk.locator("#chosen button.p").click()
    clerk.wait_for_selector(".flash")
    with app.app_context(), clock_at(NOW):
        first, second = statement(paid).claims
        assert (first.principal_open_cents, second.principal_open_cents) == (0, 500_00)
        db.session.remove()

    # A case worker cannot send a letter about a claim that is over; legal can, with a reason.
    worker = sign_in(browser, live_server.url, people[Role.CASE_WORKER])
    worker.goto(f"{live_server.url}/cases/{barred_key}/letter")
    assert "verjährt" in worker.content()
    assert "31.12.2025" in worker.content()
    assert worker.locator("[name=time_bar_reason][type=text]").count() == 0
    assert worker.locator("form.vf button.p:not([disabled])").count() == 0
    legal = sign_in(browser, live_server.url, people[Role.LEGAL])
    legal.goto(f"{live_server.url}/cases/{barred_key}/letter")
    reason = "Der Schuldner hat am 3. Mai 2025 schriftlich anerkannt."
    legal.locator("input#time_bar_reason").fill(reason)
    legal.get_by_role("button", name="Geändertes Schreiben anzeigen").click()
    legal.wait_for_selector("form.vf button.p:not([disabled])")
    assert legal.locator("input#time_bar_reason").input_value() == reason
    legal.locator("form.vf button.p").click()
    legal.wait_for_selector(".flash")
    legal.goto(f"{live_server.url}/cases/{barred_key}")
    assert reason in legal.content()
