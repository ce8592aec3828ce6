"""Getting in: invited by mail, a forgotten password, a second step, a proof before what counts."""

from datetime import timedelta

import pytest

from cases.core import clock
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.core.mail import transport
from cases.core.outbox import Effect
from cases.people.models import LoginSession, User
from cases.people.policy import Role
from tests.factories.access import add_app, code_of, make_link
from tests.factories.html_forms import forms_of
from tests.factories.records import PASSWORD, make_agency, make_creditor, make_user
from tests.factories.visits import Visit, run_effects, visit
from tests.infrastructure.post_office import SENDER, post_office

NEW = "vier gelbe Kähne"


@pytest.fixture
def house(app):
    with transaction():
        make_agency()
    return app


@pytest.fixture
def mails(house):
    with post_office() as office:
        transport.configure(transport.server_of(office.url, SENDER))
        yield office.received
        transport.configure(None)


def stranger(app, language="en"):
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    return Visit(client)


def form_to(html, address):
    """What a browser would send from that form, but for the key that needs a connection."""
    values = next(form.values for form in forms_of(html, "") if form.action == address)
    return {name: value for name, value in values.items() if name != "form_key"}


def link_in(message):
    text = message.get_body(("plain",)).get_content()
    return text[text.index("/access/") :].split()[0]


def test_an_invited_person_chooses_a_password_and_a_second_link_is_told_why_not(house, mails):
    with transaction():
        admin = make_user(Role.ADMIN).email
        creditor = make_creditor().public_id
    lead = visit(house, admin, "en")
    lead.get("/users")
    form = {"name": "Bert Beispiel", "email": "bert@mandant.example", "role": "creditor_admin",
            "creditor": creditor, "locale": "de"}  # fmt: skip
    answer = lead.post("/users", form)
    assert "on its way to Bert Beispiel" in answer.text
    assert "invited" in lead.get("/users").text
    run_effects(house)
    (message,) = mails
    assert (message["To"], message["Subject"]) == ("bert@mandant.example", "Ihr Zugang")
    bert = stranger(house)
    assert "bert@mandant.example" in bert.get(link_in(message)).text
    short = {"new_password": "kurz", "repeated_password": "kurz"}
    assert bert.post(link_in(message), short).status_code == 422
    differ = {"new_password": NEW, "repeated_password": "anders als das"}
    assert bert.post(link_in(message), differ).status_code == 422
    assert bert.post(link_in(message), {"new_password": NEW, "repeated_password": NEW}
                     ).status_code == 303  # fmt: skip
    again = bert.get(link_in(message))
    assert (again.status_code, "used already" in again.text) == (410, True)
    begun = visit(house, "bert@mandant.example", "en", NEW)
    assert begun.get("/overview").headers["Location"] == "/profile/security"  # A second factor.
    assert "invited" not in lead.get("/users").text


def test_asking_for_a_new_password_is_answered_alike_whether_the_account_exists(house, mails):
    with transaction():
        email = make_user(Role.CASE_WORKER).email
    answers = []
    for asked in (email, "niemand@recoup.example"):
        person = stranger(house)
        person.get("/password-forgotten")
        sent = person.post("/password-forgotten", {"email": asked})
        answers.append((sent.status_code, sent.headers["Location"], person.get("/sign-in").text))
    pages = [page.split("<main")[1].split("<form")[0] for _, _, page in answers]
    assert answers[0][:2] == answers[1][:2]
    assert pages[0] == pages[1]
    run_effects(house)
    run_effects(house)  # The mail itself is an effect of the first.
    (message,) = mails
    assert message["To"] == email


def test_links_are_asked_for_three_times_then_there_is_a_pause(house):
    person = stranger(house)
    person.get("/password-forgotten")
    codes = [
        person.post("/password-forgotten", {"email": "a@recoup.example"}).status_code
        for _ in range(4)
    ]
    assert codes == [303, 303, 303, 429]
    assert person.post("/password-forgotten", {"email": "nobody"}).status_code == 422
    assert db.session.scalar(db.select(db.func.count(Effect.id))) == 3


