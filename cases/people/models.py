"""Users and their sign-ins."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention
from cases.people.policy import Role


class User(Base):
    """A person who signs in: staff, or somebody who works for one creditor."""

    __tablename__ = "users"
    __retention__ = Retention.MASTER
    __table_args__ = (
        CheckConstraint("(role = 'creditor') = (creditor_id IS NOT NULL)", name="creditor_side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int | None] = mapped_column(ForeignKey("creditors.id"), index=True)
    email: Mapped[str] = mapped_column(unique=True)  # Lower case.
    name: Mapped[str]
    phone: Mapped[str | None]  # Direct number, printed on letters.
    role: Mapped[Role]
    password_hash: Mapped[str]  # Argon2id.
    is_active: Mapped[bool] = mapped_column(default=True)
    locale: Mapped[str | None]
    theme: Mapped[str | None]
    shortcuts: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class LoginSession(Base):
    """A sign-in on one device; the cookie holds a random token, the row its digest."""

    __tablename__ = "login_sessions"
    __retention__ = Retention.ACCESS

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str]


class LoginAttempt(Base):
    """A failed sign-in, counted per account and per address (both as digests)."""

    __tablename__ = "login_attempts"
    __retention__ = Retention.ACCESS
    __table_args__ = (Index("ix_login_attempts_subject_at", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]  # Digest of the account's e-mail or of the network address.
    at: Mapped[datetime]
