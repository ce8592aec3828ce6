"""A form sent after its session has ended comes back to who typed it, and to nobody else."""

import html
import re

import pytest
from pyotp import TOTP
from sqlalchemy import select

from cases.core.database import db, transaction
from cases.people.models import User
from cases.people.policy import Role
from tests.factories.records import PASSWORD, make_agency, make_case, make_creditor, make_user
from tests.factories.visits import visit

NOTE = "Frau Weber ruft zurück, sobald ihr Mann die Lieferscheine gefunden hat."


class Desk:
    """A worker in the middle of a note, a colleague, a creditor."""

    def __init__(self, app):
        self.app = app
        with app.app_context():
            with transaction():
                make_agency()
                creditor = make_creditor()
                self.emails = [
                    make_user(Role.CASE_WORKER).email,
                    make_user(Role.CASE_WORKER).email,
                    make_user(Role.CREDITOR, creditor=creditor).email,
                ]
                self.case = make_case(creditor, accepted_by=make_user())[0].public_id
            db.session.remove()
        self.worker = visit(app, self.emails[0])
        self.page = self.worker.get(f"/cases/{self.case}").text

    def form(self, **more):
        found = dict(re.findall(r'name="(csrf_token|form_owner)" value="([^"]*)"', self.page))
        return {**found, "note": NOTE, **more}

    def sign_in_with(self, page, email):
        fields = re.findall(r'name="(csrf_token|kept_form)" value="([^"]*)"', page)
        form = {name: html.unescape(value) for name, value in fields}
        return self.worker.client.post(
            "/sign-in", data={**form, "email": email, "password": PASSWORD}
        )


@pytest.fixture
def desk(fresh_app):
    return Desk(fresh_app)


def ended(desk, how):
    if how == "signed out in another window":
        desk.worker.post("/sign-out")
    else:
        desk.worker.client.delete_cookie("recoup")


@pytest.mark.parametrize("how", ["signed out in another window", "the cookie is gone"])
def test_what_was_typed_is_there_after_signing_in_and_is_saved_by_one_button(desk, how):
    ended(desk, how)
    page = desk.worker.client.post(f"/cases/{desk.case}/notes", data=desk.form())
    assert page.status_code == 401
    assert "Was Sie getippt haben, ist aufgehoben" in page.text
    assert NOTE not in page.text
    back = desk.sign_in_with(page.text, desk.emails[0])
    assert back.status_code == 200
    assert NOTE in back.text
    fields = re.findall(r'name="([^"]+)" value="([^"]*)"', back.text)
    form = {name: html.unescape(value) for name, value in fields}
    sent = desk.worker.client.post(f"/cases/{desk.case}/notes", data=form)
    assert sent.status_code == 303
    assert NOTE in desk.worker.get(f"/cases/{desk.case}").text


def test_a_wrong_password_in_between_loses_nothing(desk):
    ended(desk, "signed out in another window")
    page = desk.worker.client.post(f"/cases/{desk.case}/notes", data=desk.form()).text
    again = desk.sign_in_with(page, "nobody@example.org")
    assert again.status_code == 422
    assert NOTE in desk.sign_in_with(again.text, desk.emails[0]).text


def test_nobody_else_sees_it(desk):
    ended(desk, "signed out in another window")
    page = desk.worker.client.post(f"/cases/{desk.case}/notes", data=desk.form()).text
    other = desk.sign_in_with(page, desk.emails[1])
    assert other.status_code == 303


def test_signed_in_again_in_another_window_the_form_needs_one_more_click(desk):
    form = desk.form(csrf_token="of the visit before")
    page = desk.worker.client.post(f"/cases/{desk.case}/notes", data=form)
    assert page.status_code == 200
    assert NOTE in page.text


@pytest.mark.parametrize("owner", ["", "forged", "IjEi.abc"])
def test_a_form_of_another_site_is_not_kept(desk, owner):
    ended(desk, "the cookie is gone")
    page = desk.worker.client.post(f"/cases/{desk.case}/notes", data=desk.form(form_owner=owner))
    assert page.status_code == 400
    assert "kept_form" not in page.text


def test_passwords_do_not_travel(desk):
    ended(desk, "the cookie is gone")
    form = desk.form(new_password="Geheim-4711-Geheim")
    page = desk.worker.client.post("/profile", data=form).text
    back = desk.sign_in_with(page, desk.emails[0]).text
    assert "Geheim-4711" not in back


def test_a_factor_that_the_role_needs_meanwhile_comes_first_and_loses_nothing(desk):
    with desk.app.app_context():
        with transaction():
            user = db.session.scalars(select(User).where(User.email == desk.emails[0])).one()
            user.factor_exempt = False
        db.session.remove()
    page = desk.worker.client.post(f"/cases/{desk.case}/notes", data=desk.form())
    assert page.status_code == 401
    assert "ausgeführt wurde noch nichts" in page.text
    secret = html.unescape(re.search(r'<code class="ref">([A-Z2-7]+)</code>', page.text)[1])
    names = "csrf_token|form_owner|form_key|kept_form"
    wrong = {**dict(re.findall(rf'name="({names})" value="([^"]*)"', page.text)), "code": "1"}
    again = desk.worker.client.post("/profile/security/code", data=wrong)
    assert again.status_code == 422
    fields = dict(re.findall(rf'name="({names})" value="([^"]*)"', again.text))
    right = {**fields, "code": TOTP(secret).now()}
    codes = desk.worker.client.post("/profile/security/code", data=right)
    assert codes.status_code == 201, codes.text
    assert NOTE in codes.text
    kept = codes.text[codes.text.index("h-kept") :]
    form = {
        name: html.unescape(value)
        for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', kept)
    }
    sent = desk.worker.client.post(f"/cases/{desk.case}/notes", data=form)
    assert sent.status_code == 303
    assert NOTE in desk.worker.get(f"/cases/{desk.case}").text


def test_a_password_of_ones_own_comes_first_and_loses_nothing(desk):
    with desk.app.app_context():
        with transaction():
            user = db.session.scalars(select(User).where(User.email == desk.emails[0])).one()
            user.must_change_password = True
        db.session.remove()
    page = desk.worker.client.post(f"/cases/{desk.case}/notes", data=desk.form())
    assert page.status_code == 401
    own = "Ein neuer Satz, den niemand kennt"
    fields = dict(re.findall(r'name="(csrf_token|kept_form)" value="([^"]*)"', page.text))
    new = {"old_password": PASSWORD, "new_password": own, "repeated_password": own}
    changed = desk.worker.client.post("/profile/password", data={**fields, **new})
    assert "Was Sie getippt haben, ist aufgehoben" in changed.text
    fields = dict(re.findall(r'name="(csrf_token|kept_form)" value="([^"]*)"', changed.text))
    back = desk.worker.client.post(
        "/sign-in", data={**fields, "email": desk.emails[0], "password": own}
    )
    assert NOTE in back.text
