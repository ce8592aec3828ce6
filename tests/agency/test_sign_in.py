"""Signing in: the right password opens, the wrong one is counted, a locked user is out at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select

from cases.core import clock
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.people.models import LoginSession
from cases.people.policy import Role
from cases.people.services import lock_user
from cases.people.sign_in import SESSIONS
from cases.people.throttle import MAX_ATTEMPTS, MAX_FROM_ADDRESS, count_sign_in
from tests.factories.records import PASSWORD, make_creditor, make_user


def sign_in(client, email, password=PASSWORD):
    page = client.get("/sign-in").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"email": email, "password": password, "csrf_token": token}
    return client.post("/sign-in", data=form)


def test_staff_start_at_their_own_page_and_leave(app):
    with transaction():
        user = make_user(Role.CASE_WORKER)
        email = user.email
    client = app.test_client()
    assert sign_in(client, email).status_code == 303
    assert client.get("/").status_code == 302


def test_wrong_passwords_lead_to_a_pause(app):
    with transaction():
        email = make_user(Role.CASE_WORKER).email
    client = app.test_client()
    for _ in range(MAX_ATTEMPTS):
        assert sign_in(client, email, "wrong password").status_code == 422
    assert sign_in(client, email).status_code == 429


def test_a_locked_user_is_out_with_the_next_request(app):
    with transaction():
        user = make_user(Role.CREDITOR, creditor=make_creditor())
        email, user_id = user.email, user.id
    client = app.test_client()
    sign_in(client, email)
    with transaction():
        lock_user(user_id)
    db.session.expunge_all()
    assert client.get("/").headers["Location"].startswith("/sign-in")


def test_a_new_sign_in_ends_the_old_session_of_that_browser(app):
    with transaction():
        first, second = make_user(Role.CASE_WORKER), make_user(Role.CASE_WORKER)
        emails, first_id = (first.email, second.email), first.id
    client = app.test_client()
    sign_in(client, emails[0])
    page = client.get("/profile").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"email": emails[1], "password": PASSWORD, "csrf_token": token}
    assert client.post("/sign-in", data=form).status_code == 303
    sessions = db.session.scalars(select(LoginSession).where(LoginSession.user_id == first_id))
    assert [session.ended_at is not None for session in sessions] == [True]


def test_the_hours_of_a_session_are_those_of_the_settings(app, monkeypatch):
    monkeypatch.setattr(SESSIONS, "idle", timedelta(minutes=10))
    with transaction():
        email = make_user(Role.CASE_WORKER).email
    client = app.test_client()
    sign_in(client, email)
    assert client.get("/").headers["Location"] == "/worklist"
    with clock_at(clock.now() + timedelta(minutes=11)):
        assert client.get("/").headers["Location"].startswith("/sign-in")


def test_guesses_that_come_together_are_counted_before_they_are_verified(fresh_app):
    fresh_app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    with fresh_app.app_context():
        with transaction():
            email = make_user().email
        db.session.remove()

    def guess(number):
        form = {"email": email, "password": f"guess {number}"}
        return fresh_app.test_client().post("/sign-in", data=form).status_code

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(guess, range(24)))
    assert answers.count(422) == MAX_ATTEMPTS
    assert answers.count(429) == 24 - MAX_ATTEMPTS


def test_a_stranger_who_guesses_locks_neither_the_owners_browser_nor_the_house_out(app):
    with transaction():
        owner, colleague = make_user().email, make_user().email
    known = app.test_client()
    assert sign_in(known, owner).status_code == 303
    stranger = app.test_client()
    for _ in range(MAX_ATTEMPTS):
        assert sign_in(stranger, owner, "wrong password").status_code == 422
    assert sign_in(stranger, owner).status_code == 429
    known.delete_cookie("recoup")  # The visit is over; the browser is still known.
    assert sign_in(known, owner).status_code == 303, "the owner's own browser"
    assert sign_in(stranger, colleague).status_code == 303, "behind the same address"


def test_an_address_that_guesses_for_many_accounts_has_to_pause(app):
    with transaction():
        email = make_user().email
        for number in range(MAX_FROM_ADDRESS):
            count_sign_in(f"{number}@nobody.example", "127.0.0.1", None)
    assert sign_in(app.test_client(), email).status_code == 429


def test_the_present_password_is_not_guessed_at_leisure(app):
    with transaction():
        email = make_user().email
    client = app.test_client()
    sign_in(client, email)
    token = client.get("/profile").text.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"old_password": "wrong", "new_password": "a long new one",
            "repeated_password": "a long new one", "csrf_token": token}  # fmt: skip
    for _ in range(MAX_ATTEMPTS):
        assert client.post("/profile/password", data=form).status_code == 422
    answer = client.post("/profile/password", data={**form, "old_password": PASSWORD})
    assert answer.status_code == 422
    assert "15 Minuten" in answer.text
