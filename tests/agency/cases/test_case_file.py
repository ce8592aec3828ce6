"""The case file: what it shows, accepting and refusing, notes, follow-ups, the end, the list."""

import html
import re

import pytest

from cases.claims.models import Outcome, Phase
from cases.core.database import transaction
from cases.parties.clients import add_contact
from cases.parties.models import ContactRole
from cases.people.policy import Role
from cases.worklist.services import list_open_items, reserve
from tests.factories.casework import make_letter
from tests.factories.records import (
    claim_details,
    debtor_details,
    make_case,
    make_creditor,
    make_user,
)
from tests.factories.visits import visit


def follow(person, answer):
    """Go where an answer sends the browser."""
    assert answer.status_code == 303, answer.text
    return person.get(answer.headers["Location"])


def new_case(**fields):
    with transaction():
        case, _ = make_case(**fields)
        return case


def test_the_file_shows_what_is_owed_by_whom_and_since_when(worker):
    case = new_case(claims=[claim_details(invoice_number="RE-7001")])
    text = worker.get(f"/cases/{case.public_id}").text
    for words in ("Jonas Weber", "Lindenallee 7", "RE-7001", "€1,000.00", "agreed in the contract",
                  "1 Aug 2026", "Review new order", "claims: 1"):  # fmt: skip
        assert words in text, words
    assert "Closed" not in text


def test_any_day_can_be_asked_for(worker):
    case = new_case()
    text = worker.get(f"/cases/{case.public_id}", query_string={"as_of": "31.7.2026"}).text
    assert "Open on 31 Jul 2026" in text
    assert "No interest" in text
    statement = worker.get(
        f"/cases/{case.public_id}/statement", query_string={"as_of": "2026-12-31"}
    )
    assert "Statement to 31 Dec 2026" in statement.text


def test_an_order_is_accepted_once(worker):
    case = new_case()
    page = follow(worker, worker.post(f"/cases/{case.public_id}/accept"))
    assert "Send first demand letter" in page.text
    assert (case.phase, case.owner_id is not None) == (Phase.AMICABLE, True)
    assert worker.post(f"/cases/{case.public_id}/accept").status_code == 409


def test_an_order_is_refused_with_a_reason_only(worker):
    case = new_case()
    refused = worker.post(f"/cases/{case.public_id}/refuse", {"reason": " "})
    assert refused.status_code == 422
    assert "A reason is needed." in refused.text
    follow(
        worker, worker.post(f"/cases/{case.public_id}/refuse", {"reason": "No power of attorney"})
    )
    assert (case.phase, case.outcome) == (Phase.CLOSED, Outcome.REFUSED)


def test_notes_and_follow_ups_enter_the_timeline(worker):
    case = new_case()
    worker.post(f"/cases/{case.public_id}/notes", {"note": "Calls only in the morning"})
    late = worker.post(f"/cases/{case.public_id}/follow-up", {"due_on": "22.11.2026"})
    assert late.status_code == 422
    follow(
        worker,
        worker.post(f"/cases/{case.public_id}/follow-up", {"due_on": "27.11.26", "note": "Pay?"}),
    )
    text = worker.get(f"/cases/{case.public_id}").text
    assert "Calls only in the morning" in text
    assert "Follow-up set for 27 Nov 2026" in text
    only_notes = worker.get(f"/cases/{case.public_id}", query_string={"events": "notes"}).text
    assert "Case opened" not in only_notes


def test_the_timeline_goes_back_page_by_page(worker):
    case = new_case()
    for number in range(30):
        worker.post(f"/cases/{case.public_id}/notes", {"note": f"note number {number}."})
    first = worker.get(f"/cases/{case.public_id}").text
    assert "note number 29." in first
    assert "note number 1." not in first
    address = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = worker.get(address).text
    assert "note number 1." in second
    assert "note number 29." not in second


@pytest.mark.parametrize("text", ["Zimmermann", "zimm", "Ida Zim", "RE-9001", "re-9001"])
def test_cases_are_found_by_name_and_invoice(worker, text):
    wanted = new_case(
        claims=[claim_details(invoice_number="RE-9001")],
        debtors=[debtor_details("Zimmermann", given_name="Ida")],
    )
    other = new_case(creditor=make_creditor("Andere GmbH"))
    page = worker.get("/cases", query_string={"q": text}, follow_redirects=True).text
    assert wanted.number in page
    assert other.number not in page


def test_cases_are_found_by_number_creditor_and_phase(worker):
    creditor = make_creditor("Andere GmbH")
    first, second = new_case(), new_case(creditor=creditor)
    opened = worker.get("/cases", query_string={"q": first.number})
    assert opened.headers["Location"].endswith(first.public_id)
    page = worker.get("/cases", query_string={"creditor": creditor.public_id}).text
    assert [case.number for case in (first, second) if case.number in page] == [second.number]
    assert first.number in worker.get("/cases", query_string={"phase": "new"}).text
    assert "No case fits" in worker.get("/cases", query_string={"phase": "court"}).text


