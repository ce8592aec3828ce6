"""A bookkeeper at work in a real browser: one claim by form whose session ends in the middle, two
corrections saved by one button, a payment made to her, and our question answered from her start
page."""

import pytest
from sqlalchemy import select

from agency.app import create_app
from cases.claims.models import Claim
from cases.claims.report_models import CreditorReport
from cases.core.database import db, transaction
from cases.intake.models import RowState, Submission, SubmissionRow
from cases.intake.questions import ask_all
from cases.people.policy import Role
from tests.factories.records import PASSWORD, make_agency, make_creditor, make_user
from tests.factories.uploads import invoice, list_of
from tests.factories.walk_steps import Person, wait_until
from tests.infrastructure.databases import dispose

DAY = {
    "invoice_number": "R-1", "invoiced_on": "1.7.2026", "open": "1.250,40", "name": "Jonas Weber",
    "street": "Lindenallee 7", "postcode": "20259", "city": "Hamburg", "due_on": "15.7.2026",
    "reminded_day": "1.8.2026", "second_reminded_on": "20.8.2026", "text": "Reparatur des Daches",
}  # fmt: skip
MISTAKES = list_of([
    invoice("RE-1", "12o,00"), invoice("RE-2", name="Holger Trautmann", PLZ="2025"),
])  # fmt: skip


@pytest.mark.browser
def test_a_form_survives_its_session_and_a_payment_to_her_reaches_us(bookkeeper):
    bookkeeper.one_claim_with_a_session_that_ends()
    bookkeeper.a_payment_made_to_her()
    bookkeeper.assert_quiet()


@pytest.mark.deep
@pytest.mark.browser
def test_two_corrections_and_our_question(bookkeeper):
    bookkeeper.two_corrections_by_one_button()
    bookkeeper.our_question_answered()
    bookkeeper.assert_quiet()


@pytest.fixture
def bookkeeper(live_server, browser, tmp_path):
    app = create_app(live_server.database.settings(tmp_path / "var"))
    with app.app_context(), transaction():
        make_agency()
        email = make_user(Role.CREDITOR, creditor=make_creditor()).email
    try:
        context = browser.new_context(locale="de", viewport={"width": 400, "height": 900})
        someone = Person(context.new_page(), live_server.url)
        someone.sign_in(email)
        yield Bookkeeper(app, someone, context, email)
    finally:
        dispose(app)


class Bookkeeper:
    """Somebody at a creditor, on a narrow screen."""

    def __init__(self, app, someone, context, email):
        self.app, self.someone, self.context, self.email = app, someone, context, email

    def assert_quiet(self):
        """Nothing but the ended session was reported in the browser's console."""
        assert [each for each in self.someone.troubles if "401" not in each] == []

    def one_claim_with_a_session_that_ends(self):
        app, someone, context, email = self.app, self.someone, self.context, self.email
        someone.open("/submissions/single")
        someone.page.get_by_text("Weitere Mahnungen").click()
        someone.write(**DAY)
        someone.choose(purpose="consumer", due_basis="contract", reminder="day", disputed="no")
        someone.page.check("#performed")
        cookies = context.cookies()
        context.clear_cookies()
        context.add_cookies([each for each in cookies if each["name"] != "recoup"])
        someone.press("/submissions/single")
        someone.sees("Was Sie getippt haben, ist aufgehoben")
        someone.page.fill("#email", email)
        someone.page.fill("#password", PASSWORD)
        someone.page.press("#password", "Enter")
        someone.sees("Reparatur des Daches")
        someone.page.locator("main form button:not([type=button])").first.click()
        wait_until(lambda: "1 Forderung ist übergeben" in someone.text(), someone.page)
        with app.app_context():
            claim = db.session.scalars(select(Claim)).one()
            assert (claim.principal_cents, len(claim.reminders)) == (1250_40, 2)

    def a_payment_made_to_her(self):
        app, someone = self.app, self.someone
        someone.page.locator("td.ref a").first.click()
        someone.sees("gemahnt am 20.08.2026, Schreiben fehlt", "Noch kein Schreiben versandt")
        someone.page.get_by_role("link", name="Etwas melden").click()
        someone.choose(kind="direct_payment")
        someone.write(amount_cents="200,00", happened_on="2.9.2026")
        someone.page.locator("main form button:not([type=button])").first.click()
        someone.sees("liegt bei uns")
        with app.app_context():
            assert db.session.scalars(select(CreditorReport)).one().amount_cents == 200_00

    def two_corrections_by_one_button(self):
        app, someone = self.app, self.someone
        someone.open("/submissions")
        someone.upload("liste.csv", "text/csv", MISTAKES)
        someone.sees("2 von 2 Zeilen brauchen eine Korrektur")
        someone.page.locator("input.err[value='2025']").first.fill("20259")
        someone.correct("12o,00", "120,00")
        wait_until(lambda: "bereit zur Übergabe" in someone.text(), someone.page)
        with app.app_context():
            states = set(db.session.scalars(select(SubmissionRow.state)))
            assert states == {RowState.READY}

    def our_question_answered(self):
        app, someone = self.app, self.someone
        with app.app_context(), transaction():
            submission = db.session.scalars(select(Submission)).one()
            ask_all(submission.id, "Gehört die zweite Rechnung zu einem anderen Kunden?")
        someone.open("/overview")
        someone.sees("Gehört die zweite Rechnung zu einem anderen Kunden?")
        someone.page.get_by_role("link", name="Frage beantworten").first.click()
        someone.write(answer="Nein, beide sind richtig.")
        someone.press("/question")
        with app.app_context():
            wait_until(lambda: "asked" not in answers(), someone.page)
            assert answers()["said"][0]["answer"] == "Nein, beide sind richtig."


def answers():
    db.session.expire_all()
    return db.session.scalar(select(Submission.answers))