def test_a_stranger_link_is_not_known(house):
    assert stranger(house).get("/access/nobody").status_code == 404


@pytest.fixture
def with_app(house):
    with transaction():
        user = make_user(Role.CASE_WORKER, factor_exempt=False)
        secret, codes = add_app(user)
        return user.email, secret, codes


def test_the_second_step_stands_before_every_page(house, with_app):
    email, secret, _ = with_app
    person = visit(house, email, "en")
    assert "Second step" in person.get("/worklist", follow_redirects=True).text
    assert person.post("/cases/unknown/notes").headers["Location"].startswith("/sign-in/second")
    assert person.post("/sign-in/second-step/code", {"code": "123"}).status_code == 422
    right = person.post("/sign-in/second-step/code?next=/worklist", {"code": code_of(secret)})
    assert right.headers["Location"] == "/worklist"
    assert person.get("/worklist").status_code == 200
    again = visit(house, email, "en")
    again.get("/sign-in/second-step")
    assert again.post("/sign-in/second-step/code", {"code": code_of(secret)}).status_code == 422


def test_a_recovery_code_opens_once(house, with_app):
    email, _, codes = with_app
    for expected in (303, 422):
        person = visit(house, email, "en")
        person.get("/sign-in/second-step")
        form = {"recovery_code": codes[0]}
        assert person.post("/sign-in/second-step/recovery-code", form).status_code == expected


def test_guessing_codes_is_slow(house, with_app):
    person = visit(house, with_app[0], "en")
    person.get("/sign-in/second-step")
    answers = {
        person.post("/sign-in/second-step/code", {"code": f"{n:06}"}).status_code for n in range(11)
    }
    assert answers == {422, 429}


def test_a_role_that_needs_a_factor_sets_one_up_and_keeps_recovery_codes(house):
    with transaction():
        email = make_user(Role.CASE_WORKER, factor_exempt=False).email
    person = visit(house, email, "en")
    page = person.get("/worklist", follow_redirects=True).text
    assert "Your role needs a second factor" in page
    secret = page.split('<code class="ref">')[1].split("<")[0]
    assert person.post("/profile/security/code", {"code": "1"}).status_code == 422
    codes = person.post("/profile/security/code", {"code": code_of(secret)})
    assert codes.text.count('<li class="ref">') == 10
    assert person.get("/worklist").status_code == 200
    assert "10 recovery codes" in person.get("/profile/security").text


def test_after_a_quarter_of_an_hour_what_counts_asks_for_the_password_and_keeps_the_form(house):
    with transaction():
        admin = make_user(Role.ADMIN).email
        other = make_user(Role.CASE_WORKER)
        user_id, address = other.id, f"/users/{other.public_id}/lock"
    person = visit(house, admin, "en")
    with clock_at(clock.now() + timedelta(minutes=16)):
        page = person.get("/users").text
        asked = person.post(address, form_to(page, address))
        assert (asked.status_code, "confirm that it is you" in asked.text) == (401, True)
        assert db.session.get(User, user_id).is_active
        kept = form_to(asked.text, "/proof")
        assert person.post("/proof", {**kept, "password": "wrong"}).status_code == 422
        again = person.post("/proof", {**kept, "password": PASSWORD})
        assert "Your entries are still here" in again.text
        assert person.post(address, form_to(again.text, address)).status_code == 303
        db.session.expire_all()
        assert not db.session.get(User, user_id).is_active


def test_open_sessions_are_listed_and_ended(house):
    with transaction():
        email = make_user(Role.CASE_WORKER).email
    here, elsewhere = visit(house, email, "en"), visit(house, email, "en")
    page = here.get("/profile/security").text
    assert page.count("last seen") == 2
    assert "Signed in" in page
    here.post("/profile/security/sessions/end-others")
    assert elsewhere.get("/worklist").headers["Location"].startswith("/sign-in")
    own = db.session.scalar(
        db.select(LoginSession.public_id).where(LoginSession.ended_at.is_(None))
    )
    ended = here.post(f"/profile/security/sessions/{own}/end")
    assert ended.headers["Location"].startswith("/sign-in")


