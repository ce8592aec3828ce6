"""5,000 rows with forty mistakes: mapped, corrected, handed over in part, finished later."""

import io
import re

import pytest
from openpyxl import load_workbook
from sqlalchemy import create_engine, text

from cases.core.database import transaction
from cases.people.policy import Role
from tests.factories.records import make_agency, make_creditor, make_user
from tests.factories.uploads import invoice, list_of
from tests.factories.walk_steps import Person

ROWS, CASES = 5_000, 2_500
#: Headers that say nothing, so that the creditor has to.
HEADER = tuple(f"Kz {letter}" for letter in "ABCDEFGH")
FIELDS = ("invoice_number", "invoiced_on", "due_on", "open", "name", "street", "postcode", "city")
AMOUNTS, POSTCODES, DAYS_BY_LIST, DAYS_LATER = range(3), range(3, 23), range(23, 38), range(38, 40)
PATIENCE_MS = 60_000


def cents_of(n):
    return 20_00 + n % 977 * 100 + n % 100


def amount_of(n):
    return f"{cents_of(n) // 100},{cents_of(n) % 100:02}"


def row(n):
    """A good row, or at every 125th place one of the forty mistakes."""
    mistake, rest = divmod(n, 125)
    debtor = n // 2
    lusatian = debtor in {place * 125 // 2 for place in POSTCODES}
    cells = {"PLZ": "02542"} if lusatian else {}
    amount = amount_of(n)
    if rest == 0 and mistake in AMOUNTS:
        amount = f"{amount}o"
    elif rest == 0 and mistake in POSTCODES:
        cells = {"PLZ": "2542"}
    elif rest == 0:
        cells = {"Rechnungsdatum": "31.04.2026" if mistake in DAYS_BY_LIST else "31.06.2026"}
    return invoice(f"R-{n}", amount, f"Kunde {debtor} GmbH", **cells)


@pytest.fixture
def person(live_server, browser):
    with live_server.inside(), transaction():
        make_agency()
        email = make_user(Role.CREDITOR, creditor=make_creditor("Stadtwerke Musterstadt")).email
    context = browser.new_context(locale="de", viewport={"width": 1440, "height": 900})
    someone = Person(context.new_page(), live_server.url)
    someone.page.set_default_timeout(PATIENCE_MS)
    someone.sign_in(email)
    return someone


def upload(page, address, name, data):
    page.goto(f"{address}/submissions")
    page.set_input_files(
        "#file", {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name="Hochladen und prüfen").click()


def heading(page, words):
    page.get_by_role("heading", name=re.compile(words)).wait_for()


def hand_over(page, number, together):
    """Answer, declare and hand over; wait for what came of it."""
    page.click(".foot a.p")
    for name, value in (("due_basis", "contract"), ("reminder", "none"), ("disputed", "no")):
        page.check(f"[name={name}][value={value}]")
    page.check("#performed")
    page.get_by_role("button", name=re.compile(rf"{number} Forderungen jetzt übergeben")).click()
    heading(page, rf"{together} Forderungen sind übergeben")


def corrected(sheet_bytes):
    """The list of errors with its days put right; the last two rows are left for later."""
    book = load_workbook(io.BytesIO(sheet_bytes))
    sheet = book.active
    column = [cell.value for cell in sheet[1]].index("Rechnungsdatum") + 1
    wrong = [row[column - 1].value for row in sheet.iter_rows(min_row=2)]
    assert wrong == ["31.04.2026"] * len(DAYS_BY_LIST) + ["31.06.2026"] * len(DAYS_LATER)
    sheet.delete_rows(2 + len(DAYS_BY_LIST), len(DAYS_LATER))
    for line in range(2, 2 + len(DAYS_BY_LIST)):
        sheet.cell(line, column, "30.04.2026")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def outcome(live_server):
    engine = create_engine(live_server.database.environment["DATABASE_URL"])
    with engine.connect() as connection:
        found = connection.execute(text(
            "SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM claims),"
            " (SELECT count(DISTINCT invoice_number) FROM claims),"
            " (SELECT sum(amount_cents) FROM ledger_entries),"
            " (SELECT sum(booked_open_cents) FROM cases),"
            " (SELECT count(*) FROM submissions WHERE state <> 'done')"
        )).one()  # fmt: skip
    engine.dispose()
    return tuple(found)


@pytest.mark.browser
@pytest.mark.deep
def test_five_thousand_rows_with_forty_mistakes(live_server, person):
    page = person.page
    upload(page, live_server.url, "op-liste.csv", list_of(map(row, range(ROWS)), HEADER))
    heading(page, "Was enthält jede Spalte")
    for place, field in enumerate(FIELDS):
        page.select_option(f"#column-{place}", field)
    page.get_by_role("button", name="Liste mit diesen Spalten lesen").click()
    heading(page, r"40 von 5\.000 Zeilen brauchen eine Korrektur")
    first = page.url

    for mistake in AMOUNTS:
        right = amount_of(mistake * 125)
        person.correct(f"{right}o", right)
    heading(page, r"37 von 5\.000 ")
    page.get_by_role("button", name="Führende Null ging verloren").click()
    heading(page, r"17 von 5\.000 ")
    hand_over(page, r"4\.?983", r"4\.?983")

    page.goto(first)
    with page.expect_download() as download:
        page.get_by_role("link", name="Fehlerliste (XLSX)").click()
    sheet = corrected(download.value.path().read_bytes())
    upload(page, live_server.url, "op-liste-korrigiert.xlsx", sheet)
    heading(page, "15 Zeilen sind bereit zur Übergabe")
    hand_over(page, 15, 15)

    page.goto(first)
    heading(page, r"2 von 5\.000 ")
    for _ in DAYS_LATER:
        person.correct("31.06.2026", "30.06.2026")
    heading(page, "2 Zeilen sind bereit zur Übergabe")
    hand_over(page, 2, r"4\.?985")

    total = sum(map(cents_of, range(ROWS)))
    assert outcome(live_server) == (CASES, ROWS, ROWS, total, total, 0)
    assert person.troubles == []
