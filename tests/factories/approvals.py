"""Approvals of every kind, asked for by an administrator who is somebody else each time."""

from collections.abc import Callable
from datetime import timedelta

from cases.core import audit, clock
from cases.ledger.books.closing_approval import PERIOD_CLOSE, ask_closing
from cases.parties.clients import CLIENT_BANK, propose_bank
from cases.parties.house_bank import HOUSE_BANK, change_agency
from cases.people.accounts import (
    CREATED,
    FACTORS,
    PASSWORD,
    ROLE,
    add_account,
    ask_to_reset_factors,
    give_role,
    reset_password,
)
from cases.people.approvals import find_open
from cases.people.models import Approval, User
from cases.people.policy import Role
from cases.remittances.preparing import prepare_run
from cases.remittances.releasing import PAYOUT_RELEASE, ask_release
from tests.factories.access import add_app
from tests.factories.payouts import make_paid_case
from tests.factories.records import make_agency, make_creditor, make_user


def _house(asker: User) -> Approval:
    make_agency()
    asked = change_agency(trust_iban="DE02120300000000202051")
    assert asked is not None
    return asked


def _created(asker: User) -> Approval:
    account = add_account("neu@recoup.example", "Neu Beispiel", Role.LEGAL, asker.id)
    return _waiting(CREATED, account.user.id)


def _password(asker: User) -> Approval:
    user = make_user(Role.LEGAL)
    reset_password(user.id, asker.id)
    return _waiting(PASSWORD, user.id)


def _role(asker: User) -> Approval:
    user = make_user(Role.CASE_WORKER)
    give_role(user.id, Role.LEGAL, asker.id)
    return _waiting(ROLE, user.id)


def _factors(asker: User) -> Approval:
    user = make_user(Role.CASE_WORKER)
    add_app(user)
    ask_to_reset_factors(user.id, asker.id)
    return _waiting(FACTORS, user.id)


def _client_bank(asker: User) -> Approval:
    return propose_bank(make_creditor().id, "DE02120300000000202051", "Mail of the client")


def _payout(asker: User) -> Approval:
    make_agency()
    make_paid_case()
    return ask_release(prepare_run(clock.today()).public_id)


def _closing(asker: User) -> Approval:
    return ask_closing(clock.today() - timedelta(days=40))


def _waiting(kind: str, subject_id: int) -> Approval:
    found = find_open(kind, subject_id)
    assert found is not None
    return found


#: Kind -> how somebody asks for it. A kind without an entry fails the tests.
ASKED: dict[str, Callable[[User], Approval]] = {
    CREATED: _created,
    PASSWORD: _password,
    ROLE: _role,
    FACTORS: _factors,
    HOUSE_BANK: _house,
    PERIOD_CLOSE: _closing,
    CLIENT_BANK: _client_bank,
    PAYOUT_RELEASE: _payout,
}


def make_approval(kind: str = ROLE) -> Approval:
    """Something that waits for a second person."""
    asker = make_user(Role.ADMIN)
    before = audit.actor_id()
    audit.set_actor(asker.id)
    asked = ASKED[kind](asker)
    audit.set_actor(before)
    return asked
