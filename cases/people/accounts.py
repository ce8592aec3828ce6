"""Accounts as administrators make, change and reset them: four eyes where a role releases things.

An account whose role releases anything cannot sign in before a second person has confirmed it; a
new password or role of such an account counts from the confirmation on, the old one until then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.core import audit
from cases.core.errors import Conflict
from cases.core.locks import lock_row
from cases.core.mail.transport import is_set_up
from cases.people.access.factors import list_factors, remove_all_factors
from cases.people.access.links import purpose_for, send_link
from cases.people.access.models import LinkPurpose
from cases.people.approvals import Kind, ask
from cases.people.models import Approval, User
from cases.people.passwords import hash_password
from cases.people.policy import Permission, Role, releases
from cases.people.second_person import note_account_change
from cases.people.services import (
    OwnAccount,
    change_role,
    check_new_role,
    create_user,
    get_user,
    lock_user,
    one_time_password,
    unlock_user,
)
from cases.people.sign_in import end_all_sessions
from legal.findings import N_

CREATED, PASSWORD, ROLE, UNLOCKED = "user.created", "user.password", "user.role", "user.unlocked"
FACTORS = "user.factors"


class NoFactors(Conflict):
    """This account has no second factor."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account after a change: the password to hand over, and whether it waits."""

    user: User
    password: str | None  # None: a link went out by mail.
    waits: bool


def add_account(
    email: str,
    name: str,
    role: Role,
    by: int,
    *,
    creditor_id: int | None = None,
    phone: str | None = None,
    locale: str | None = None,
) -> Account:
    """Add somebody, invited by mail with a link to set a password.

    Where the house has no mail server, a password is handed over instead; it has to be changed
    at the first sign-in.

    Raises:
        EmailTaken.
    """
    password, waits, by_mail = one_time_password(), releases(role), is_set_up()
    user = create_user(
        email, name, role, password, creditor_id=creditor_id, phone=phone, locale=locale,
        must_change_password=not by_mail, awaits_confirmation=waits,
    )  # fmt: skip
    note_account_change(user.id, CREATED, by)
    if waits:
        ask(CREATED, user.id, user.name, {"role": role.value}, before={"role": None})
    if by_mail:
        send_link(user, LinkPurpose.INVITATION, by)
    return Account(user, None if by_mail else password, waits)


def reset_password(user_id: int, by: int) -> Account:
    """Let somebody set a new password by a link; the old one counts until then.

    Where the house has no mail server: a password to begin with, once it is confirmed.

    Raises:
        NotFound, AlreadyAsked.
    """
    user = lock_row(User, user_id)
    if is_set_up():  # The link goes to the person alone: nobody else learns what opens.
        send_link(user, purpose_for(user), by)
        return Account(user, None, False)
    password = one_time_password()
    waits = releases(user.role)
    if waits:
        ask(PASSWORD, user.id, user.name, {"password": "new"}, before={"password": "old"})
        user.proposed_password_hash = hash_password(password)
    else:
        _set_password(user, hash_password(password))
    note_account_change(user.id, PASSWORD, by)
    audit.record("user.password_reset", "user", user_id)
    return Account(user, password, waits)


def give_role(user_id: int, role: Role, by: int) -> Account:
    """Give somebody another role; one that releases things waits for a second person.

    Raises:
        NotFound, OwnAccount, RoleOfOtherSide, AlreadyAsked, NothingChanged.
    """
    user = lock_row(User, user_id)
    check_new_role(user, role, by)
    waits = releases(role) and role is not user.role
    if waits:
        ask(ROLE, user.id, user.name, {"role": role.value}, before={"role": user.role.value})
    else:
        change_role(user_id, role, by)
    note_account_change(user.id, ROLE, by)
    return Account(user, None, waits)


def ask_to_reset_factors(user_id: int, by: int) -> None:
    """Ask a second administrator to take somebody's second factors away.

    Raises:
        OwnAccount, NoFactors, AlreadyAsked.
    """
    user = lock_row(User, user_id)
    if user.id == by:
        raise OwnAccount
    if not list_factors(user.id):
        raise NoFactors
    ask(FACTORS, user.id, user.name, {"factors": "none"}, before={"factors": "some"})


def unlock_account(user_id: int, by: int) -> None:
    """Let a locked user sign in again."""
    unlock_user(user_id)
    note_account_change(user_id, UNLOCKED, by)


def _set_password(user: User, password_hash: str) -> None:
    user.password_hash, user.must_change_password = password_hash, True
    user.proposed_password_hash = user.feed_digest = None
    end_all_sessions(user.id)


def _role_now(approval: Approval) -> Mapping[str, Any]:
    return {"role": get_user(approval.subject_id).role.value}


def _admit(approval: Approval) -> None:
    get_user(approval.subject_id).awaits_confirmation = False


def _take_password(approval: Approval) -> None:
    user = get_user(approval.subject_id)
    if user.proposed_password_hash is not None:  # Else the user has set one meanwhile.
        _set_password(user, user.proposed_password_hash)


def _forget_password(approval: Approval) -> None:
    get_user(approval.subject_id).proposed_password_hash = None


def _take_role(approval: Approval) -> None:
    change_role(approval.subject_id, Role(approval.after["role"]), approval.asked_by)


def _factors_now(approval: Approval) -> Mapping[str, Any]:
    return {"factors": "some" if list_factors(approval.subject_id) else "none"}


def _take_factors(approval: Approval) -> None:
    remove_all_factors(approval.subject_id)
    end_all_sessions(approval.subject_id)


#: What of accounts needs a second person.
ACCOUNT_KINDS: Mapping[str, Kind] = {
    CREATED: Kind(
        N_("New account that may release things"),
        N_("Make sure that this person works here and has this task."),
        Permission.USER_CONFIRM,
        {"role": N_("Role")},
        lambda approval: {"role": None},
        _admit,
        lambda approval: lock_user(approval.subject_id),
    ),
    PASSWORD: Kind(
        N_("New password of an account that may release things"),
        N_("Ask the person on a number known before whether they wanted it."),
        Permission.USER_CONFIRM,
        {"password": N_("Password")},
        lambda approval: {"password": "old"},
        _take_password,
        _forget_password,
    ),
    ROLE: Kind(
        N_("Role that may release things"),
        N_("Make sure that this person has this task."),
        Permission.USER_CONFIRM,
        {"role": N_("Role")},
        _role_now,
        _take_role,
    ),
    FACTORS: Kind(
        N_("Take somebody's second factors away"),
        N_("Speak with the person on a number known before: have they really lost them?"),
        Permission.USER_EDIT,
        {"factors": N_("Second factors")},
        _factors_now,
        _take_factors,
        notes_check=True,
    ),
}
