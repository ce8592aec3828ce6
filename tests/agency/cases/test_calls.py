"""Calls, visits and messages at the screen: identity, outcomes, hours, what comes next."""

from datetime import date, datetime

import pytest

from agency.cases.contacts import next_friday
from cases.claims.queries import list_debtors
from cases.contacts.models import ContactChannel, ContactOutcome
from cases.contacts.queries import list_contacts, list_open_commitments, list_open_promises
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.people.policy import Role
from cases.worklist.services import list_open_items
from tests.factories.records import make_case, make_user
from tests.factories.visits import visit

REACHED = {"identity": "confirmed", "reason": "forgot", "person": "Jonas Weber"}


@pytest.fixture
def case(worker):
    with transaction():
        found, _ = make_case(accepted_by=make_user())
    return found


def call(worker, case, **form):
    return worker.post(f"/cases/{case.public_id}/call", form)


def test_the_page_asks_who_is_there_before_it_names_an_amount(worker, case):
    text = worker.get(f"/cases/{case.public_id}/call").text
    work = text.index('id="h-call"')
    assert text.index("Who is on the phone?") < text.index("Now the amount may be named", work)
    assert "Lindenallee 7" in text
    assert 'value="27.11.2026"' in text, "a promise is prefilled with next Friday"
    assert "checked" not in text.split('id="outcome"')[1].split("</fieldset>")[0]


@pytest.mark.parametrize(
    ("today", "friday"),
    [
        pytest.param(date(2026, 11, 23), date(2026, 11, 27), id="from Monday"),
        pytest.param(date(2026, 11, 26), date(2026, 11, 27), id="from Thursday"),
        pytest.param(date(2026, 11, 27), date(2026, 12, 4), id="never today"),
        pytest.param(date(2026, 11, 29), date(2026, 12, 4), id="from Sunday"),
    ],
)
def test_next_friday(today, friday):
    assert next_friday(today) == friday


def test_a_promise_is_saved_and_the_next_case_opens(worker, case):
    with transaction():
        other, _ = make_case()
    answer = call(
        worker, case, **REACHED, outcome="promise", promise_amount="400,5",
        promise_on="27.11.26", then="next",
    )  # fmt: skip
    assert answer.headers["Location"].endswith(f"/cases/{other.public_id}")
    (promise,) = list_open_promises(case.id)
    assert (promise.amount_cents, promise.due_on) == (400_50, date(2026, 11, 27))


def test_the_prefilled_promise_counts_only_with_the_outcome_promise(worker, case):
    call(worker, case, outcome="not_reached", promise_amount="1.000,00", promise_on="27.11.2026")
    assert list_open_promises(case.id) == []
    assert list_contacts(case.id)[0].outcome is ContactOutcome.NOT_REACHED


