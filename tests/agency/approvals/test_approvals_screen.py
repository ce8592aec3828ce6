"""The approvals on their screen: asked, confirmed, refused, withdrawn; and passwords of others."""

import re

import pytest

from cases.core.database import transaction
from cases.parties.queries import get_agency
from cases.people.policy import Role
from tests.agency.house.test_house import profile
from tests.factories.access import code_of
from tests.factories.records import PASSWORD, make_user
from tests.factories.visits import Visit, visit

NEW_IBAN = "DE75512108001245126199"


def person(at_work, role) -> Visit:
    with transaction():
        email = make_user(role).email
    return visit(at_work, email, "en")


@pytest.fixture
def admin(at_work) -> Visit:
    return person(at_work, Role.ADMIN)


def act(visitor, verb, **form):
    address = re.search(rf'action="(/approvals/[^"]+/{verb})"', visitor.get("/approvals").text)
    return visitor.post(address.group(1), form)


def test_new_bank_details_are_shown_before_and_after_and_confirmed(admin, at_work):
    admin.get("/house")
    old = get_agency().trust_iban
    assert admin.post("/house", profile(trust_iban=NEW_IBAN)).status_code == 303
    assert get_agency().trust_iban == old
    assert NEW_IBAN in admin.get("/house").text
    accounts = person(at_work, Role.ACCOUNTS)
    shown = accounts.get("/approvals").text
    assert old in shown
    assert NEW_IBAN in shown
    assert act(accounts, "confirm", note="the bank's paper").status_code == 303
    assert get_agency().trust_iban == NEW_IBAN


def test_the_asker_sees_no_button_and_may_withdraw(admin):
    admin.get("/house")
    admin.post("/house", profile(trust_iban=NEW_IBAN))
    assert "/confirm" not in admin.get("/approvals").text
    assert act(admin, "withdraw").status_code == 303
    assert get_agency().trust_iban != NEW_IBAN


def test_a_refusal_without_a_reason_is_said(admin, at_work):
    admin.get("/house")
    admin.post("/house", profile(trust_iban=NEW_IBAN))
    accounts = person(at_work, Role.ACCOUNTS)
    answer = act(accounts, "refuse", reason="")
    assert answer.status_code == 422
    assert act(accounts, "refuse", reason="not on the bank's paper").status_code == 303
    assert "not on the bank&#39;s paper" in accounts.get("/approvals").text


def test_a_password_of_others_leads_to_ones_own_first(admin, at_work):
    admin.get("/users")
    answer = admin.post(
        "/users", {"name": "Neu", "email": "neu@recoup.example", "role": "case_worker"}
    )
    given = re.search(r'<b class="ref">([^<]+)</b>', answer.text).group(1)
    newcomer = visit(at_work, "neu@recoup.example", "en", password=given)
    assert newcomer.get("/worklist").status_code == 302
    assert newcomer.get("/profile").status_code == 200
    form = {"old_password": given, "new_password": PASSWORD, "repeated_password": PASSWORD}
    assert newcomer.post("/profile/password", form).status_code == 303
    again = visit(at_work, "neu@recoup.example", "en")
    # The role needs a second factor: an app is set up, then the work begins.
    assert again.get("/worklist").headers["Location"] == "/profile/security"
    secret = re.search(r'<code class="ref">(\w+)</code>', again.get("/profile/security").text)
    made = again.post("/profile/security/code", {"code": code_of(secret.group(1))})
    assert made.status_code < 400, made.text
    assert again.get("/worklist").status_code == 200
