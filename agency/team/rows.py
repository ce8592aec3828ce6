"""The rows of the board: teams; people only where the house may show figures per person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from cases.people.absences import Away
from cases.people.models import User
from cases.people.team_models import Team
from cases.people.teams import TeamShape
from cases.worklist.board import Load, load_without_owner
from portal.shell.formatting import day


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a team, a person, or what lies with nobody."""

    name: str
    load: Load
    detail: str = ""
    target: int | None = None
    team: Team | None = None
    person: User | None = None
    uncovered: bool = False


def team_rows(teams: list[TeamShape], loads: Mapping[int, Load]) -> list[Row]:
    """Each team with all its people, those in no team, and what lies with nobody."""
    rows: list[Row] = []
    placed: set[int] = set()
    for shape in teams:
        placed |= set(shape.member_ids)
        load = _together(loads, shape.member_ids)
        people = gettext("%(num)d people, %(clients)d clients",
                         num=len(shape.member_ids), clients=len(shape.client_ids))  # fmt: skip
        rows.append(Row(shape.team.name, load, people, shape.team.weekly_target, shape.team))
    others = _together(loads, [each for each in loads if each not in placed])
    if others.open_items or others.done_this_week:
        rows.append(Row(gettext("In no team"), others))
    nobody = load_without_owner()
    if nobody.open_items:
        rows.append(Row(gettext("With nobody"), nobody, gettext("taken up in the common order")))
    return rows


def person_rows(
    members: list[User], loads: Mapping[int, Load], away: Mapping[int, Away]
) -> list[Row]:
    """One line for each of these people."""
    return [
        Row(
            one.name,
            loads.get(one.id, Load()),
            _absence(away.get(one.id)),
            person=one,
            uncovered=one.id in away and not away[one.id].covered,
        )
        for one in members
    ]


def _absence(away: Away | None) -> str:
    if away is None:
        return ""
    until = day(away.absence.last_day)
    if not away.covered:
        return str(gettext("away until %(day)s, no deputy", day=until))
    return str(gettext("away until %(day)s, deputy %(name)s", day=until, name=away.deputy.name))


def _together(loads: Mapping[int, Load], user_ids: Iterable[int]) -> Load:
    load = Load()
    for user_id in user_ids:
        load.add(loads.get(user_id, Load()))
    return load
