"""Trial balance, journal, closing, DATEV, statement documents, calculators and rates on screen."""

import csv
import io
from datetime import date

import pytest

from cases.claims.models import Case
from cases.core.database import db, transaction
from cases.costs.booking import book_first_costs
from cases.ledger.books.closing_approval import find_asked
from cases.ledger.books.datev import CHART
from cases.ledger.books.exports import export_datev
from cases.ledger.queries import find_last_closed_day, statement
from cases.ledger.rates import house_rates
from cases.ledger.services import allocate_by_law, post_payment
from cases.people.policy import Role
from tests.factories.records import make_case, make_user
from tests.factories.visits import visit

TODAY = date(2026, 11, 23)
PAID_ON = date(2026, 11, 20)


@pytest.fixture
def case(at_work):
    with transaction():
        made, _ = make_case()
        book_first_costs(made, date(2026, 11, 1))
        spread = allocate_by_law(statement(made.id, PAID_ON), 100_00, PAID_ON)
        post_payment(made, spread, amount_cents=100_00, value_on=PAID_ON, booked_on=PAID_ON)
    return made


def person(at_work, role):
    with transaction():
        email = make_user(role).email
    return visit(at_work, email, "en")


@pytest.fixture
def clerk(at_work):
    return person(at_work, Role.ACCOUNTS)


def test_the_trial_balance_sums_to_zero_and_the_trust_account_is_proven(clerk, case):
    page = clerk.get("/ledger").text
    assert "Every cent has an owner" in page
    assert "Owed to creditors" in page
    assert "−€100.00" in page


def test_the_journal_shows_both_sides(clerk, case):
    page = clerk.get("/ledger/journal").text
    assert "Payment allocated" in page
    assert "Collection costs" in page
    assert "Payment allocated" in clerk.get("/ledger/journal?account=trust_bank").text
    assert "Collection costs" not in clerk.get("/ledger/journal?account=trust_bank").text


def test_a_period_is_closed_by_two_people_once_it_is_over(at_work, clerk, case):
    assert clerk.post("/ledger/close", {"last_day": "31.12.2026"}).status_code == 422
    assert find_last_closed_day() is None
    assert clerk.post("/ledger/close", {"last_day": "31.10.2026"}).status_code == 303
    assert find_last_closed_day() is None
    assert "waits for a second person" in clerk.get("/ledger/close?last_day=31.10.2026").text
    address = f"/approvals/{find_asked().public_id}/confirm"
    assert clerk.post(address).status_code == 422, "whoever asked never confirms"
    assert person(at_work, Role.ACCOUNTS).post(address).status_code == 303
    assert find_last_closed_day() == date(2026, 10, 31)
    assert clerk.post("/ledger/close", {"last_day": "31.10.2026"}).status_code == 422


def test_a_case_worker_closes_nothing(at_work, case):
    worker = person(at_work, Role.CASE_WORKER)
    assert worker.post("/ledger/close", {"last_day": "31.10.2026"}).status_code == 403
    assert worker.get("/ledger/datev.csv").status_code == 403


def test_the_tax_adviser_gets_what_moved_money(clerk, case):
    answer = clerk.client.get("/ledger/datev.csv?first_day=01.11.2026&until=30.11.2026")
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.data.decode("cp1252")), delimiter=";"))
    assert rows[0][:4] == ["EXTF", "700", "21", "Buchungsstapel"]
    assert [row[0] for row in rows[2:]] == ["100,00"]
    assert clerk.get("/ledger/datev.csv?first_day=01.11.2025&until=30.11.2026").status_code == 422


def test_the_statement_leaves_as_csv_with_the_columns_of_courts(at_work, case):
    answer = person(at_work, Role.CASE_WORKER).get(
        f"/cases/{case.public_id}/statement.csv?as_of=23.11.2026"
    )
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][-1] == "Currency"
    owed = statement(case.id, TODAY)
    assert rows[-1][-2] == f"{owed.open_cents // 100},{owed.open_cents % 100:02d}"
    assert rows[-2][-2] == "100,00"
    assert owed.owed_cents - owed.paid_cents == owed.open_cents


def test_the_statement_leaves_as_a_document_with_the_same_bytes(at_work, case):
    worker = person(at_work, Role.CASE_WORKER).client
    address = f"/cases/{case.public_id}/statement.pdf?as_of=23.11.2026"
    first = worker.get(address).data
    assert first.startswith(b"%PDF")
    assert worker.get(address).data == first


