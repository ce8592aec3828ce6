"""People of one client, let in and locked out by its own administrators."""

from sqlalchemy import select

from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.locks import lock_row
from cases.core.mail.transport import is_set_up
from cases.people.access.links import purpose_for, send_link
from cases.people.accounts import Account, add_account
from cases.people.models import User
from cases.people.policy import CREDITOR_ROLES, Role
from cases.people.services import change_role, check_new_role, lock_user, unlock_user

MOST = 200


class NotOfAClient(Invalid):
    """Please choose one of the roles of your company."""


class NoMailServer(Conflict):
    """This house sends no mails. Please ask it to give your colleague a password."""


def list_colleagues(creditor_id: int) -> list[User]:
    """Everybody who signs in for this client, locked ones too, by name."""
    query = select(User).where(User.creditor_id == creditor_id)
    return list(db.session.scalars(query.order_by(User.name, User.id).limit(MOST)))


def get_colleague(creditor_id: int, public_id: str) -> User:
    """Somebody who signs in for this client; raises NotFound."""
    query = select(User).where(User.creditor_id == creditor_id, User.public_id == public_id)
    user = db.session.scalar(query)
    if user is None:
        raise NotFound
    return user


def lock_colleague(creditor_id: int, public_id: str) -> User:
    """The same, locked until the transaction ends; raises NotFound."""
    return lock_row(User, get_colleague(creditor_id, public_id).id)


def invite(creditor_id: int, email: str, name: str, role: Role, by: int, locale: str) -> Account:
    """Let a colleague in, who chooses a password by a link.

    Raises:
        NotOfAClient, NoMailServer, EmailTaken.
    """
    _require_client_role(role)
    if not is_set_up():
        raise NoMailServer
    return add_account(email, name, role, by, creditor_id=creditor_id, locale=locale)


def give_role(user: User, role: Role, by: int) -> None:
    """Another role from the next click on; raises NotOfAClient, OwnAccount."""
    _require_client_role(role)
    check_new_role(user, role, by)
    change_role(user.id, role, by)


def send_anew(user: User, by: int) -> None:
    """Send a colleague a new link; raises NoMailServer."""
    if not is_set_up():
        raise NoMailServer
    send_link(user, purpose_for(user), by)


def lock(user: User, by: int) -> None:
    """Lock a colleague out at once; raises OwnAccount."""
    lock_user(user.id, by)


def unlock(user: User) -> None:
    """Let a colleague sign in again."""
    unlock_user(user.id)


def _require_client_role(role: Role) -> None:
    if role not in CREDITOR_ROLES:
        raise NotOfAClient
