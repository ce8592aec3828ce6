"""A single letter at the screen: chosen, written, kept however wrong, previewed, released."""

import re

import pytest

from cases.core.database import db, transaction
from cases.letters.models import LetterDraft
from cases.letters.queries import list_letters
from cases.people.policy import Role
from tests.factories.records import make_case, make_user
from tests.factories.visits import visit


@pytest.fixture
def case(worker):
    with transaction():
        return make_case(accepted_by=make_user())[0]


def begin(worker, case, kind="request_answer"):
    worker.get(f"/cases/{case.public_id}/letters")
    answer = worker.post(f"/cases/{case.public_id}/letters", {"kind": kind, "language": "de"})
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_a_letter_is_chosen_written_and_released(worker, case):
    address = begin(worker, case)
    page = worker.get(address).text
    assert "{salutation}" in page
    assert "The text still holds a line of the sample" in page
    text = "# Ihre Anfrage\n{salutation},\n\ndie Rechnung liegt bei.\n"
    assert worker.post(address, {"text": text}).status_code == 303
    page = worker.get(address).text
    assert "All duties of the law and of the house are met." in page
    assert worker.get(f"{address}.pdf").data.startswith(b"%PDF")
    answer = worker.post(address, {"text": text, "release": "1"})
    assert answer.status_code == 303
    [(letter, _)] = list_letters(case.id)
    assert letter.content["source"].strip() == text.strip()
    assert "Answer to an inquiry" in worker.get(f"/cases/{case.public_id}").text
    assert "released; see the documents" in worker.get(address).text


def test_what_is_wrong_is_kept_and_named_with_its_line(worker, case):
    address = begin(worker, case)
    text = "# Antwort\n\n{nobody} <b>fett</b>"
    assert worker.post(address, {"text": text, "release": "1"}).status_code == 422
    page = worker.get(address).text
    assert "{nobody} &lt;b&gt;fett&lt;/b&gt;" in page
    assert "Line 3:" in page
    assert list_letters(case.id) == []


def test_a_term_that_is_no_number_loses_no_text(worker, case):
    address = begin(worker, case)
    answer = worker.post(address, {"text": "Lang getippt", "term_days": "many"})
    assert answer.status_code == 422
    assert "Lang getippt" in answer.text


def test_letters_being_written_are_listed_and_thrown_away(worker, case):
    address = begin(worker, case, "closing")
    assert "Letters being written" in worker.get(f"/cases/{case.public_id}/letters").text
    assert worker.post(f"{address}/drop").status_code == 303
    assert db.session.query(LetterDraft).count() == 0


def test_a_kind_that_does_not_exist_is_refused(worker, case):
    worker.get(f"/cases/{case.public_id}/letters")
    answer = worker.post(f"/cases/{case.public_id}/letters", {"kind": "threat", "language": "de"})
    assert answer.status_code == 422


def test_the_first_demand_cannot_be_written_freely(worker, case):
    worker.get(f"/cases/{case.public_id}/letters")
    answer = worker.post(
        f"/cases/{case.public_id}/letters", {"kind": "first_demand", "language": "de"}
    )
    assert answer.status_code == 422


def test_accounts_write_no_letters(at_work, case):
    with transaction():
        email = make_user(Role.ACCOUNTS).email
    assert visit(at_work, email).get(f"/cases/{case.public_id}/letters").status_code == 403


def test_first_letters_of_many_cases_show_their_sums_before_the_click(worker, case):
    page = worker.get("/letters").text
    assert case.number in page
    assert "Release one case" in page
    answer = worker.post("/letters", {"case": case.public_id})
    page = worker.get(answer.headers["Location"]).text
    assert "The letter of one case is printed at 10:02; until then it can be taken back." in page
    assert "No first letter is due" in page
    address = re.search(r'action="(/letters/releases/[^"]+/undo)"', page).group(1)
    page = worker.get(worker.post(address).headers["Location"]).text
    assert "Taken back: no letter leaves for this case." in page
    assert "Release one case" in page


def test_a_case_is_left_out_and_the_sums_follow(worker, case):
    with transaction():
        other = make_case(accepted_by=make_user())[0]
    assert "2 cases, 2 letters: €2,152.68 demanded" in worker.get("/letters").text
    page = worker.get(f"/letters?without={other.public_id}").text
    assert "One case, one letter: €1,076.34 demanded" in page
    assert "One case is left out now and stays due." in page
    assert f'name="case" value="{other.public_id}"' not in page
