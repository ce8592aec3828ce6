"""The administrator's page: what failed in plain words, tried again by a click; the nights."""

from datetime import timedelta

import pytest

from agency.effects import handlers, run_kinds
from agency.operations.words import EFFECTS
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.mail import transport
from cases.core.mail.models import Mail
from cases.core.outbox import Effect, EffectState, carry_out, list_due_effects
from cases.core.run_tables import RunFailure
from cases.ledger.rates import house_rates
from cases.people.policy import Role
from cases.worklist.words import RUNS
from tests.factories.effects import make_failed_effect
from tests.factories.mails import make_refused_mail
from tests.factories.records import make_case, make_user
from tests.factories.runs import run_now
from tests.factories.visits import Visit, visit
from tests.infrastructure.post_office import SENDER, post_office


def sign_in(app, role) -> Visit:
    with transaction():
        email = make_user(role, name="Ada Admin").email
    person = visit(app, email, "en")
    person.get("/profile")
    return person


@pytest.fixture
def admin(at_work) -> Visit:
    return sign_in(at_work, Role.ADMIN)


def test_every_kind_of_effect_and_run_has_its_words(app):
    assert set(handlers()) == set(EFFECTS)
    assert set(run_kinds()) == set(RUNS)


def test_without_failures_the_page_says_so(admin):
    text = admin.get("/operations").text
    assert "Nothing has failed" in text
    assert "No night yet" in text


def test_a_failed_effect_is_named_in_plain_words_and_tried_again(admin):
    with transaction():
        effect = make_failed_effect()
    text = admin.get("/operations").text
    assert "Set and send a letter" in text
    assert "not enough memory" in text
    assert "WorkerDied" not in text
    answer = admin.post(f"/operations/effects/{effect.public_id}/retry", {})
    assert answer.status_code == 303
    db.session.expire_all()
    effect = db.session.get_one(Effect, effect.id)
    assert (effect.state, effect.attempts) == (EffectState.WAITING, 0)
    # Somebody else has clicked first: nothing happens twice.
    assert admin.post(f"/operations/effects/{effect.public_id}/retry", {}).status_code == 404


def test_all_are_tried_again_at_once(admin):
    with transaction():
        ids = [make_failed_effect(error="OperationalError").id for _ in range(3)]
    assert "The database did not answer" in admin.get("/operations").text
    admin.post("/operations/effects/retry", {})
    db.session.expire_all()
    assert {db.session.get_one(Effect, each).state for each in ids} == {EffectState.WAITING}


def test_the_night_and_its_odd_case_are_shown(admin):
    with transaction():
        case, _ = make_case()
    run_now("promises")
    with transaction():
        db.session.add(RunFailure(
            kind="promises", key=case.id, reason="RateUnknown", first_on=clock.today(),
            last_on=clock.today(),
        ))  # fmt: skip
    text = admin.get("/operations").text
    assert "Promises whose day has passed" in text
    assert case.number in text
    assert "RateUnknown" in text  # The name that the log has, too.


def test_a_missing_base_rate_is_asked_for_on_worklist_and_page(at_work, admin):
    missing_from = house_rates().known_until + timedelta(days=1)
    with clock.clock_at(missing_from):
        run_now("rates")
        person = sign_in(at_work, Role.ADMIN)
        for path in ("/worklist", "/operations"):
            assert "Enter the new base rate" in person.get(path).text
        assert "Enter the new base rate" not in sign_in(at_work, Role.LEGAL).get("/worklist").text


def test_nobody_but_the_administrator_sees_it(at_work):
    for role in (Role.CASE_WORKER, Role.LEGAL, Role.ACCOUNTS):
        assert sign_in(at_work, role).get("/operations").status_code == 403


def test_the_page_knows_whether_mail_leaves_the_house(admin):
    assert "No mail server is set up" in admin.get("/operations").text
    assert admin.post("/operations/mail/trial").status_code == 303  # Nobody was promised anything.
    assert db.session.scalar(db.select(Mail.id)) is None
    with post_office() as office:
        transport.configure(transport.server_of(office.url, SENDER))
        try:
            assert "post@inkasso.example" in admin.get("/operations").text
            admin.post("/operations/mail/trial")
            for effect_id in list_due_effects():
                carry_out(effect_id)
        finally:
            transport.configure(None)
        assert [message["Subject"] for message in office.received] == ["Mail leaves the house"]


def test_a_mail_that_was_refused_stays_until_somebody_has_looked(admin):
    with transaction():
        mail = make_refused_mail("weg@mandant.example")
    assert "weg@mandant.example" in admin.get("/operations").text
    admin.post(f"/operations/mails/{mail.public_id}/seen")
    assert "weg@mandant.example" not in admin.get("/operations").text
    assert admin.post(f"/operations/mails/{mail.public_id}/seen").status_code == 404
