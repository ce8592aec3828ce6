"""The worklist at the screen: order, filters, pages, the next case, reservations, putting off."""

import re

import pytest

from cases.claims.queries import list_claims
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.people.policy import Role
from cases.worklist.listing import PAGE
from cases.worklist.models import WorkQueue
from cases.worklist.services import get_item, list_open_items, take_next
from tests.agency.conftest import NOW
from tests.factories.casework import make_objection
from tests.factories.records import (
    claim_details,
    make_case,
    make_creditor,
    make_uncomputable,
    make_user,
)
from tests.factories.visits import visit


def new_case(cents: int = 1_000_00, **fields):
    with transaction():
        return make_case(claims=[claim_details(principal_cents=cents)], **fields)[0]


def order_of(page: str, *cases) -> list[int]:
    table = page.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    places = {table.index(case.number): index for index, case in enumerate(cases)}
    return [places[place] for place in sorted(places)]


def test_highest_amount_first_and_objections_before_everything(worker):
    small, large = new_case(100_00), new_case(900_00)
    disputed = new_case(50_00, accepted_by=make_user())
    with transaction():
        make_objection(disputed, 10_00)
    page = worker.get("/worklist").text
    assert order_of(page, small, large, disputed) == [2, 1, 0]
    assert "Verify objection" in page
    assert "Review new order" in page


def test_every_row_says_why_in_words(worker):
    new_case()
    page = worker.get("/worklist").text
    assert "claims: 1" in page
    assert "{claims}" not in page


def test_filters_stand_in_the_address(worker):
    creditor = make_creditor("Andere GmbH")
    first, second = new_case(), new_case(creditor=creditor)
    page = worker.get("/worklist", query_string={"creditor": creditor.public_id}).text
    assert second.number in page
    assert first.number not in page
    assert "Nothing is due here" in worker.get("/worklist?queue=objection").text
    assert "Nothing is due here" in worker.get("/worklist?mine=1").text
    assert worker.get("/worklist?queue=nonsense&after=nonsense").status_code == 200


def test_pages_go_on_where_the_last_one_ended(worker):
    cases = [new_case(100_00 + number) for number in range(PAGE + 2)]
    first = worker.get("/worklist").text
    address = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = worker.get(address).text
    rest = [case.number for case in cases if case.number in second.split("<tbody>")[1]]
    assert rest == [cases[0].number, cases[1].number][: len(rest)]
    assert cases[-1].number not in second.split("<tbody>")[1].split("</tbody>")[0]


def test_next_case_reserves_it_for_five_minutes(worker, at_work):
    case = new_case()
    answer = worker.post("/worklist/next")
    assert answer.headers["Location"].endswith(case.public_id)
    page = worker.get(answer.headers["Location"]).text
    assert "data-reservation=" in page
    with transaction():
        email = make_user().email
    other = visit(at_work, email, "en")
    assert case.number not in other.get("/worklist").text
    other.get("/cases")
    assert other.post("/worklist/next").headers["Location"] == "/worklist"


def test_the_heartbeat_keeps_a_reservation_until_somebody_else_has_it(worker):
    case = new_case()
    worker.get("/worklist")
    worker.post("/worklist/next")
    item = list_open_items(case.id)[0]
    address = f"/worklist/{item.public_id}/reservation"
    assert worker.post(address).status_code == 204
    with clock_at(NOW.replace(minute=20)):
        with transaction():
            taken = take_next(make_user().id)
        assert taken is not None
        lost = worker.post(address)
    assert lost.status_code == 409
    assert lost.mimetype == "text/plain"
    assert "Somebody else" in lost.text


