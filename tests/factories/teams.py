"""Teams, absences and assignments for tests."""

from datetime import timedelta
from itertools import count

from cases.claims.models import Case
from cases.core import clock
from cases.people.absences import enter_absence
from cases.people.models import User
from cases.people.teams import TeamWish, add_team
from cases.worklist.assigning import assign
from tests.factories.records import make_user

_serial = count(1)


def make_team(*members: User, clients: tuple[int, ...] = (), target: int | None = None) -> str:
    """The public id of a team of these people."""
    ids = {one.id for one in members}
    wish = TeamWish(f"Team {next(_serial)}", target, ids, set(clients))
    return add_team(wish).public_id


def make_absence(person: User | None = None, deputy: User | None = None, days: int = 3) -> str:
    """The public id of an absence that begins today."""
    today, lead = clock.today(), make_user()
    person, deputy = person or make_user(), deputy or make_user()
    last_day = today + timedelta(days=days)
    return enter_absence(person.id, deputy.id, today, last_day, lead.id).public_id


def make_assignment(case: Case) -> str:
    """The public id of an assignment of this case that can be taken back."""
    lead = make_user()
    return assign([case.id], [make_user().id], lead.id).public_id
