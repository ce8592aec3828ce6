"""Two equal forms, one effect: every route that takes a form, and at once where money moves."""

import os
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Value, get_context
from signal import SIGKILL
from threading import Barrier

import pytest
from flask import redirect, request, url_for
from sqlalchemy import func, select

from cases.claims.models import TimelineEvent
from cases.claims.notes import add_note
from cases.claims.queries import get_case
from cases.core import audit
from cases.core.database import db, transaction
from cases.ledger.models import Entry
from cases.people.policy import Permission, Role, allows
from portal.access import may
from tests.agency.test_routes import UNSAFE, methods, routes, world
from tests.agency.test_sign_in import sign_in
from tests.factories.records import make_agency, make_case, make_user
from tests.infrastructure.by_turns import turn

__all__ = ["world"]

AT_ONCE = 4
KEY = "first-key-of-this-test"


def at_once(world, who, address, form, times=AT_ONCE):
    """The same form several times at the same moment, from one session."""
    barrier = Barrier(times)
    cookie = world.clients[who].get_cookie("recoup")

    def send(_):
        client = world.app.test_client()
        client.set_cookie("recoup", cookie.value)
        barrier.wait()
        return client.post(address, data=form)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(send, range(times)))


def head_of(world):
    """The last number of the audit trail: every act leaves a row there."""
    with world.app.app_context():
        seq = audit.head()[0]
        db.session.remove()
    return seq


def count_of(world, model):
    with world.app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def case(world):
    return world.values["foreign", "cases.show"]["case_public_id"]


def test_costs_booked_four_times_at_once_stand_once_in_the_account(world, case):
    form = {"kind": "reminder_costs", "amount": "2,50", "reason": "Zweite Mahnung", "then": "book",
            "form_key": KEY}  # fmt: skip
    before = count_of(world, Entry)
    answers = at_once(world, Role.ACCOUNTS, f"/cases/{case}/costs", form)
    assert {answer.status_code for answer in answers} == {303}, answers[0].text[-3000:]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert count_of(world, Entry) == before + 1
    world.clients[Role.ACCOUNTS].post(f"/cases/{case}/costs", data={**form, "form_key": "next"})
    assert count_of(world, Entry) == before + 2, "a form opened anew is another act"


def test_a_note_sent_four_times_at_once_is_written_once(world, case):
    before = count_of(world, TimelineEvent)
    form = {"note": "Der Schuldner hat angerufen.", "form_key": KEY}
    answers = at_once(world, Role.CASE_WORKER, f"/cases/{case}/notes", form)
    assert {answer.status_code for answer in answers} == {303}
    assert count_of(world, TimelineEvent) == before + 1


def test_other_words_under_the_same_key_are_another_note(world, case):
    client = world.clients[Role.CASE_WORKER]
    before = count_of(world, TimelineEvent)
    for text in ("Erstens.", "Zweitens.", "Zweitens."):
        client.post(f"/cases/{case}/notes", data={"note": text, "form_key": "one key"})
    assert count_of(world, TimelineEvent) == before + 2


@pytest.mark.parametrize(
    ("together", "parts"),
    [
        pytest.param(1, 3, id="a third of them, one after the other"),
        pytest.param(1, 1, id="all, one after the other", marks=pytest.mark.deep),
        pytest.param(2, 1, id="all, two at once and a third", marks=pytest.mark.deep),
    ],
)
def test_every_form_that_leads_on_acts_once(world, together, parts):
    led_on = 0
    for rule in routes(world.app):
        if turn(rule.endpoint, parts):
            continue
        permission = getattr(world.app.view_functions[rule.endpoint], "permission", None)
        who = next((role for role in Role if permission and allows(role, permission)), None)
        if not set(methods(rule)) & UNSAFE or who is None or rule.endpoint == "sign_in.leave":
            continue
        with world.app.test_request_context():
            address = url_for(rule.endpoint, **world.values["own", rule.endpoint])
        form = {
            "form_key": f"{KEY}{together}{parts}",
            "reason": "Weil es so ist.",
            "why": "Weil es so ist.",
        }
        before = head_of(world)
        two = at_once(world, who, address, form, together)
        acted = head_of(world)
        assert all(answer.status_code < 500 for answer in two), address
        if any(answer.status_code == 303 for answer in two):
            third = world.clients[who].post(address, data=form)
            assert head_of(world) == acted, f"{address} acted twice"
            fresh = [each for each in two if each.headers.get("X-Answered-Before") != "1"]
            assert len(fresh) == 1 or acted == before, f"{address} acted for both"
            assert third.headers.get("X-Answered-Before") == "1" or acted == before, address
            places = {answer.headers.get("Location") for answer in (*two, third)}
            assert len(places) == 1, address
            led_on += 1
    assert led_on > 30 // parts, "hardly any form leads on: the test has lost its values"


def test_a_process_killed_after_its_commit_is_not_acted_for_again(fresh_app):
    """The act and its key are one commit: between the two nothing can end."""
    dies = Value("b", 1)
    fresh_app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    with fresh_app.app_context():
        with transaction():
            make_agency()
            worker = make_user()
            case, email = make_case(accepted_by=worker)[0].public_id, worker.email
        db.session.remove()
    fresh_app.add_url_rule("/act", "act", act_and_die(dies, case), methods=["POST"])
    client = fresh_app.test_client()
    assert sign_in(client, email).status_code == 303
    with fresh_app.app_context():
        before = db.session.scalar(NOTES)
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
    child = get_context("fork").Process(
        target=lambda: client.post("/act", data={"form_key": KEY, "note": "Einmal."})
    )
    child.start()
    child.join(60)
    assert child.exitcode == -SIGKILL
    dies.value = 0
    form = {"form_key": KEY, "note": "Einmal."}
    page = f"/cases/{case}"
    again = client.post("/act", data=form, headers={"Referer": f"http://localhost{page}"})
    assert (again.status_code, again.headers["Location"]) == (303, page)
    assert "als die Verbindung abbrach" in client.get(page).text
    with fresh_app.app_context():
        assert db.session.scalar(NOTES) == before + 1
        db.session.remove()


NOTES = select(func.count()).select_from(TimelineEvent)


def act_and_die(dies, case):
    """A view that acts; its process ends the moment the act is committed."""

    def view():
        with transaction():
            add_note(get_case(case).id, request.form["note"])
        if dies.value:
            os.kill(os.getpid(), SIGKILL)
        return redirect("/", 303)

    return may(Permission.CONTACT_LOG)(view)
