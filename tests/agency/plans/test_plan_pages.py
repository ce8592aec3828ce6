"""Plans on screens: the schedule before the click, errors at their field, the client's click."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from cases.claims.asking.services import find_of_plan
from cases.core import clock
from cases.core.database import db, transaction
from cases.parties.models import CreditorContract
from cases.people.policy import Role
from cases.plans.models import PlanState
from cases.plans.queries import find_open_plan, list_plans
from tests.factories.html_forms import forms_of
from tests.factories.plans import make_plan_of
from tests.factories.records import make_agency, make_case, make_creditor, make_user
from tests.factories.visits import run_effects, visit


@pytest.fixture
def case(worker):
    with transaction():
        found, _ = make_case(accepted_by=make_user(Role.CASE_WORKER))
        db.session.execute(update(CreditorContract).values(instalment_months=24))
        return found


def soon(days=20):
    return (clock.today() + timedelta(days=days)).isoformat()


def sent(form):
    """What the form sends, but for its key: the connection of this test is shared."""
    return {name: value for name, value in form.values.items() if name != "form_key"}


def wish(**form):
    return {"ends": "all", "kind": "forbearance", "first_on": soon(), "number": "5", **form}


def test_the_schedule_is_shown_before_the_click_that_sends_the_letter(worker, case):
    address = f"/cases/{case.public_id}/plan"
    shown = worker.get(address, query_string=wish())
    assert shown.status_code == 200
    form = next(f for f in forms_of(shown.text, address) if f.values.get("seen"))
    assert form.values["number"] == "5"
    letter = worker.get(f"{address}/letter.pdf", query_string=wish())
    assert letter.data.startswith(b"%PDF")
    answer = worker.post(address, sent(form))
    assert answer.status_code == 303
    plan = find_open_plan(case.id)
    assert (plan.state, answer.headers["Location"]) == (
        PlanState.RUNNING, f"/plans/{plan.public_id}",
    )  # fmt: skip
    page = worker.get(f"/plans/{plan.public_id}").text
    assert "running" in page
    assert plan.public_id in worker.get("/plans").text
    assert plan.public_id in worker.get(f"/cases/{case.public_id}").text
    ended = worker.post(f"/plans/{plan.public_id}/end", {"ended_as": "revoked"})
    assert ended.status_code == 422
    form = next(
        f for f in forms_of(worker.get(f"/plans/{plan.public_id}").text, "") if "end" in f.action
    )
    answer = worker.post(
        f"/plans/{plan.public_id}/end",
        {**sent(form), "ended_as": "debtor", "why": "Er zahlt alles auf einmal"},
    )
    assert answer.status_code == 303
    assert list_plans(case.id)[0].state is PlanState.ENDED


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"number": "", "instalment": ""}, "Enter either the amount"),
        ({"number": "", "instalment": "0.01"}, "The smallest that ends is"),
        ({"first_on": "1.1.2020"}, "must be due after today"),
        ({"first_on": "bald"}, "is not a day"),
        ({"ends": "settles"}, "the sum with which the matter"),
        ({"ends": "settles", "settlement": "900.00"}, "Say why something is let go"),
        ({"ends": "settles", "settlement": "9900.00", "reason": "x"}, "must lie below"),
        ({"kind": "agreement"}, "Grant a forbearance instead"),
        ({"number": "1600"}, "So many instalments do not fit"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(worker, case, form, said):
    page = worker.get(f"/cases/{case.public_id}/plan", query_string=wish(**form))
    assert page.status_code == 422
    assert said in page.text
    assert 'name="seen"' not in page.text


def test_a_schedule_that_has_changed_is_shown_anew(worker, case):
    address = f"/cases/{case.public_id}/plan"
    answer = worker.post(address, {**wish(), "seen": "1/2/3/4"})
    assert answer.status_code == 422
    assert "has changed since" in answer.text
    assert 'name="seen"' in answer.text
    assert find_open_plan(case.id) is None


def test_the_client_decides_in_his_portal(fresh_app):
    with fresh_app.app_context():
        with transaction():
            make_agency()
            own = make_creditor()
            client, other = make_user(Role.CREDITOR_APPROVER, creditor=own), make_creditor("B AG")
            stranger = make_user(Role.CREDITOR_ADMIN, creditor=other).email
            typist = make_user(Role.CREDITOR, creditor=own).email
            case, _ = make_case(own, accepted_by=make_user())
            plan = make_plan_of(case, number=30)
            asked = find_of_plan(plan.id).public_id
            address, email = f"/my-cases/{case.public_id}", client.email
        db.session.remove()
    person, decide = visit(fresh_app, email), "/my-approvals"
    assert asked in person.get(address).text
    refused = person.post(decide, {"approvals": asked, "agrees": "0", "words": ""})
    assert refused.status_code == 422
    assert "sagen Sie bitte, warum" in refused.text
    yes = {"approvals": asked, "agrees": "1"}
    assert visit(fresh_app, stranger).post(decide, yes).status_code == 404
    assert visit(fresh_app, typist).post(decide, yes).status_code == 403
    person.get(address)
    assert person.post(decide, yes).status_code == 303
    run_effects(fresh_app)
    assert "läuft" in person.get(address).text
    assert person.post(decide, yes).status_code == 422