@pytest.mark.parametrize(
    ("form", "field"),
    [
        pytest.param({"why": "waits for a copy"}, "until", id="no day"),
        pytest.param({"until": "27.11.2026"}, "why", id="no reason"),
        pytest.param({"until": "23.11.2026", "why": "so"}, "until", id="today"),
    ],
)
def test_nobody_just_skips_a_case(worker, form, field):
    case = new_case()
    item = list_open_items(case.id)[0]
    address = f"/worklist/{item.public_id}/postponement"
    worker.get(address)
    answer = worker.post(address, form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


def test_a_case_is_put_off_with_a_day_and_a_reason(worker):
    case = new_case()
    item = list_open_items(case.id)[0]
    address = f"/worklist/{item.public_id}/postponement"
    worker.get(address)
    worker.post(address, {"until": "27.11.2026", "why": "waits for a copy"})
    assert case.number not in worker.get("/worklist").text
    assert "waits for a copy" in worker.get(f"/cases/{case.public_id}").text


def test_follow_ups_are_ticked_off_and_new_orders_are_not(worker):
    case = new_case()
    worker.get("/worklist")
    worker.post(f"/cases/{case.public_id}/follow-up", {"due_on": "23.11.2026"})
    items = {item.queue: item for item in list_open_items(case.id)}
    refused = worker.post(f"/worklist/{items[WorkQueue.NEW_CASE].public_id}/done")
    assert refused.status_code == 409
    worker.post(f"/worklist/{items[WorkQueue.FOLLOW_UP].public_id}/done")
    assert get_item(items[WorkQueue.FOLLOW_UP].public_id).done_at is not None


def test_a_preview_comes_alone_when_htmx_asks(worker):
    case = new_case()
    item = list_open_items(case.id)[0]
    query = {"item": item.public_id}
    part = worker.get("/worklist", query_string=query, headers={"HX-Request": "true"}).text
    assert part.strip().startswith('<aside class="card" id="preview"')
    assert case.number in part
    assert "<html" not in part


def test_one_case_without_a_known_rate_closes_no_page_for_anybody(worker):
    """Default began in 2001, before the first base rate; the case stands first in the list."""
    with transaction():
        details = [claim_details(principal_cents=9_000_00)]
        odd, _ = make_case(claims=details, accepted_by=make_user())
        make_uncomputable(odd)
    new_case(100_00)
    for address in ("/worklist", f"/cases/{odd.public_id}"):
        answer = worker.get(address)
        assert answer.status_code == 200, address
        assert "no rate is known for" in answer.text, address


def test_the_menu_leads_to_the_worklist_and_the_tabs_add_up(worker):
    new_case()
    disputed = new_case(accepted_by=make_user())
    with transaction():
        make_objection(disputed, 10_00)
    page = worker.get("/worklist").text
    assert 'class="nav" data-key="g a" href="/worklist" aria-current="page"' in page
    tabs = page.split('<nav class="tabs under"')[1].split('<span class="end">')[0]
    due, *others = [int(number) for number in re.findall(r'class="n">(\d+)<', tabs)]
    assert due == sum(others) > 1


def test_the_list_can_be_read_oldest_first(worker):
    young = new_case(900_00)
    with clock_at(NOW.replace(day=1)):
        old = new_case(100_00)
    assert order_of(worker.get("/worklist").text, young, old) == [0, 1]
    with transaction():
        list_open_items(old.id)[0].since = NOW.date().replace(year=2020)
    assert order_of(worker.get("/worklist?sort=oldest").text, young, old) == [1, 0]


def test_plain_orders_are_ticked_accepted_together_and_taken_back(worker):
    plain, other = new_case(100_00), new_case(200_00)
    doubtful = new_case(300_00)
    with transaction():
        list_claims(doubtful.id)[0].known_dispute = "Ware mangelhaft"
    assert 'name="case"' not in worker.get("/worklist").text, "boxes only where rows are alike"
    page = worker.get("/worklist?queue=new_case").text
    for case, boxes in ((plain, 1), (other, 1), (doubtful, 0)):
        assert page.count(f'name="case" value="{case.public_id}"') == boxes
    ticked = {"case": [case.public_id for case in (plain, other, doubtful)]}
    page = worker.get(worker.post("/worklist/acceptances", ticked).headers["Location"]).text
    assert "2 orders accepted." in page
    assert "One order stays: somebody has to read it." in page
    assert "2 orders were accepted at 10:00; until 10:02 they can be taken back." in page
    address = re.search(r'action="(/worklist/acceptances/[^"]+/undo)"', page).group(1)
    page = worker.get(worker.post(address).headers["Location"]).text
    assert "2 orders wait again." in page
    assert order_of(page, plain, other, doubtful) == [2, 1, 0]
    assert worker.post(address).status_code == 409


def test_accounts_accept_nothing(at_work):
    with transaction():
        email = make_user(Role.ACCOUNTS).email
    assert visit(at_work, email).post("/worklist/acceptances").status_code == 403
