"""Teams, the clients they work for, and who stands in for whom."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class Team(Base):
    """People who work together; figures are told per team."""

    __tablename__ = "teams"
    __retention__ = Retention.MASTER
    __table_args__ = (CheckConstraint("weekly_target > 0", name="target_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    name: Mapped[str] = mapped_column(unique=True)
    weekly_target: Mapped[int | None]  # Items of work done in a week.


class TeamMember(Base):
    """Who belongs to which team: to one at most."""

    __tablename__ = "team_members"
    __retention__ = Retention.MASTER
    __table_args__ = (Index("ix_team_members_team_id", "team_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))


class TeamClient(Base):
    """Which team works for a client."""

    __tablename__ = "team_clients"
    __retention__ = Retention.MASTER
    __table_args__ = (Index("ix_team_clients_team_id", "team_id"),)

    client_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))


class Absence(Base):
    """Somebody is away, and a deputy (Vertretung) does the open work; both days count."""

    __tablename__ = "absences"
    __retention__ = Retention.MASTER
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint("user_id <> deputy_id", name="somebody_else"),
        Index("ix_absences_deputy_id", "deputy_id", "last_day"),
        Index("ix_absences_user_id", "user_id", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    deputy_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    entered_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]  # Taken back.
