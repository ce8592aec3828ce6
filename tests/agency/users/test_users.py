"""Users: added, locked, given another role; administration only, never the own account."""

import re

import pytest

from cases.core.database import transaction
from cases.people.policy import Role
from cases.people.services import find_user, list_users
from tests.factories.records import make_creditor, make_user
from tests.factories.visits import Visit, visit


@pytest.fixture
def admin(at_work) -> Visit:
    with transaction():
        email = make_user(Role.ADMIN, name="Ada Admin").email
    person = visit(at_work, email, "en")
    person.get("/users")
    return person


NEW = {"name": "Bert Beispiel", "email": "bert@recoup.example", "role": "case_worker"}


def test_a_user_is_added_with_a_password_that_works_once_shown(admin, at_work):
    answer = admin.post("/users", NEW)
    assert answer.status_code == 201
    password = re.search(r'<b class="ref">([^<]+)</b>', answer.text).group(1)
    assert password not in admin.get("/users").text
    client = at_work.test_client()
    page = client.get("/sign-in").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"email": NEW["email"], "password": password, "csrf_token": token}
    assert client.post("/sign-in", data=form).status_code == 303


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"name": ""}, "name", id="no name"),
        pytest.param({"email": "bert"}, "email", id="no address"),
        pytest.param({"role": ""}, "role", id="no role"),
        pytest.param({"role": "creditor"}, "creditor", id="a creditor user without creditor"),
    ],
)
def test_what_is_missing_is_said_at_its_field(admin, changes, field):
    answer = admin.post("/users", {**NEW, **changes})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


def test_an_address_is_taken_once(admin):
    admin.post("/users", NEW)
    answer = admin.post("/users", NEW)
    assert answer.status_code == 422
    assert "already a user" in answer.text


def test_creditor_users_belong_to_a_creditor(admin):
    with transaction():
        public_id = make_creditor().public_id
    form = {**NEW, "role": "creditor", "creditor": public_id}
    assert admin.post("/users", form).status_code == 201
    assert admin.post("/users", {**form, "role": "accounts"}).status_code == 422
    user = next(user for user in list_users() if user.email == NEW["email"])
    refused = admin.post(f"/users/{user.public_id}/role", {"role": "admin"})
    assert refused.status_code == 422
    assert user.role is Role.CREDITOR


def test_a_locked_user_can_be_unlocked(admin):
    with transaction():
        public_id = make_user().public_id
    admin.post(f"/users/{public_id}/lock")
    assert find_user(public_id).is_active is False
    assert "locked" in admin.get("/users").text
    admin.post(f"/users/{public_id}/unlock")
    assert find_user(public_id).is_active is True


def test_a_role_is_changed(admin):
    with transaction():
        public_id = make_user().public_id
    admin.post(f"/users/{public_id}/role", {"role": "legal"})
    assert find_user(public_id).role is Role.CASE_WORKER  # A second person has to confirm.
    with transaction():
        lawyer = make_user(Role.LEGAL).public_id
    admin.post(f"/users/{lawyer}/role", {"role": "case_worker"})
    assert find_user(lawyer).role is Role.CASE_WORKER
    assert admin.post(f"/users/{public_id}/role", {"role": "king"}).status_code == 422


def test_nobody_locks_or_demotes_the_own_account(admin):
    own = next(user for user in list_users() if user.name == "Ada Admin")
    for action, form in (("lock", {}), ("role", {"role": "accounts"})):
        answer = admin.post(f"/users/{own.public_id}/{action}", form)
        assert answer.status_code == 422
        assert "own account" in answer.text
    assert (own.is_active, own.role) == (True, Role.ADMIN)


def test_a_new_password_ends_every_session(admin, at_work):
    with transaction():
        user = make_user()
        email, public_id = user.email, user.public_id
    other = visit(at_work, email)
    admin.get("/users")
    assert admin.post(f"/users/{public_id}/password").status_code == 200
    assert other.get("/worklist").headers["Location"].startswith("/sign-in")


def test_a_case_worker_manages_nobody(worker):
    assert worker.get("/users").status_code == 403
    assert worker.post("/users", NEW).status_code == 403