def test_who_does_not_work_on_cases_may_only_look(at_work):
    case = new_case()
    with transaction():
        email = make_user(Role.ACCOUNTS).email
    person = visit(at_work, email)
    person.get("/worklist")
    assert person.get(f"/cases/{case.public_id}").status_code == 200
    for action in ("accept", "refuse", "close", "notes"):
        assert person.post(f"/cases/{case.public_id}/{action}").status_code == 403
    assert case.phase is Phase.NEW


def test_a_stranger_is_asked_to_sign_in(at_work):
    case = new_case()
    answer = at_work.test_client().get(f"/cases/{case.public_id}")
    assert answer.headers["Location"].startswith("/sign-in")


def test_other_cases_of_the_debtor_and_who_works_on_it_are_shown(at_work, worker):
    first, second = new_case(), new_case(creditor=make_creditor("Andere GmbH"))
    page = worker.get(f"/cases/{first.public_id}").text
    assert "Other cases against this debtor" in page
    assert second.number in page
    with transaction():
        colleague = make_user(name="Karl Kollege")
        reserve(list_open_items(first.id)[0].id, colleague.id)
    assert "Karl Kollege is working on this case" in worker.get(f"/cases/{first.public_id}").text
    assert 'data-key="n"' in page


def test_what_is_ahead_is_not_told_as_if_it_had_happened(worker):
    case = new_case(accepted_by=make_user())
    with transaction():
        make_letter(case)
    page = worker.get(f"/cases/{case.public_id}").text
    assert "Wait for the payment until" in page
    assert "Payment day has passed" not in page


def test_an_unknown_case_does_not_exist(worker):
    assert worker.get("/cases/nowhere").status_code == 404


def test_a_wrong_note_is_crossed_out_and_the_right_one_stands_above_it(worker):
    case = new_case()
    address = f"/cases/{case.public_id}"
    worker.post(f"{address}/notes", {"note": "Pays on the 3rd"})
    page = worker.get(address).text
    edit = re.search(rf'href="({address}/notes/\d+)"', page)[1]
    assert "Pays on the 3rd" in worker.get(edit).text
    assert worker.post(edit, {"note": " "}).status_code == 422
    page = follow(worker, worker.post(edit, {"note": "Pays on the 13th"})).text
    assert "<del>Pays on the 3rd</del>" in page
    assert page.index("Pays on the 13th") < page.index("<del>")
    again = worker.post(edit, {"note": "Pays on the 14th"})
    assert again.status_code == 422
    assert "Pays on the 14th" in again.text
    newest = re.search(rf'href="({address}/notes/\d+)"', page)[1]
    page = follow(worker, worker.post(f"{newest}/withdrawal", {"why": "another case"})).text
    assert "Note withdrawn: another case" in page
    assert f"{address}/notes/" not in page.replace(f'action="{address}/notes"', "")


def test_the_people_to_ask_at_the_client_stand_on_the_case(worker):
    case = new_case()
    assert "No contact person is named." in worker.get(f"/cases/{case.public_id}").text
    with transaction():
        add_contact(case.creditor_id, ContactRole.BOOKKEEPING, "Sabine Krüger", "040 123", None)
    page = worker.get(f"/cases/{case.public_id}").text
    assert "Sabine Krüger" in page
    assert 'href="tel:+4940123"' in page


def test_cases_are_sorted_by_any_column_and_paged_in_that_order(worker, monkeypatch):
    monkeypatch.setattr("agency.cases.views.PAGE", 2)
    names = ("Zander", "Ahlers", "Möller", "Behrens")
    for each, cents in zip(names, (300_00, 100_00, 100_00, 200_00), strict=True):
        new_case(claims=[claim_details(principal_cents=cents)], debtors=[debtor_details(each)])

    def read(sort):
        found, address = [], f"/cases?sort={sort}"
        while address:
            page = worker.get(address).text
            found += re.findall("|".join(names), page)
            following = re.search(r'rel="next" href="([^"]+)"', page)
            address = following and html.unescape(following[1])
        return found, page

    assert read("debtor")[0] == ["Ahlers", "Behrens", "Möller", "Zander"]
    assert read("-principal")[0] == ["Zander", "Behrens", "Möller", "Ahlers"]
    found, page = read("open")
    assert found == ["Ahlers", "Möller", "Behrens", "Zander"]
    assert 'aria-sort="ascending"' in page
    assert read("unknown")[0] == list(reversed(names))
    assert worker.get("/cases?sort=debtor&after=x_1").status_code == 200
