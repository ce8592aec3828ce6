"""The first page of a creditor: what we need from it, and nothing that is settled."""

from datetime import timedelta
from functools import partial

import pytest

from cases.core import clock
from cases.core.database import transaction
from cases.intake.queries import get_submission
from cases.intake.questions import ask, ask_all
from cases.parties.clients import change_client
from cases.parties.queries import get_creditor
from cases.people.policy import Role
from tests.factories.records import make_agency, make_creditor, make_user
from tests.factories.uploads import invoice, make_upload
from tests.factories.visits import visit

NEEDED = "Das brauchen wir von Ihnen"


@pytest.fixture
def creditor(fresh_app):
    """A way to sign in, and one to hand a file in; that answers the address of the upload."""
    with fresh_app.app_context(), transaction():
        owner = make_creditor()
        email, owner_id = make_user(Role.CREDITOR, creditor=owner).email, owner.id

    def upload(content, name="offen.csv"):
        with fresh_app.app_context():
            owner = get_creditor(owner_id)
            return f"/submissions/{make_upload(owner, content, name).public_id}"

    return partial(visit, fresh_app, email), upload


def test_a_row_to_correct_is_asked_for(creditor):
    enter, upload = creditor
    person = enter()
    upload([invoice("R-1"), invoice("R-2", "abc")], "mit_fehler.csv")
    page = person.get("/overview").text
    assert NEEDED in page
    assert "1 Zeile aus mit_fehler.csv korrigieren" in page


def test_nothing_is_asked_for_when_every_row_was_left_out(creditor):
    enter, upload = creditor
    person = enter()
    address = upload([invoice("R-1")])
    assert NEEDED in person.get("/overview").text
    person.get(address)
    assert person.post(f"{address}/rows/2/leave-out").status_code == 303
    assert NEEDED not in person.get("/overview").text


def test_our_question_comes_first_and_names_its_day(creditor):
    enter, upload = creditor
    person = enter()
    asked = upload([invoice("R-1")], "gefragt.csv").rsplit("/", 1)[1]
    upload([invoice("R-2"), invoice("R-3")], "neuer.csv")
    answer_by = clock.today() + timedelta(days=3)
    with person.client.application.app_context(), transaction():
        ask_all(get_submission(asked).id, "Gibt es einen Lieferschein?", answer_by)
    page = person.get("/overview").text
    assert page.index("Unsere Frage zu gefragt.csv beantworten") < page.index("neuer.csv")
    assert "Gibt es einen Lieferschein?" in page
    assert f"Bitte antworten Sie bis {answer_by:%d.%m.%Y}." in page
    assert "gefragt.csv jetzt übergeben" not in page


def test_a_question_about_a_row_comes_first(creditor):
    enter, upload = creditor
    person = enter()
    asked = upload([invoice("R-1")], "gefragt.csv").rsplit("/", 1)[1]
    upload([invoice("R-2")], "neuer.csv")
    with person.client.application.app_context(), transaction():
        ask(get_submission(asked).id, 2, "Welche Leistung war das?")
    page = person.get("/overview").text
    needed = page.index("Unsere Frage zu 1 Zeile von gefragt.csv beantworten")
    assert needed < page.index("neuer.csv")


def test_an_unreadable_file_is_news_for_a_week(creditor):
    enter, upload = creditor
    person = enter()
    upload(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "bild.csv")
    assert "bild.csv konnte nicht gelesen werden" in person.get("/overview").text
    with clock.clock_at(clock.now() + timedelta(days=8)):
        person = enter()
        assert NEEDED not in person.get("/overview").text
        assert "bild.csv" in person.get("/submissions").text


def test_an_empty_house_says_what_to_do_first(creditor):
    enter, _ = creditor
    page = enter().get("/overview").text
    assert NEEDED not in page
    assert "Reichen Sie Ihre ersten Forderungen ein" in page


def test_a_client_sees_who_looks_after_it_and_without_anybody_the_house(fresh_app):
    with fresh_app.app_context(), transaction():
        make_agency()
        owner = make_creditor()
        email, owner_id = make_user(Role.CREDITOR, creditor=owner).email, owner.id
    person = visit(fresh_app, email)
    assert "040 5550110" in person.get("/overview").text
    with fresh_app.app_context(), transaction():
        change_client(
            owner_id, {"house_contact": "Nora Petersen", "house_contact_phone": "040 5550123"}
        )
    page = person.get("/overview").text
    assert "Nora Petersen" in page
    assert 'href="tel:+49405550123"' in page
    assert "post@hanse-forderung.example" in page
