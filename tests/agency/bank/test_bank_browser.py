"""The clerk imports a statement and settles what is left, in a real browser, in both languages."""

from datetime import date

import pytest

from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.people.policy import Role
from tests.factories.bank_files import Transfer, camt053, csv_file
from tests.factories.records import (
    PASSWORD,
    claim_details,
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)
from tests.infrastructure.barriers import look

YESTERDAY = date(2026, 11, 22)  # The processes look at their clock a little later.


@pytest.fixture
def clerk(live_server):
    """A clerk's address, and a statement with all that may come."""
    with live_server.inside(), clock_at(YESTERDAY), transaction():
        make_agency()
        creditor = make_creditor("Wohnungsbaugenossenschaft Elbmarsch eG")
        cases = [
            make_case(
                creditor,
                claims=[claim_details(principal_cents=cents)],
                debtors=[debtor_details(name)],
            )[0]
            for name, cents in (("Feldkamp", 8_775_10), ("Asmussen", 643_18), ("Yıldırım", 5_00))
        ]
        make_case(
            creditor,
            debtors=[debtor_details("Lüdtke")],
            claims=[claim_details(invoice_number="RE-2026-0815", principal_cents=387_15)],
        )
        numbers = [case.number for case in cases]
        address = make_user(Role.ACCOUNTS, name="Katrin Möller").email
    return address, statement_of(numbers)


def statement_of(numbers):
    """Booked, several cases named, an invoice only, nothing at all, a return, charges."""
    batch = (
        Transfer(10_00, numbers[0], name="Sozialkasse Nord"),
        Transfer(20_00, "Zahlung Petersen", name="Sozialkasse Nord"),
    )
    return camt053(
        [
            Transfer(500_00, f"Akte {numbers[0]}", name="Bäckerei Feldkamp e. K."),
            Transfer(643_18, f"{numbers[1]} nur Hauptforderung", name="Torben Asmussen"),
            Transfer(50_00, numbers[2], name="Meryem Yıldırım"),
            Transfer(
                387_15,
                "Rechnung re20260815 / Kunde 4711",
                name="Sven Lüdtke",
                iban="DE02120300000000202051",
            ),
            Transfer(
                75_00, f"{numbers[0]} und {numbers[1]}", name="Gartenbau Brüggemann GmbH & Co."
            ),
            Transfer(1_204_877_10, "Überweisung", name="Wohnungsbaugenossenschaft Elbmarsch eG"),
            Transfer(30_00, reference="SAMMEL2026110201", parts=batch),
            Transfer(
                -643_18, "Rueckgabe", name="Torben Asmussen", is_return=True, on=date(2026, 11, 5)
            ),
            Transfer(-7_90, "Entgelt", name="Musterbank", on=date(2026, 11, 5)),
        ],
        opening_cents=12_000_00,
    )


@pytest.mark.browser
@pytest.mark.parametrize(
    "live_server", [{"RECOUP_NOW": "2026-11-23T10:00:00+01:00"}], indirect=True
)
@pytest.mark.parametrize("language", ["de", pytest.param("en", marks=pytest.mark.deep)])
def test_a_statement_is_imported_and_what_is_left_is_settled(live_server, browser, clerk, language):
    email, data = clerk
    context = browser.new_context(locale=language, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    troubles = []
    page.on(
        "console",
        lambda line: (
            troubles.append(line.text) if line.type == "error" and "422" not in line.text else None
        ),
    )  # One form is refused.
    page.goto(live_server.url)
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("form .btn.p")
    page.goto(f"{live_server.url}/bank")
    look(page, f"{language}-bank-empty")
    page.set_input_files(
        "#file", {"name": "2026-11-05_Fremdgeldkonto.xml", "mimeType": "text/xml", "buffer": data}
    )
    page.locator("#import button").click()
    page.wait_for_selector("#proof")
    look(page, f"{language}-bank-file")
    page.goto(f"{live_server.url}/bank")
    look(page, f"{language}-bank")
    page.locator("tbody tr a.plain").first.click()
    assert page.locator("tbody tr").count() == 10
    look(page, f"{language}-bank-statement")
    page.locator("tbody tr a.plain").first.click()
    page.wait_for_selector("#spread")
    look(page, f"{language}-bank-entry")

    page.goto(f"{live_server.url}/suspense")
    page.get_by_role("link", name="Sven Lüdtke").click()
    assert page.locator("[name=case_number]:checked").count() == 0  # A person decides.
    look(page, f"{language}-suspense")
    page.locator("#chosen button.p").click()
    page.wait_for_selector("[data-errors]")
    look(page, f"{language}-suspense-error")
    page.locator("[name=case_number]").check()
    page.locator("#chosen button.p").click()
    page.wait_for_selector(".flash")
    page.get_by_role("link", name="Torben Asmussen").click()
    look(page, f"{language}-suspense-return")
    page.locator("[name=original]").first.check()
    page.locator("#chosen button.p").click()
    page.wait_for_selector(".flash")
    page.get_by_role("link", name="Wohnungsbaugenossenschaft").click()
    page.fill("#search", "Feldkamp")
    page.locator(".bank-search button").click()
    page.locator("details.more summary").last.click()
    look(page, f"{language}-suspense-search")
    assert page.locator(".cand", has_text="Feldkamp").count() == 1

    # A charge of the bank is said to be one.
    page.get_by_role("link", name="Musterbank").click()
    look(page, f"{language}-suspense-debit")
    page.locator("[name=what][value=bank_fee]").check()
    page.locator("#chosen button.p").click()
    page.wait_for_selector(".flash")

    # The account had money before the first statement: red, and no month is closed.
    page.goto(f"{live_server.url}/ledger/close?last_day=31.10.2026")
    assert page.locator("form button.p").count() == 0
    look(page, f"{language}-close-differs")
    page.locator(".note.bad a").first.click()
    page.locator(".note.bad button").click()
    page.wait_for_selector(".flash")
    page.goto(f"{live_server.url}/ledger/close?last_day=31.10.2026")
    look(page, f"{language}-close")
    page.locator("form button.p").click()
    page.wait_for_selector(".flash")

    # The same booking in another format is known; one that only looks alike is asked about.
    again = csv_file(
        [
            Transfer(1_204_877_10, "Überweisung", name="Wohnungsbaugenossenschaft Elbmarsch eG"),
            Transfer(50_00, "Rate", name="Meryem Yıldırım".replace("ı", "i")),
        ]
    )
    page.goto(f"{live_server.url}/bank")
    page.set_input_files("#file", {"name": "umsaetze.csv", "mimeType": "text/csv", "buffer": again})
    page.locator("#import button").click()
    page.wait_for_selector("#proof")
    page.goto(f"{live_server.url}/suspense")
    page.get_by_role("link", name="Meryem").click()
    look(page, f"{language}-suspense-twice")
    page.locator("[name=answer][value=same]").check()
    page.locator("#chosen button.p").click()
    page.wait_for_selector(".flash")
    assert troubles == []
