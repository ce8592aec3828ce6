"""A bookkeeper hands in thirty rows with mistakes, in a real browser, in both languages."""

import os
from pathlib import Path

import pytest

from cases.core.database import transaction
from cases.people.policy import Role
from tests.factories.records import PASSWORD, make_agency, make_creditor, make_user
from tests.factories.uploads import invoice, list_of
from tests.factories.walk_steps import Person

#: Where to leave pictures of the screens; nowhere by default.
PICTURES = os.environ.get("RECOUP_PICTURES")
WORDS = {
    "de": {
        "need": "6 von 30 Zeilen brauchen eine Korrektur",
        "none": "28 Zeilen sind bereit zur Übergabe",
        "skip_all": "Alle auslassen",
        "upload": "Hochladen und prüfen",
        "hand_over": "28 Forderungen jetzt übergeben",
        "done": "28 Forderungen sind übergeben",
        "no_day": "Es war kein Zahlungstermin vereinbart",
    },
    "en": {
        "need": "6 of 30 rows need a correction",
        "none": "28 rows are ready to be handed over",
        "skip_all": "Leave all out",
        "upload": "Upload and check",
        "hand_over": "Hand over 28 claims",
        "done": "28 claims are handed over",
        "no_day": "No payment day was agreed",
    },
}


def thirty_rows():
    """Twenty-four good rows, two credit notes, and four mistakes of four kinds."""
    good = [invoice(f"RE-{n:03}", f"{100 + n},50", f"Kunde {n // 3} GmbH") for n in range(24)]
    return list_of([
        *good,
        invoice("GS-1", "-20,00"), invoice("GS-2", "-30,00"),
        invoice("RE-101", "12o,00", "Bäckerei Feldkamp e. K."),
        invoice("RE-102", name="Holger Trautmann", Rechnungsdatum="31.06.2026"),
        invoice("RE-103", name="Pension Möwenblick GbR", PLZ="2542"),
        invoice("RE-104", name="Café Seeblick GmbH", **{"Fällig am": ""}),
    ])  # fmt: skip


@pytest.fixture
def email(live_server):
    with live_server.inside(), transaction():
        make_agency()
        creditor = make_creditor("Nordlicht Haustechnik GmbH")
        return make_user(Role.CREDITOR, creditor=creditor, name="Sabine Albers").email


def picture(page, name):
    if not PICTURES:
        return
    for theme in ("light", "dark"):
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{theme}.png"))
    page.set_viewport_size({"width": 400, "height": 900})
    page.screenshot(path=str(Path(PICTURES) / f"{name}-narrow.png"), full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})


@pytest.mark.browser
@pytest.mark.parametrize("language", ["de", pytest.param("en", marks=pytest.mark.deep)])
def test_thirty_rows_with_mistakes_become_cases(live_server, browser, email, language):
    words = WORDS[language]
    context = browser.new_context(locale=language, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    troubles = []
    page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    page.goto(live_server.url)
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("button.p, form .btn.p")
    page.wait_for_url("**/overview")
    picture(page, f"{language}-overview-empty")

    page.goto(f"{live_server.url}/submissions")
    picture(page, f"{language}-upload")
    page.set_input_files(
        "#file", {"name": "Mahnlauf_KW47.csv", "mimeType": "text/csv", "buffer": thirty_rows()}
    )
    page.get_by_role("button", name=words["upload"]).click()
    page.get_by_role("heading", name=words["need"]).wait_for()
    someone = Person(page, live_server.url)
    picture(page, f"{language}-check")

    someone.correct("12o,00", "120,00")
    someone.correct("31.06.2026", "30.06.2026")
    someone.correct("2542", "25421")
    page.get_by_role("button", name=words["no_day"]).first.click()
    page.get_by_role("button", name=words["skip_all"]).first.click()
    page.get_by_role("heading", name=words["none"]).wait_for()

    page.click(".foot a.p")
    page.get_by_role("button", name=words["hand_over"]).click()
    page.wait_for_selector("[data-errors]")  # Nothing is declared for the creditor.
    picture(page, f"{language}-declare-errors")
    for name, value in (("due_basis", "contract"), ("reminder", "none"), ("purpose", "consumer"),
                        ("disputed", "no")):  # fmt: skip
        page.check(f"[name={name}][value={value}]")
    page.check("#performed")
    picture(page, f"{language}-declare")
    page.get_by_role("button", name=words["hand_over"]).click()
    page.get_by_role("heading", name=words["done"]).wait_for()
    picture(page, f"{language}-result")
    page.locator("td.ref a").first.click()
    page.wait_for_selector(".owe")
    picture(page, f"{language}-case")
    page.goto(f"{live_server.url}/my-cases")
    assert page.locator("tbody tr").count() == 12
    picture(page, f"{language}-cases")
    page.goto(f"{live_server.url}/overview")
    picture(page, f"{language}-overview")
    assert [text for text in troubles if "422" not in text] == []
