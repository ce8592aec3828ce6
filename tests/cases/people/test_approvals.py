"""Four eyes, over every kind there is: never the one who asked, never an account of their hand."""

from contextlib import nullcontext
from datetime import timedelta

import pytest

from cases.core import audit, clock
from cases.core.clock import clock_at
from cases.core.database import db
from cases.parties.house_bank import HOUSE_BANK, change_agency
from cases.parties.queries import get_agency
from cases.people.accounts import PASSWORD, add_account, give_role, reset_password
from cases.people.approvals import (
    KINDS,
    AlreadyAsked,
    AlreadyDecided,
    ChangedMeanwhile,
    CheckMissing,
    MayNotConfirm,
    NothingChanged,
    NotSecondPerson,
    OnlyTheAsker,
    RefusalReasonMissing,
    ask,
    confirm,
    refuse,
    withdraw,
)
from cases.people.models import ApprovalState
from cases.people.policy import CREDITOR_ROLES, POLICY, Role
from cases.people.second_person import note_account_change
from cases.people.services import change_password, get_user, is_password
from cases.people.sign_in import SignInRefused, sign_in
from cases.remittances.debits.errors import DebitDayPassed
from tests.factories.approvals import ASKED, make_approval
from tests.factories.records import PASSWORD as OWN
from tests.factories.records import make_agency, make_user

#: The kinds that must exist; acts that come later add theirs.
EXPECTED = {
    "user.created",
    "user.password",
    "user.role",
    "user.factors",
    "house.bank",
    "client.bank",
    "payout.release",
    "remainder.let_go",
    "plan.let_go",
    "objection.verdict",
    "letter_text.release",
    "strategy.release",
    "transfer.release",
    "debit.release",
}
#: What cannot wait so long for a second person refuses by itself.
LAPSES = {"debit.release": DebitDayPassed}
NOTE = "compared with the paper of the bank"


def confirmer(kind):
    """Somebody whose role may confirm it."""
    roles = [role for role in Role if KINDS[kind].permission in POLICY[role]]
    return make_user(min(roles, key=lambda role: role is Role.ADMIN))


def test_every_kind_is_known_and_tried(database):
    assert set(KINDS) >= EXPECTED
    assert set(ASKED) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(EXPECTED))
def test_a_second_person_confirms_once(database, kind):
    asked = make_approval(kind)
    second = confirmer(kind)
    assert confirm(asked.public_id, second.id, NOTE).state is ApprovalState.CONFIRMED
    with pytest.raises(AlreadyDecided):
        confirm(asked.public_id, second.id, NOTE)


@pytest.mark.parametrize("kind", sorted(EXPECTED))
def test_whoever_asked_never_confirms(database, kind):
    asked = make_approval(kind)
    for act in (lambda: confirm(asked.public_id, asked.asked_by, NOTE),
                lambda: refuse(asked.public_id, asked.asked_by, "no")):  # fmt: skip
        with pytest.raises(NotSecondPerson):
            act()
    assert asked.state is ApprovalState.OPEN


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        # Debits that were prepared 31 days ago are collected no more.
        *((kind, "user.created") for kind in sorted(EXPECTED - {"debit.release"})),
        *(("user.role", what) for what in ("user.password", "user.role", "user.unlocked")),
    ],
)
def test_an_account_of_the_askers_hand_is_no_second_person(database, kind, what):
    asked = make_approval(kind)
    second = confirmer(kind)
    note_account_change(second.id, what, asked.asked_by)
    with pytest.raises(NotSecondPerson):
        confirm(asked.public_id, second.id, NOTE)
    later = clock_at(clock.now() + timedelta(days=31))
    with later, pytest.raises(LAPSES[kind]) if kind in LAPSES else nullcontext():
        confirm(asked.public_id, second.id, NOTE)


@pytest.mark.parametrize("kind", sorted(EXPECTED))
def test_only_roles_that_may_confirm(database, kind):
    asked = make_approval(kind)
    others = [role for role in Role if KINDS[kind].permission not in POLICY[role]]
    for role in set(others) - CREDITOR_ROLES:
        with pytest.raises(MayNotConfirm):
            confirm(asked.public_id, make_user(role).id, NOTE)


