"""Links to a password: once, for a time, and of two at the same moment one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from cases.core import clock
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.core.errors import NotFound
from cases.core.mail.models import Mail
from cases.people.access.links import (
    LinkExpired,
    LinkReplaced,
    LinkUsed,
    ask_for_reset,
    find_link,
    purpose_for,
    use_link,
)
from cases.people.access.models import AccessLink, LinkPurpose
from cases.people.password_strength import PasswordTooEasy
from cases.people.services import is_password, lock_user
from cases.people.sign_in import sign_in
from tests.factories.access import make_link
from tests.factories.records import PASSWORD, make_user

NEW = "vier gelbe Kähne"


def test_a_link_sets_a_password_once(database):
    user = make_user()
    token = make_link(user)
    assert use_link(token, NEW).id == user.id
    assert is_password(user.id, NEW)
    with pytest.raises(LinkUsed):
        use_link(token, "noch ein langer Satz")
    with pytest.raises(NotFound):
        find_link("nobody knows this")


def test_neither_token_nor_password_is_kept_readable(database):
    token = make_link()
    kept = [*db.session.scalars(select(AccessLink)), *db.session.scalars(select(Mail))]
    assert all(token not in str(vars(row)) for row in kept)


@pytest.mark.parametrize(
    ("purpose", "days"), [(LinkPurpose.INVITATION, 7), (LinkPurpose.RESET, 1 / 24)]
)
def test_a_link_ends_by_itself(database, purpose, days):
    token = make_link(purpose=purpose)
    with clock_at(clock.now() + timedelta(days=days) - timedelta(seconds=5)):
        find_link(token)
    with clock_at(clock.now() + timedelta(days=days)), pytest.raises(LinkExpired):
        use_link(token, NEW)


def test_a_newer_link_a_lock_and_a_new_password_end_the_older(database):
    user = make_user()
    first = make_link(user)
    second = make_link(user)
    with pytest.raises(LinkReplaced):
        find_link(first)
    use_link(second, NEW)
    third = make_link(user)
    lock_user(user.id)
    with pytest.raises(LinkReplaced):
        find_link(third)


def test_a_password_that_is_refused_leaves_the_link_open(database):
    user = make_user()
    token = make_link(user)
    with pytest.raises(PasswordTooEasy), db.session.begin_nested():
        use_link(token, "aaaaaaaaaaaaaa")
    assert find_link(token)[1].id == user.id


def test_who_asks_for_a_link_gets_one_only_if_there_is_such_an_account(database):
    user, locked, invited = make_user(), make_user(), make_user()
    make_link(invited)
    lock_user(locked.id)
    for email in (user.email.upper(), locked.email, "nobody@recoup.example", invited.email):
        ask_for_reset("key", email)
    found = db.session.execute(select(AccessLink.user_id, AccessLink.purpose)).all()
    assert sorted(found) == sorted([
        (user.id, LinkPurpose.RESET),
        (invited.id, LinkPurpose.INVITATION), (invited.id, LinkPurpose.INVITATION),
    ])  # fmt: skip
    assert purpose_for(user) is LinkPurpose.RESET
    sign_in(user.email, PASSWORD, "Firefox")  # The old password counts until the link is used.


def test_of_two_who_use_a_link_at_once_one_is_told(fresh_app):
    with fresh_app.app_context(), transaction():
        token = make_link()

    def use(password):
        with fresh_app.app_context():
            try:
                with transaction():
                    use_link(token, password)
            except LinkUsed:
                return "used"
            finally:
                db.session.remove()
            return "set"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(use, [NEW, "ein anderer langer Satz"]))
    assert sorted(outcomes) == ["set", "used"]