@pytest.mark.parametrize(
    ("form", "field"),
    [
        pytest.param({}, "outcome", id="no outcome"),
        pytest.param({"outcome": "refuses", "identity": "confirmed"}, "reason", id="no reason"),
        pytest.param({"outcome": "promise", "reason": "forgot", "promise_amount": "1",
                      "promise_on": "27.11.26"}, "identity", id="nobody knows who promised"),
        pytest.param({**REACHED, "outcome": "promise"}, "promise_amount", id="no amount"),
        pytest.param({**REACHED, "outcome": "promise", "promise_amount": "99999",
                      "promise_on": "27.11.26"}, "promise_amount", id="more than is owed"),
        pytest.param({**REACHED, "outcome": "promise", "promise_amount": "abc",
                      "promise_on": "27.11.26"}, "promise_amount", id="no number"),
        pytest.param({**REACHED, "outcome": "call_back"}, "call_back_on", id="no time"),
        pytest.param({**REACHED, "outcome": "call_back", "call_back_on": "24.11.26",
                      "call_back_at": "25:99"}, "call_back_at", id="no such time"),
        pytest.param({"outcome": "not_reached", "follow_up_on": "1.1.26"}, "follow_up_on",
                     id="a follow-up in the past"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_field(worker, case, form, field):
    answer = call(worker, case, **form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert list_contacts(case.id) == []


def test_a_call_back_is_promised_and_kept(worker, case):
    call(
        worker, case, **REACHED, outcome="call_back", call_back_on="24.11.2026",
        call_back_at="9.30",
    )  # fmt: skip
    (commitment,) = list_open_commitments(case.id)
    assert commitment.due_at == datetime.fromisoformat("2026-11-24T09:30:00+01:00")
    assert commitment.what == "Call back: Jonas Weber"
    call(worker, case, **REACHED, outcome="reached_pays", kept=commitment.public_id)
    assert list_open_commitments(case.id) == []


def test_a_commitment_is_marked_as_kept_in_the_file(worker, case):
    call(worker, case, **REACHED, outcome="call_back", call_back_on="24.11.2026", call_back_at="9")
    (commitment,) = list_open_commitments(case.id)
    worker.get(f"/cases/{case.public_id}")
    answer = worker.post(f"/commitments/{commitment.public_id}/kept")
    assert answer.headers["Location"].endswith(case.public_id)
    assert list_open_commitments(case.id) == []


def test_an_objection_on_the_phone_goes_on_to_its_details(worker, case):
    answer = call(worker, case, **REACHED, outcome="objection", note="Nie bestellt")
    page = worker.get(answer.headers["Location"]).text
    assert "Nie bestellt" in page
    assert '<option value="phone" selected>' in page


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        pytest.param("2026-11-23T07:30:00+01:00", "Calls begin at 08:00", id="early"),
        pytest.param("2026-11-22T11:00:00+01:00", "It is Sunday", id="Sunday"),
    ],
)
def test_outside_the_hours_the_page_says_why_and_takes_only_calls_that_came_in(
    worker, case, moment, sentence
):
    with clock_at(datetime.fromisoformat(moment)):
        assert sentence in worker.get(f"/cases/{case.public_id}/call").text
        assert call(worker, case, outcome="not_reached", direction="outbound").status_code == 422
        came_in = call(worker, case, **REACHED, outcome="reached_pays", direction="inbound")
        assert came_in.status_code == 303


def test_a_call_that_began_in_time_is_logged_after_eight(at_work, case):
    with transaction():
        email = make_user().email
    with clock_at(datetime.fromisoformat("2026-11-23T20:04:00+01:00")):
        worker = visit(at_work, email, "en")
        worker.get("/worklist")
        began_at = "2026-11-23T19:55:00+01:00"
        assert call(worker, case, outcome="not_reached", began_at=began_at).status_code == 303
        old = "2026-11-23T15:00:00+01:00"
        assert call(worker, case, outcome="not_reached", began_at=old).status_code == 422


def test_whoever_has_a_lawyer_is_reached_through_the_lawyer(worker, case):
    debtor = list_debtors(case.id)[0].debtor.public_id
    address = f"/cases/{case.public_id}/debtors/{debtor}"
    form = {
        "spokesperson_kind": "lawyer", "spokesperson_name": "Rechtsanwältin Petra Holm",
        "spokesperson_street": "Neuer Wall 1", "spokesperson_postcode": "20354",
        "spokesperson_city": "Hamburg", "spokesperson_phone": "040 123456",
    }  # fmt: skip
    assert worker.post(f"{address}/spokesperson", form).status_code == 422  # How known?
    form["spokesperson_how_known"] = "Schreiben mit Vollmacht"
    assert worker.post(f"{address}/spokesperson", form).status_code == 303
    page = worker.get(f"/cases/{case.public_id}/call").text
    assert "Call Rechtsanwältin Petra Holm" in page
    assert "tel:+4940123456" in page
    assert call(worker, case, outcome="not_reached").status_code == 303  # The work goes on.
    assert "Speaks for the debtor" in worker.get(f"/cases/{case.public_id}").text
    assert worker.post(f"{address}/speaks-himself").status_code == 303
    assert "Call Rechtsanwältin" not in worker.get(f"/cases/{case.public_id}/call").text


def test_visits_and_messages_are_logged_as_well(worker, case):
    worker.post(f"/cases/{case.public_id}/visit", {**REACHED, "outcome": "refuses"})
    form = {"channel": "email", "note": "Bitte um Kopie", "then": "objection"}
    answer = worker.post(f"/cases/{case.public_id}/message", form)
    assert "Bitte um Kopie" in worker.get(answer.headers["Location"]).text
    channels = {contact.channel for contact in list_contacts(case.id)}
    assert channels == {ContactChannel.VISIT, ContactChannel.EMAIL}
    assert worker.post(f"/cases/{case.public_id}/message", {"channel": "email"}).status_code == 422


def test_a_follow_up_with_the_call_hides_the_step_until_then(worker, case):
    call(
        worker, case, outcome="not_reached", follow_up_on="25.11.2026", follow_up_note="Nochmal",
    )  # fmt: skip
    assert {item.visible_on for item in list_open_items(case.id)} == {date(2026, 11, 25)}


def test_accounts_do_not_call_debtors(at_work, case):
    with transaction():
        email = make_user(Role.ACCOUNTS).email
    person = visit(at_work, email)
    assert person.get(f"/cases/{case.public_id}/call").status_code == 403