@pytest.mark.parametrize("kind", sorted(EXPECTED))
def test_a_refusal_needs_a_reason_and_only_the_asker_withdraws(database, kind):
    asked, other = make_approval(kind), confirmer(kind)
    with pytest.raises(RefusalReasonMissing):
        refuse(asked.public_id, other.id, "  ")
    with pytest.raises(OnlyTheAsker):
        withdraw(asked.public_id, other.id)
    assert refuse(asked.public_id, other.id, "wrong number").decision_reason == "wrong number"


@pytest.fixture
def admin(database):
    asker = make_user(Role.ADMIN)
    audit.set_actor(asker.id)
    return asker


def test_bank_details_count_from_the_confirmation_on(admin):
    make_agency()
    old = get_agency().trust_iban
    asked = change_agency(trust_iban="DE02120300000000202051", phone="040 1")
    assert (get_agency().trust_iban, get_agency().phone) == (old, "040 1")
    confirm(asked.public_id, make_user(Role.ACCOUNTS).id, NOTE)
    assert get_agency().trust_iban == "DE02120300000000202051"


def test_a_second_request_for_the_same_waits_its_turn(admin):
    make_agency()
    change_agency(trust_iban="DE02120300000000202051")
    with pytest.raises(AlreadyAsked):
        change_agency(trust_iban="DE75512108001245126199")


def test_what_changed_meanwhile_is_not_overwritten(admin):
    make_agency()
    asked = change_agency(trust_iban="DE02120300000000202051")
    get_agency().trust_iban = "DE75512108001245126199"
    with pytest.raises(ChangedMeanwhile):
        confirm(asked.public_id, make_user(Role.ACCOUNTS).id, NOTE)


def test_nothing_is_asked_for_nothing(admin):
    with pytest.raises(NothingChanged):
        ask(HOUSE_BANK, 1, "House", {"trust_iban": "X"}, before={"trust_iban": "X"})


def test_an_account_that_releases_signs_in_after_confirmation_and_changes_its_password(admin):
    account = add_account("neu@recoup.example", "Neu", Role.LEGAL, admin.id)
    with pytest.raises(SignInRefused):
        sign_in("neu@recoup.example", account.password, "test")
    from cases.people.approvals import find_open

    asked = find_open("user.created", account.user.id)
    confirm(asked.public_id, make_user(Role.LEGAL).id, NOTE)
    sign_in("neu@recoup.example", account.password, "test")
    assert account.user.must_change_password
    change_password(account.user.id, "a sentence of my own")
    assert not account.user.must_change_password


def test_a_case_workers_account_needs_no_second_person(admin):
    account = add_account("neu@recoup.example", "Neu", Role.CASE_WORKER, admin.id)
    assert not account.waits
    sign_in("neu@recoup.example", account.password, "test")


def test_the_old_password_counts_until_the_new_one_is_confirmed(admin):
    lawyer = make_user(Role.LEGAL)
    account = reset_password(lawyer.id, admin.id)
    assert is_password(lawyer.id, OWN)
    from cases.people.approvals import find_open

    confirm(find_open(PASSWORD, lawyer.id).public_id, make_user(Role.LEGAL).id, NOTE)
    assert is_password(lawyer.id, account.password)
    assert lawyer.must_change_password


def test_a_role_that_releases_counts_from_the_confirmation_on(admin):
    worker = make_user(Role.CASE_WORKER)
    assert give_role(worker.id, Role.LEGAL, admin.id).waits
    assert get_user(worker.id).role is Role.CASE_WORKER
    assert not give_role(make_user(Role.LEGAL).id, Role.CASE_WORKER, admin.id).waits


def test_the_house_can_be_redirected_by_no_account_made_for_it(admin):
    """One administrator alone: a new lawyer or accountant of their own is no second person."""
    make_agency()
    asked = change_agency(trust_iban="DE02120300000000202051")
    puppet = add_account("puppe@recoup.example", "Puppe", Role.ACCOUNTS, admin.id).user
    puppet.awaits_confirmation = False
    with pytest.raises(NotSecondPerson):
        confirm(asked.public_id, puppet.id, NOTE)
    db.session.flush()


def test_bank_details_are_confirmed_with_a_note_of_the_check(admin):
    make_agency()
    asked = change_agency(trust_iban="DE75512108001245126199")
    with pytest.raises(CheckMissing):
        confirm(asked.public_id, make_user(Role.ACCOUNTS).id, " ")
