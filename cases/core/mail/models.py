"""Mails of the house: what was sent to whom, and what was refused."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Cleaning, Retention


class MailState(StrEnum):
    """Where a mail is."""

    WAITING = "waiting"
    SENT = "sent"  # Handed to the mail server of the house.
    REFUSED = "refused"  # For good; a person has to look.
    SEEN = "seen"  # Refused, and somebody has looked.


class Mail(Base):
    """One mail to one person."""

    __tablename__ = "mails"
    __retention__ = Retention.ACCESS
    __cleaning__ = Cleaning("finished_at", days=365)
    __table_args__ = (Index("ix_mails_refused", "id", postgresql_where=text("state = 'refused'")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    kind: Mapped[str]
    to_address: Mapped[str]
    language: Mapped[str]
    params: Mapped[dict[str, Any]]
    path: Mapped[str | None]  # Of the link; `{token}` in it is made from the seed.
    seed: Mapped[str | None]
    file_ids: Mapped[list[int]] = mapped_column(
        JSONB, default=list, server_default="[]"
    )  # Attached.
    state: Mapped[MailState] = mapped_column(default=MailState.WAITING)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    finished_at: Mapped[datetime | None]
    refusal: Mapped[str | None]  # What the other server said.
