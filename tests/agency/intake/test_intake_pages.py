"""Staff see what is in intake and ask back; the creditor answers."""

import pytest

from cases.core.database import transaction
from cases.people.policy import Role
from tests.factories.records import make_creditor, make_user
from tests.factories.uploads import make_read_upload
from tests.factories.visits import visit


@pytest.fixture
def house(fresh_app):
    with fresh_app.app_context(), transaction():
        creditor = make_creditor()
        emails = [
            make_user(Role.CASE_WORKER).email,
            make_user(Role.CREDITOR, creditor=creditor).email,
        ]
        key = make_read_upload(creditor).public_id
    worker, person = (visit(fresh_app, email) for email in emails)
    return worker, person, key


def test_intake_lists_uploads_of_all_creditors(house):
    worker, _, key = house
    page = worker.get("/intake").text
    assert "Stadtwerke Musterstadt GmbH" in page
    assert key in page


def test_a_row_goes_back_with_a_question_and_returns_with_an_answer(house):
    worker, person, key = house
    worker.get(f"/intake/{key}")
    asked = worker.post(f"/intake/{key}/rows/2/ask", {"question": "Gibt es einen Lieferschein?"})
    assert asked.status_code == 303
    check = person.get(f"/submissions/{key}").text
    assert "Gibt es einen Lieferschein?" in check
    person.get(f"/submissions/{key}/rows/2")
    assert person.post(f"/submissions/{key}/rows/2/answer", {"answer": " "}).status_code == 422
    assert person.post(f"/submissions/{key}/rows/2/answer", {"answer": "Ja."}).status_code == 303
    assert "1 Zeile ist bereit" in person.get(f"/submissions/{key}").text
    assert "Ja." in worker.get(f"/intake/{key}").text


def test_a_question_needs_words(house):
    worker, _, key = house
    worker.get(f"/intake/{key}")
    assert worker.post(f"/intake/{key}/rows/2/ask", {"question": ""}).status_code == 422


def test_creditors_do_not_see_the_staffs_intake(house):
    _, person, key = house
    assert person.get("/intake").status_code == 403
    assert person.get(f"/intake/{key}").status_code == 403
