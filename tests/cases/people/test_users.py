"""Users: which side they are on is a rule of the service, and looking one up writes nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cases.core import clock
from cases.core.database import count_commits, db, transaction
from cases.people.models import LoginSession
from cases.people.policy import CREDITOR_ROLES, Role
from cases.people.services import WrongSide, create_user
from cases.people.sign_in import find_signed_in, note_seen, sign_in
from tests.factories.records import PASSWORD, make_creditor, make_user


@pytest.mark.parametrize("role", list(Role))
def test_creditor_users_and_only_they_belong_to_a_creditor(database, role):
    creditor = make_creditor()
    wrong = None if role in CREDITOR_ROLES else creditor.id
    with pytest.raises(WrongSide):
        create_user("a@recoup.example", "A", role, PASSWORD, creditor_id=wrong)
    right = creditor.id if role in CREDITOR_ROLES else None
    assert create_user("a@recoup.example", "A", role, PASSWORD, creditor_id=right).role is role


def test_looking_somebody_up_writes_nothing_and_the_visit_is_noted_by_the_edge(database):
    with transaction():
        token, _ = sign_in(make_user().email, PASSWORD, "test")
    later = clock.now() + timedelta(minutes=5)
    with clock.clock_at(later):
        before = count_commits()
        user = find_signed_in(token)
        assert user.is_long_unseen
        assert count_commits() == before
        assert not db.session.dirty
        with transaction():
            note_seen(user.session_id)
        assert not find_signed_in(token).is_long_unseen
    assert db.session.scalar(select(LoginSession.last_seen_at)) == later
