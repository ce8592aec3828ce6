"""Users and their sign-ins, who changed whose account, and approvals."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Cleaning, Retention
from cases.people.policy import Role


class User(Base):
    """A person who signs in: staff, or somebody who works for one creditor."""

    __tablename__ = "users"
    __retention__ = Retention.MASTER
    __table_args__ = (
        CheckConstraint(
            "starts_with(role, 'creditor') = (creditor_id IS NOT NULL)", name="creditor_side"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int | None] = mapped_column(ForeignKey("creditors.id"), index=True)
    email: Mapped[str] = mapped_column(unique=True)  # Lower case.
    name: Mapped[str]
    phone: Mapped[str | None]  # Direct number, printed on letters.
    role: Mapped[Role]
    password_hash: Mapped[str]  # Argon2id.
    # A password that another person set; it counts once a second person has confirmed it.
    proposed_password_hash: Mapped[str | None]
    # Digest of the random part of the address that a calendar program reads deadlines at.
    feed_digest: Mapped[str | None] = mapped_column(unique=True)
    must_change_password: Mapped[bool] = mapped_column(default=False, server_default="false")
    # Made for a role that releases things, and not confirmed yet: cannot sign in.
    awaits_confirmation: Mapped[bool] = mapped_column(default=False, server_default="false")
    # A login of the demo: signs in without a second factor, whatever its role.
    factor_exempt: Mapped[bool] = mapped_column(default=False, server_default="false")
    is_active: Mapped[bool] = mapped_column(default=True)
    locale: Mapped[str | None]
    theme: Mapped[str | None]
    shortcuts: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class LoginSession(Base):
    """A sign-in on one device; the cookie holds a random token, the row its digest."""

    __tablename__ = "login_sessions"
    __retention__ = Retention.ACCESS
    __cleaning__ = Cleaning("last_seen_at", days=365)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str | None] = mapped_column(unique=True, default=new_public_id)
    token_digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str]
    # The password was right; the second factor is still asked for.
    awaits_factor: Mapped[bool] = mapped_column(default=False, server_default="false")
    proved_at: Mapped[datetime | None]  # When this person last showed who they are.
    challenge: Mapped[str | None]  # What a passkey signs next; it counts once.


class LoginAttempt(Base):
    """A failed sign-in, counted per account and per address (both as digests)."""

    __tablename__ = "login_attempts"
    __retention__ = Retention.ACCESS
    __cleaning__ = Cleaning("at", days=365)
    __table_args__ = (Index("ix_login_attempts_subject_at", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]  # Digest of the account's e-mail or of the network address.
    at: Mapped[datetime]


class AccountChange(Base):
    """What one person did to another's account: made it, set its password, role or lock."""

    __tablename__ = "account_changes"
    __retention__ = Retention.ACCESS
    __cleaning__ = Cleaning("at", days=365)
    __table_args__ = (Index("ix_account_changes_user_id", "user_id", "changed_by", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    changed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    what: Mapped[str]
    at: Mapped[datetime]


class ApprovalState(StrEnum):
    """Where an approval is; only an open one waits for somebody."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Approval(Base):
    """What one person asked for and a second one confirms (Freigabe, vier Augen)."""

    __tablename__ = "approvals"
    __retention__ = Retention.TRAIL
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by OR state = 'withdrawn'",
                        name="second_person"),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided_when_closed"),
        Index("ix_approvals_open", "asked_at", "id", postgresql_where=text("state = 'open'")),
        Index("uq_approvals_open_subject", "kind", "subject_id", unique=True,
              postgresql_where=text("state = 'open'")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    kind: Mapped[str]
    subject_id: Mapped[int]  # What it is about; the kind says which table.
    subject_words: Mapped[str]  # How people call it: a name, a case number.
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    reason: Mapped[str | None]
    state: Mapped[ApprovalState] = mapped_column(default=ApprovalState.OPEN)
    asked_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: a command.
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str | None]