def test_an_administrator_ends_sessions_and_asks_for_a_reset_of_factors(house, with_app):
    with transaction():
        first, second = make_user(Role.ADMIN).email, make_user(Role.ADMIN).email
        user = db.session.scalar(db.select(User).where(User.email == with_app[0]))
        page = f"/users/{user.public_id}"
    lead, other = visit(house, first, "en"), visit(house, second, "en")
    person = visit(house, with_app[0], "en")
    assert "1" in lead.get(page).text
    lead.post(f"{page}/factors/reset")
    assert "waits for a second person" in lead.get(page).text
    approval = other.get("/approvals").text.split("/approvals/")[1].split("/")[0]
    lead.get("/approvals")
    note = {"note": "Rückruf auf der bekannten Nummer"}
    assert lead.post(f"/approvals/{approval}/confirm", note).status_code != 303
    assert other.post(f"/approvals/{approval}/confirm", note).status_code == 303
    assert "one has to be set up" in lead.get(page).text
    assert person.get("/sign-in/second-step").headers["Location"].startswith("/sign-in")
    again = visit(house, with_app[0], "en")
    assert again.get("/worklist").headers["Location"] == "/profile/security"
    assert lead.post(f"{page}/sessions/end").status_code == 303
    assert again.get("/worklist").headers["Location"].startswith("/sign-in")


def test_the_house_decides_who_needs_one(house):
    with transaction():
        admin = make_user(Role.ADMIN).email
        email = make_user(Role.CASE_WORKER, factor_exempt=False).email
    lead, person = visit(house, admin, "en"), visit(house, email, "en")
    assert person.get("/worklist").status_code == 302
    lead.get("/users/rules")
    assert lead.post("/users/rules", {"role": ["admin"]}).status_code == 303
    assert person.get("/worklist").status_code == 200


def test_a_clients_administrator_lets_colleagues_in_and_locks_them_out(house, mails):
    with transaction():
        creditor = make_creditor()
        admin = make_user(Role.CREDITOR_ADMIN, creditor=creditor).email
        stranger_id = make_user(Role.CREDITOR, creditor=make_creditor()).public_id
    lead = visit(house, admin, "en")
    lead.get("/colleagues")
    form = {"name": "Cora", "email": "cora@mandant.example", "role": "creditor_reader"}
    assert lead.post("/colleagues", {**form, "role": "admin"}).status_code == 422
    assert lead.post("/colleagues", form).status_code == 303
    assert lead.post("/colleagues", form).status_code == 422
    cora = db.session.scalar(db.select(User).where(User.email == form["email"]))
    assert (cora.role, cora.creditor_id) == (Role.CREDITOR_READER, creditor.id)
    address = f"/colleagues/{cora.public_id}"
    assert lead.post(f"{address}/link").status_code == 303
    assert lead.post(f"{address}/role", {"role": "creditor"}).status_code == 303
    assert lead.post(f"{address}/lock").status_code == 303
    assert "locked" in lead.get("/colleagues").text
    assert lead.post(f"{address}/unlock").status_code == 303
    assert lead.post(f"/colleagues/{stranger_id}/lock").status_code == 404
    run_effects(house)
    assert len(mails) == 2


def test_a_link_by_which_nobody_asked_can_be_used_by_its_owner_alone(house):
    with transaction():
        user = make_user()
        token = make_link(user)
    person = stranger(house)
    person.get(f"/access/{token}")
    person.post(f"/access/{token}", {"new_password": NEW, "repeated_password": NEW})
    with pytest.raises(AssertionError):
        visit(house, user.email, "en")  # The old password opens nothing any more.
    visit(house, user.email, "en", NEW)
