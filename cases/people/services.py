"""The users themselves: made, locked, given a role, a password and their preferences."""

import secrets
from collections.abc import Collection

from sqlalchemy import select, tuple_, update

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.locks import lock_row, take_name
from cases.people.access.models import AccessLink
from cases.people.models import User
from cases.people.password_strength import require_strong
from cases.people.passwords import fits, hash_password
from cases.people.policy import CREDITOR_ROLES, Role
from cases.people.sign_in import end_all_sessions


class EmailTaken(Conflict):
    """There is already a user with this e-mail address."""


class OwnAccount(Conflict):
    """Nobody locks or demotes their own account; ask another administrator."""


class LastAdministrator(Conflict):
    """Somebody has to administer the house. Make another person an administrator first."""


class WrongSide(Invalid):
    """Creditor users, and only they, belong to a creditor."""


class RoleOfOtherSide(Invalid):
    """Staff and creditor users keep to their side; add a new user instead."""


def create_user(
    email: str,
    name: str,
    role: Role,
    password: str,
    *,
    creditor_id: int | None = None,
    phone: str | None = None,
    locale: str | None = None,
    must_change_password: bool = False,
    awaits_confirmation: bool = False,
    factor_exempt: bool = False,
) -> User:
    """Add a user.

    Raises:
        PasswordTooShort, EmailTaken.
        WrongSide: a creditor user without a creditor, or somebody else with one.
    """
    if (role in CREDITOR_ROLES) != (creditor_id is not None):
        raise WrongSide
    password_hash = hash_password(password)
    email = email.strip().lower()
    if db.session.scalar(select(User.id).where(User.email == email)):
        raise EmailTaken
    user = User(
        email=email,
        name=name,
        role=role,
        creditor_id=creditor_id,
        phone=phone,
        locale=locale,
        password_hash=password_hash,
        must_change_password=must_change_password,
        awaits_confirmation=awaits_confirmation,
        factor_exempt=factor_exempt,
    )
    db.session.add(user)
    db.session.flush()
    audit.record("user.created", "user", user.id, creditor_id=creditor_id, role=role.value)
    return user


def lock_user(user_id: int, by: int | None = None) -> None:
    """Lock a user out from the next request on; raises OwnAccount when it is `by` whom."""
    user = lock_row(User, user_id)
    _require_other(user_id, by)
    _require_admin_besides(user)
    user.is_active, user.feed_digest = False, None
    drop_links(user_id)
    end_all_sessions(user_id)
    audit.record("user.locked", "user", user_id, is_active=False)


def unlock_user(user_id: int) -> None:
    """Let a locked user sign in again."""
    lock_row(User, user_id).is_active = True
    audit.record("user.unlocked", "user", user_id, is_active=True)


def change_role(user_id: int, role: Role, by: int | None = None) -> None:
    """Give a user another role from the next request on; raises OwnAccount, RoleOfOtherSide."""
    user = lock_row(User, user_id)
    check_new_role(user, role, by)
    if role is not Role.ADMIN:
        _require_admin_besides(user)
    user.role = role
    audit.record("user.role_changed", "user", user_id, role=role.value)


def check_new_role(user: User, role: Role, by: int | None) -> None:
    """Refuse one's own account and the other side's role; raises OwnAccount, RoleOfOtherSide."""
    _require_other(user.id, by)
    if (user.role in CREDITOR_ROLES) != (role in CREDITOR_ROLES):
        raise RoleOfOtherSide


def one_time_password() -> str:
    """A password to begin with; the user chooses another one in the profile."""
    return secrets.token_urlsafe(12)


def change_password(user_id: int, password: str) -> None:
    """Set a new password, and end every session and link of the user.

    Raises:
        PasswordTooShort, PasswordTooEasy.
    """
    person = get_user(user_id)
    require_strong(password, (person.name, person.email))
    password_hash = hash_password(password)
    user = lock_row(User, user_id)
    user.password_hash, user.must_change_password = password_hash, False
    user.proposed_password_hash = user.feed_digest = None
    end_all_sessions(user_id)
    drop_links(user_id)
    audit.record("user.password_changed", "user", user_id)


def is_password(user_id: int, password: str) -> bool:
    """Whether this is the user's present password."""
    return fits(password, get_user(user_id).password_hash)


def has_exempt() -> bool:
    """Whether somebody signs in without a second factor: a demo."""
    exempt = select(User.id).where(User.factor_exempt, User.is_active)
    return db.session.scalar(exempt.limit(1)) is not None


def set_preferences(
    user_id: int, *, locale: str | None, theme: str | None, shortcuts: bool
) -> None:
    """Keep how a user likes the screens: language, theme, single-key shortcuts."""
    user = lock_row(User, user_id)
    user.locale, user.theme, user.shortcuts = locale, theme, shortcuts
    audit.record("user.preferences_set", "user", user_id)


def set_locale(user_id: int, locale: str) -> None:
    """Keep the language a user reads the screens in."""
    get_user(user_id).locale = locale
    audit.record("user.preferences_set", "user", user_id)


def get_user(user_id: int) -> User:
    """The user of that id; raises NotFound."""
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def list_staff() -> list[User]:
    """Everybody of the house who can sign in, by name."""
    query = select(User).where(User.is_active, User.creditor_id.is_(None)).order_by(User.name)
    return list(db.session.scalars(query))


def names_of(user_ids: Collection[int]) -> dict[int, str]:
    """The names of some users, by id."""
    query = select(User.id, User.name).where(User.id.in_(user_ids))
    return {found.id: found.name for found in db.session.execute(query)}


def find_user(public_id: str) -> User:
    """The user of that public id; raises NotFound."""
    user = db.session.scalar(select(User).where(User.public_id == public_id))
    if user is None:
        raise NotFound
    return user


def find_by_email(email: str) -> User:
    """The user of that address; raises NotFound."""
    user = db.session.scalar(select(User).where(User.email == email.strip().lower()))
    if user is None:
        raise NotFound
    return user


def list_users(after: tuple[str, int] | None = None, limit: int = 50) -> list[User]:
    """All users by name, locked ones too; `after` is name and id of the last one (keyset)."""
    query = select(User).order_by(User.name, User.id).limit(limit)
    if after is not None:
        query = query.where(tuple_(User.name, User.id) > after)
    return list(db.session.scalars(query))


def _require_admin_besides(user: User) -> None:
    """Two administrators who lock each other out at the same moment: the second one is told."""
    if user.role is not Role.ADMIN:
        return
    take_name("administrators")
    others = select(User.id).where(
        User.role == Role.ADMIN, User.is_active, ~User.awaits_confirmation, User.id != user.id
    )
    if db.session.scalar(others.limit(1)) is None:
        raise LastAdministrator


def drop_links(user_id: int) -> None:
    """Let no link by which this account gets a password count any more."""
    open_links = update(AccessLink).where(
        AccessLink.user_id == user_id,
        AccessLink.used_at.is_(None),
        AccessLink.replaced_at.is_(None),
    )
    db.session.execute(open_links.values(replaced_at=clock.now()))


def _require_other(user_id: int, by: int | None) -> None:
    if user_id == by:
        raise OwnAccount