@pytest.mark.parametrize(
    ("query", "words"),
    [
        pytest.param(
            "of=interest&principal_cents=1000&first_day=01.07.2025&last_day=31.12.2025"
            "&debtor=consumer",
            ["€31.61", "6.27%", "184"],
            id="interest",
        ),
        pytest.param(
            "of=costs&value_cents=1000&law_date=23.11.2026&item=VV2300&rate=0.5",
            ["€55.80", "€46.50", "§ 13 RVG"],
            id="costs",
        ),
        pytest.param(
            "of=costs&value_cents=1000&law_date=23.11.2026&item=KV1100", ["€38.00"], id="court fee"
        ),
        pytest.param(
            "of=deadline&event_on=21.05.2026&count=2&unit=weeks&place=DE-NW",
            ["Friday, 5 June 2026", "Thursday, 4 June 2026"],
            id="deadline over Corpus Christi",
        ),
    ],
)
def test_a_calculator_answers_with_its_steps(clerk, query, words):
    answer = clerk.get(f"/calculators?{query}")
    assert answer.status_code == 200
    for each in words:
        assert each in answer.text, each


def test_a_calculator_names_what_is_missing(clerk):
    answer = clerk.get("/calculators?of=interest&principal_cents=abc")
    assert answer.status_code == 422
    assert "First day" in answer.text
    assert clerk.get("/calculators").status_code == 200


def test_an_admin_enters_the_next_half_year_and_sees_what_it_changes(at_work, case):
    admin = person(at_work, Role.ADMIN)
    known = house_rates().known_until
    form = {"valid_from": "01.01.2027", "rate_percent": "1,77", "source": "Bundesbank 2026-12-29"}
    assert admin.post("/rates", {**form, "valid_from": "02.01.2027"}).status_code == 422
    assert admin.post("/rates", {**form, "valid_from": "01.07.2027"}).status_code == 422
    assert admin.post("/rates", {**form, "rate_percent": "177"}).status_code == 422
    assert house_rates().known_until == known
    assert admin.post("/rates", form).status_code == 303
    assert house_rates().rate_percent(date(2027, 1, 1)).as_tuple().digits == (1, 7, 7)
    assert "Bundesbank 2026-12-29" in admin.get("/rates").text
    assert admin.get("/rates/changes/2027-01-01").status_code == 200
    assert admin.get("/rates/changes/nonsense").status_code == 404


def test_a_corrected_rate_changes_interest_and_the_report_names_the_case(at_work, case):
    admin = person(at_work, Role.ADMIN)
    before = statement(case.id, TODAY).interest_open_cents
    form = {"valid_from": "01.07.2026", "rate_percent": "2,52", "source": "Bundesbank, corrected"}
    assert admin.post("/rates", form).status_code == 303
    assert statement(case.id, TODAY).interest_open_cents > before
    page = admin.get("/rates/changes/2026-07-01").text
    assert db.session.get_one(Case, case.id).number in page


def test_the_adviser_s_numbers_are_settings_with_a_check(at_work, case):
    admin = person(at_work, Role.ADMIN)
    page = admin.get("/ledger/datev-settings").text
    assert 'value="1001"' in page
    numbers = {account.value: str(18000 + place) for place, account in enumerate(CHART)}
    good = {"consultant": "29098", "client": "55003", "chart": "03", **numbers}
    for wrong, words in (
        ({"consultant": "12"}, "four to seven digits"),
        ({"client": "123456"}, "one to five digits"),
        ({"suspense": "1495"}, "same number of digits"),
        ({"suspense": "18000"}, "given to two accounts"),
        ({"income": "automatic"}, "one to four digits"),
        ({"income": "plain", "stop_key": "40"}, "Leave it empty"),
    ):
        refused = admin.post("/ledger/datev-settings", {**good, **wrong})
        assert refused.status_code == 422
        assert words in refused.text
    assert "Nobody has asked the tax adviser" in admin.get("/ledger").text
    good |= {"income": "automatic", "stop_key": "40"}
    assert admin.post("/ledger/datev-settings", good).status_code == 303
    assert "Nobody has asked the tax adviser" not in admin.get("/ledger").text
    head = export_datev(PAID_ON, TODAY, "Test").decode("cp1252").splitlines()[0].split(";")
    assert (head[10], head[11], head[13], head[26]) == ("29098", "55003", "5", '"03"')
