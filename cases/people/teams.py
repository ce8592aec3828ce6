"""Teams and the clients they work for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, delete, select

from cases.core import audit
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.locks import lock_row, take_name
from cases.people.models import User
from cases.people.policy import CREDITOR_ROLES
from cases.people.team_models import Team, TeamClient, TeamMember


class TeamNameMissing(Invalid):
    """Please give the team a name."""


class TeamNameTaken(Conflict):
    """There is already a team with this name."""


class TargetNotPositive(Invalid):
    """The target is a number of items above zero, or nothing."""


@dataclass(frozen=True, slots=True)
class TeamWish:
    """How a team is to be."""

    name: str
    weekly_target: int | None
    member_ids: Collection[int]
    client_ids: Collection[int]


@dataclass(frozen=True, slots=True)
class TeamShape:
    """A team with who belongs to it and whom it works for."""

    team: Team
    member_ids: tuple[int, ...]
    client_ids: tuple[int, ...]


def list_staff() -> list[User]:
    """Everybody who works in the house and may sign in, by name."""
    query = select(User).where(User.is_active, User.role.not_in(CREDITOR_ROLES))
    return list(db.session.scalars(query.order_by(User.name, User.id)))


def list_teams() -> list[TeamShape]:
    """All teams by name."""
    members = _grouped(select(TeamMember.team_id, TeamMember.user_id))
    clients = _grouped(select(TeamClient.team_id, TeamClient.client_id))
    return [
        TeamShape(team, members.get(team.id, ()), clients.get(team.id, ()))
        for team in db.session.scalars(select(Team).order_by(Team.name, Team.id))
    ]


def get_team(public_id: str) -> Team:
    """The team of that public id; raises NotFound."""
    team = db.session.scalar(select(Team).where(Team.public_id == public_id))
    if team is None:
        raise NotFound
    return team


def shape_of(team: Team) -> TeamShape:
    """Who belongs to a team and whom it works for."""
    return next(each for each in list_teams() if each.team.id == team.id)


def add_team(wish: TeamWish) -> Team:
    """Make a team; whoever belonged to another one belongs to this one now.

    Raises:
        TeamNameMissing, TeamNameTaken, TargetNotPositive.
    """
    take_name("teams")
    team = Team(name=_name(wish.name), weekly_target=_target(wish.weekly_target))
    db.session.add(team)
    db.session.flush()
    _fill(team, wish)
    audit.record("team.added", "team", team.id)
    return team


def lock_team(public_id: str) -> Team:
    """A team that is about to be changed; raises NotFound."""
    take_name("teams")
    return lock_row(Team, get_team(public_id).id)


def change_team(team: Team, wish: TeamWish) -> None:
    """Change a team that is locked; raises as above."""
    team.name = _name(wish.name, besides=team.id)
    team.weekly_target = _target(wish.weekly_target)
    _fill(team, wish)
    audit.record("team.changed", "team", team.id)


def remove_team(team: Team) -> None:
    """Give a team up; its people and clients have none then."""
    for model in (TeamMember, TeamClient):
        db.session.execute(delete(model).where(model.team_id == team.id))
    db.session.delete(team)
    audit.record("team.removed", "team", team.id)


def _fill(team: Team, wish: TeamWish) -> None:
    pairs = ((TeamMember, "user_id", wish.member_ids), (TeamClient, "client_id", wish.client_ids))
    for model, column, ids in pairs:
        key = getattr(model, column)
        db.session.execute(delete(model).where((model.team_id == team.id) | key.in_(ids)))
        db.session.add_all([model(team_id=team.id, **{column: each}) for each in sorted(ids)])
    db.session.flush()


def _name(name: str, besides: int | None = None) -> str:
    found = name.strip()
    if not found:
        raise TeamNameMissing
    taken = select(Team.id).where(Team.name == found, Team.id != (besides or 0))
    if db.session.scalar(taken) is not None:
        raise TeamNameTaken
    return found


def _target(target: int | None) -> int | None:
    if target is not None and target <= 0:
        raise TargetNotPositive
    return target


def _grouped(query: Select[int, int]) -> Mapping[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for team_id, other_id in db.session.execute(query):
        found.setdefault(team_id, []).append(other_id)
    return {team_id: tuple(sorted(ids)) for team_id, ids in found.items()}
