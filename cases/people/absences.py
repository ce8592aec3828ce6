"""Who is away, and who does the work meanwhile (Vertretung)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.locks import lock_row, take_name
from cases.people.models import User
from cases.people.policy import Permission, allows
from cases.people.team_models import Absence


class DaysNotInOrder(Invalid):
    """The last day lies before the first."""


class DaysOver(Invalid):
    """These days are over."""


class NotADeputy(Invalid):
    """A deputy is somebody else who works on cases and may sign in."""


class AwayAlready(Conflict):
    """This person is away then already. Take the other absence back first."""


class DeputyAway(Conflict):
    """The deputy is away then. Please choose somebody else."""


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who is away, the deputy, and whether the deputy is away as well."""

    absence: Absence
    person: User
    deputy: User
    covered: bool


def enter_absence(
    user_id: int, deputy_id: int, first_day: date, last_day: date, by: int
) -> Absence:
    """Somebody is away from the first to the last day, both included.

    Raises:
        DaysNotInOrder, DaysOver, NotADeputy, AwayAlready, DeputyAway.
    """
    if last_day < first_day:
        raise DaysNotInOrder
    if last_day < clock.today():
        raise DaysOver
    take_name("absences")
    deputy = db.session.get(User, deputy_id)
    if user_id == deputy_id or deputy is None or not _works_on_cases(deputy):
        raise NotADeputy
    if _is_away(user_id, first_day, last_day):
        raise AwayAlready
    if _is_away(deputy_id, first_day, last_day):
        raise DeputyAway
    absence = Absence(
        user_id=user_id, deputy_id=deputy_id, first_day=first_day, last_day=last_day, entered_by=by
    )
    db.session.add(absence)
    db.session.flush()
    audit.record("absence.entered", "user", user_id, deputy=deputy_id)
    return absence


def end_absence(public_id: str) -> None:
    """Take an absence back: from now on its person works again.

    Raises:
        NotFound: there is none that counts.
    """
    absence = db.session.scalar(select(Absence).where(Absence.public_id == public_id))
    if absence is None or lock_row(Absence, absence.id).ended_at is not None:
        raise NotFound
    absence.ended_at = clock.now()
    audit.record("absence.ended", "user", absence.user_id)


def stands_in_for(user_id: int, day: date | None = None) -> list[tuple[User, Absence]]:
    """For whom somebody does the work on a day, by name; chains are not followed."""
    on = day or clock.today()
    query = (
        select(User, Absence)
        .join(Absence, Absence.user_id == User.id)
        .where(Absence.deputy_id == user_id, *_on(on))
        .order_by(User.name, User.id)
    )
    return [(user, absence) for user, absence in db.session.execute(query)]


def list_absences() -> list[Away]:
    """Who is away today or will be, the next first."""
    today, deputy = clock.today(), aliased(User)
    query = (
        select(Absence, User, deputy)
        .join(User, User.id == Absence.user_id)
        .join(deputy, deputy.id == Absence.deputy_id)
        .where(Absence.ended_at.is_(None), Absence.last_day >= today)
        .order_by(Absence.first_day, Absence.id)
    )
    found = list(db.session.execute(query))
    away_today = {absence.user_id for absence, _, _ in found if absence.first_day <= today}
    return [
        Away(absence, person, stand_in, stand_in.is_active and stand_in.id not in away_today)
        for absence, person, stand_in in found
    ]


def _is_away(user_id: int, first_day: date, last_day: date) -> bool:
    query = select(Absence.id).where(
        Absence.user_id == user_id, Absence.ended_at.is_(None),
        Absence.first_day <= last_day, Absence.last_day >= first_day,
    )  # fmt: skip
    return db.session.scalar(query.limit(1)) is not None


def _on(day: date) -> tuple[ColumnElement[bool], ...]:
    return (Absence.ended_at.is_(None), Absence.first_day <= day, Absence.last_day >= day)


def _works_on_cases(user: User) -> bool:
    return user.is_active and allows(user.role, Permission.CONTACT_LOG)
