"""One's own account: language and look follow the person, the password ends all visits."""

import pytest

from cases.core.database import transaction
from cases.people.policy import Role
from tests.factories.records import PASSWORD, make_creditor, make_user
from tests.factories.visits import visit

NEW = "a much longer sentence"
RIGHT = {"old_password": PASSWORD, "new_password": NEW, "repeated_password": NEW}


@pytest.fixture(params=[Role.CREDITOR, Role.CASE_WORKER])
def person(request, fresh_app):
    with fresh_app.app_context(), transaction():
        creditor = make_creditor() if request.param is Role.CREDITOR else None
        email = make_user(request.param, creditor=creditor).email
    return visit(fresh_app, email)


def test_the_language_is_kept(person):
    assert person.post("/profile", {"locale": "en", "theme": "dark"}).status_code == 303
    page = person.get("/profile").text
    assert "Profile and security" in page
    assert 'data-theme="dark"' in page
    assert 'data-keys="off"' in page  # The box was not ticked.


@pytest.mark.parametrize(("form", "sentence"), [
    ({**RIGHT, "old_password": "wrong"}, "nicht Ihr"),
    ({**RIGHT, "repeated_password": "x"}, "verschieden"),
    ({**RIGHT, "new_password": "short", "repeated_password": "short"}, "12 Zeichen"),
])  # fmt: skip
def test_a_password_that_cannot_be_taken_is_said_why(person, form, sentence):
    answer = person.post("/profile/password", form)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_new_password_ends_every_visit(person):
    form = RIGHT
    assert person.post("/profile/password", form).headers["Location"].startswith("/sign-in")
    assert person.get("/profile").status_code == 302
