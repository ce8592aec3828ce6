"""Signing in: the right password opens, the wrong one is counted, a locked user is out at once."""

from datetime import timedelta

from sqlalchemy import select

from cases.core import clock
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.people.models import LoginSession
from cases.people.policy import Role
from cases.people.services import MAX_ATTEMPTS, SESSIONS, lock_user
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
