"""The post room at the screen: taken in, assigned, taken apart, returned, printed once."""

import re
from io import BytesIO

import pytest

from cases.claims.queries import list_debtors
from cases.core.database import db, transaction
from tests.factories.casework import make_letter
from tests.factories.documents import make_pdf
from tests.factories.records import make_case, make_user
from tests.factories.visits import run_effects


@pytest.fixture
def case(worker):
    with transaction():
        return make_case(accepted_by=make_user())[0]


def upload(worker, *files):
    worker.get("/post")
    form = {"files": [(BytesIO(data), name) for data, name in files]}
    return worker.post("/post", form, content_type="multipart/form-data")


def work(app):
    """A worker does what is due; the test's own session ends what it has read before."""
    db.session.rollback()  # On one connection a later end of it would take the work back.
    run_effects(app)


def items(worker):
    return list(dict.fromkeys(re.findall(r'href="(/post/[^"/]+)"', worker.get("/post").text)))


def test_post_is_taken_in_assigned_by_number_and_set_aside(worker, case, at_work):
    assert "Nothing waits" in worker.get("/post").text
    assert upload(worker).status_code == 422
    answer = upload(worker, (make_pdf(3), "Stapel.pdf"), (b"MZ kein Scan\x00", "a.exe"))
    assert answer.status_code == 422  # The good one is there all the same.
    work(at_work)
    [address] = items(worker)
    page = worker.get(address).text
    assert "Nothing in it names a case." in page
    assert worker.get(f"{address}/file").data.startswith(b"%PDF")
    assert worker.post(f"{address}/assign", {"number": "nichts"}).status_code == 422
    assert worker.post(f"{address}/split", {"ranges": "9"}).status_code == 422
    assert worker.post(f"{address}/aside", {"why": ""}).status_code == 422
    assert worker.post(f"{address}/split", {"ranges": "1, 2-3"}).status_code == 303
    work(at_work)
    first, second = items(worker)
    assert worker.post(f"{first}/assign", {"number": case.number}).status_code == 303
    assert "Stapel-1.pdf" in worker.get(f"/cases/{case.public_id}").text
    assert worker.post(f"{first}/aside", {"why": "doppelt"}).status_code in {409, 422}
    assert worker.post("/post/join", {"item": second.rpartition("/")[2]}).status_code == 422
    assert worker.post(f"{second}/aside", {"why": "Werbung"}).status_code == 303
    assert items(worker) == []


def test_letters_that_came_back_are_noted_and_looked_for(worker, case, at_work):
    with transaction():
        number = make_letter(case).number
    worker.get("/returned-letters")
    assert worker.post("/returned-letters", {"numbers": ""}).status_code == 422
    page = worker.post("/returned-letters", {"numbers": f"{number}\nB-2020-0000001"}).text
    assert "address noted as not good" in page
    assert "no letter has this number" in page
    debtor = list_debtors(case.id)[0].debtor.public_id
    order = f"/cases/{case.public_id}/debtors/{debtor}/inquiry"
    assert worker.post(order, {"provider": ""}).status_code == 422
    assert worker.post(order, {"provider": "Meldeamt", "cost": "11"}).status_code == 303
    assert "Meldeamt" in worker.get("/returned-letters").text
    assert b"Lindenallee" in worker.get("/address-inquiries.csv").data
    wrong = {"file": (BytesIO(b"a;b"), "x.csv")}
    answer = worker.post("/address-inquiries", wrong, content_type="multipart/form-data")
    assert answer.status_code == 422


def test_a_print_run_is_prepared_and_released_once(worker, case, at_work):
    assert worker.get("/print-runs").status_code == 200
    assert worker.post("/print-runs").status_code == 422
    with transaction():
        letter = make_letter(case)
    work(at_work)
    answer = worker.post("/print-runs")
    assert answer.status_code == 303
    address = answer.headers["Location"]
    assert letter.number in worker.get(address).text
    assert worker.get(f"{address}.pdf").data.startswith(b"%PDF")
    assert letter.number.encode() in worker.get(f"{address}.csv").data
    assert letter.number.encode() in worker.get(f"{address}.xml").data
    assert worker.post(f"{address}/release").status_code == 303
    assert worker.post(f"{address}/release").status_code == 409
    assert worker.post(f"{address}/drop").status_code == 409
    assert "does not leave again" in worker.get(address).text
