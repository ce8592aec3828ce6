"""Second factors: no code counts twice, no role goes without, and nobody is locked out for good."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from cases.core import clock
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.people.access import factors, recovery_codes, sealing
from cases.people.access.models import PeopleRules, RecoveryCode, SecondFactor
from cases.people.models import User
from cases.people.policy import Role
from cases.people.rules import DEFAULT_FACTOR_ROLES, needs_factor, set_factor_roles
from cases.people.services import LastAdministrator, change_role, lock_user
from cases.people.sign_in import find_signed_in, pass_factor, sign_in
from tests.factories.access import add_app, code_of
from tests.factories.records import PASSWORD, make_creditor, make_user


def test_a_code_counts_once_and_only_from_then_on(database):
    user = make_user()
    with clock_at(clock.now()):
        secret, _ = add_app(user)
        factors.check_code(user.id, code_of(secret))
        for used in (code_of(secret), code_of(secret, -1), code_of(secret, 5), "abcdef", ""):
            with pytest.raises(factors.CodeWrong):
                factors.check_code(user.id, used)
        factors.check_code(user.id, f" {code_of(secret, 1)[:3]} {code_of(secret, 1)[3:]} ")


def test_the_secret_is_sealed_and_opens_for_its_owner_only(database):
    secret, _ = add_app(make_user())
    kept = db.session.scalar(db.select(SecondFactor))
    assert secret not in str(vars(kept))
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(kept.sealed_secret, "user:0")


def test_a_factor_that_was_begun_does_not_count(database):
    user = make_user(factor_exempt=False)
    _, first = factors.begin_code(user)
    assert factors.begin_code(user)[1] == first  # The page may be opened again.
    token, _ = sign_in(user.email, PASSWORD, "Firefox")
    signed_in = find_signed_in(token)
    assert (signed_in.awaits_factor, signed_in.must_set_factor) == (False, True)


def test_a_visit_begins_with_the_second_factor(database):
    user = make_user(factor_exempt=False)
    secret, _ = add_app(user)
    token, _ = sign_in(user.email, PASSWORD, "Firefox")
    waiting = find_signed_in(token)
    assert waiting.awaits_factor
    assert not waiting.has_proved
    factors.check_code(user.id, code_of(secret))
    pass_factor(waiting.session_id)
    begun = find_signed_in(token)
    assert (begun.awaits_factor, begun.must_set_factor, begun.has_proved) == (False, False, True)


def test_recovery_codes_open_once_each_and_are_renewed_together(database):
    user = make_user()
    _, codes = add_app(user)
    assert len(set(codes)) == recovery_codes.RECOVERY_CODES
    kept = [row.code_digest for row in db.session.scalars(db.select(RecoveryCode))]
    assert not set(codes) & set(kept)
    assert recovery_codes.check_recovery_code(user.id, codes[0].upper().replace("-", " ")) == 9
    with pytest.raises(recovery_codes.RecoveryCodeWrong):
        recovery_codes.check_recovery_code(user.id, codes[0])
    with pytest.raises(recovery_codes.RecoveryCodeWrong):
        recovery_codes.check_recovery_code(make_user().id, codes[1])
    renewed = recovery_codes.renew_recovery_codes(user.id)
    with pytest.raises(recovery_codes.RecoveryCodeWrong):
        recovery_codes.check_recovery_code(user.id, codes[1])
    recovery_codes.check_recovery_code(user.id, renewed[0])


def test_of_two_who_use_a_recovery_code_at_once_one_is_told(fresh_app):
    with fresh_app.app_context(), transaction():
        user = make_user()
        user_id, code = user.id, add_app(user)[1][0]

    def use(_):
        with fresh_app.app_context():
            try:
                with transaction():
                    recovery_codes.check_recovery_code(user_id, code)
            except recovery_codes.RecoveryCodeWrong:
                return "told"
            finally:
                db.session.remove()
            return "opened"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(use, range(2))) == ["opened", "told"]


def test_the_last_factor_stays_where_the_role_needs_one(database):
    user, free = make_user(factor_exempt=False), make_user()
    add_app(user)
    add_app(free)
    (factor,), (of_free,) = factors.list_factors(user.id), factors.list_factors(free.id)
    with pytest.raises(factors.LastFactor):
        factors.remove_factor(user.id, factor.public_id)
    factors.remove_factor(free.id, of_free.public_id)
    assert recovery_codes.count_recovery_codes(free.id) == 0


def test_all_of_the_house_and_who_lets_others_in_need_one_until_the_house_decides(database):
    creditor = make_creditor()
    let_in = {
        Role.CREDITOR, Role.CREDITOR_READER, Role.CREDITOR_APPROVER, Role.CREDITOR_SALES
    }  # fmt: skip
    assert set(Role) - let_in == DEFAULT_FACTOR_ROLES
    assert needs_factor(make_user(Role.CREDITOR_ADMIN, creditor=creditor, factor_exempt=False))
    reader = make_user(Role.CREDITOR_READER, creditor=creditor, factor_exempt=False)
    assert not needs_factor(reader)
    set_factor_roles([Role.CREDITOR_READER])
    assert needs_factor(reader)
    set_factor_roles([])
    assert not needs_factor(reader)
    assert db.session.get(PeopleRules, 1).factor_roles == []


def test_of_two_administrators_who_lock_each_other_out_one_stays(fresh_app):
    with fresh_app.app_context(), transaction():
        ids = [make_user(Role.ADMIN).id for _ in range(2)]

    def demote(pair):
        with fresh_app.app_context():
            try:
                with transaction():
                    pair[1](pair[0])
            except LastAdministrator:
                return "told"
            finally:
                db.session.remove()
            return "done"

    acts = [(ids[0], lock_user), (ids[1], lambda user_id: change_role(user_id, Role.ACCOUNTS))]
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(demote, acts)) == ["done", "told"]
    with fresh_app.app_context():
        left = db.session.scalars(db.select(User).where(User.role == Role.ADMIN, User.is_active))
        assert len(list(left)) == 1
