"""How people get in: links by mail, second factors, recovery codes; and what the house asks."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Cleaning, Retention


class LinkPurpose(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"  # The first password.
    RESET = "reset"  # A new one, for somebody who has forgotten it.


class AccessLink(Base):
    """A link by which somebody sets a password: once, and for a time only."""

    __tablename__ = "access_links"
    __retention__ = Retention.ACCESS
    __cleaning__ = Cleaning("expires_at", days=365)

    id: Mapped[int] = mapped_column(primary_key=True)
    # The link's secret is made from it and the key of the house; only its digest is kept.
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    token_digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    purpose: Mapped[LinkPurpose]
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mails.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None]  # A newer one counts, or the account was locked.


class FactorKind(StrEnum):
    """What somebody has beside the password."""

    CODE = "code"  # An app that shows six digits (TOTP, RFC 6238).
    PASSKEY = "passkey"  # WebAuthn: a device or key that signs.


class SecondFactor(Base):
    """One second factor of a user; it counts from its first proof on."""

    __tablename__ = "second_factors"
    __retention__ = Retention.MASTER
    __table_args__ = (
        CheckConstraint("(kind = 'code') = (sealed_secret IS NOT NULL)", name="code_has_secret"),
        CheckConstraint(
            "(kind = 'passkey') = (credential_id IS NOT NULL AND public_key IS NOT NULL)",
            name="passkey_has_key",
        ),
        Index("ix_second_factors_user_id", "user_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[FactorKind]
    label: Mapped[str]
    sealed_secret: Mapped[str | None]  # Readable with the key of the house only.
    credential_id: Mapped[str | None] = mapped_column(unique=True)
    public_key: Mapped[str | None]
    #: Code: the last step that was taken, passkey: its counter; neither counts a second time.
    last_counter: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    proved_at: Mapped[datetime | None]  # None: begun, and not proved yet.
    last_used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code for the day the second factor is lost; each opens once."""

    __tablename__ = "recovery_codes"
    __retention__ = Retention.MASTER
    __table_args__ = (Index("ix_recovery_codes_user_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    code_digest: Mapped[str]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class PeopleRules(Base):
    """What the house asks of its people: one row."""

    __tablename__ = "people_rules"
    __retention__ = Retention.SETTINGS
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint(
            "(works_council_on IS NULL) = (works_council_note IS NULL)", name="agreement_says_what"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    factor_roles: Mapped[list[str]]  # Roles that need a second factor.
    #: Since when figures per person may be shown, and by what. Law: § 87(1) no. 6 BetrVG.
    works_council_on: Mapped[date | None]
    works_council_note: Mapped[str | None]
