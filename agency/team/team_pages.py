"""Teams: their people, the clients they work for, and what they want to get done in a week."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load

from agency.refusals import at_field
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.parties.queries import list_creditors
from cases.people import teams
from cases.people.team_models import Team
from portal.access import may
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, require_unchanged
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("teams", __name__)
FIELDS: dict[type[Refusal], str] = {
    teams.TeamNameMissing: "name",
    teams.TeamNameTaken: "name",
    teams.TargetNotPositive: "target",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed about a team."""

    name: str
    target: int | None


class TypedSchema(Schema):
    """What was typed about a team."""

    name = fields.String(required=True)
    target = fields.Integer(load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Typed:
        return Typed(**data)


@blueprint.get("/team/teams")
@may("team.lead")
def index() -> ResponseReturnValue:
    """All teams."""
    return page(
        "agency/team/teams.html",
        teams=teams.list_teams(),
        people={one.id: one.name for one in teams.list_staff()},
        clients={one.id: one.name for one in list_creditors()},
    )


@blueprint.get("/team/teams/new")
@may("team.lead")
def new() -> ResponseReturnValue:
    """The form for a team."""
    return _form(None)


@blueprint.post("/team/teams/new")
@may("team.lead")
def add() -> ResponseReturnValue:
    """Make a team."""
    wish, errors = _wish()
    if wish is None:
        return _form(None, errors)
    try:
        with transaction():
            teams.add_team(wish)
    except Refusal as refusal:
        return _form(None, at_field(refusal, FIELDS))
    done(gettext("Saved."))
    return see_other("teams.index")


@blueprint.get("/team/teams/<team_public_id>")
@may("team.lead")
def edit(team_public_id: str) -> ResponseReturnValue:
    """The form of one team."""
    return _form(teams.get_team(team_public_id))


@blueprint.post("/team/teams/<team_public_id>")
@may("team.lead")
def save(team_public_id: str) -> ResponseReturnValue:
    """Change a team."""
    team = teams.get_team(team_public_id)
    wish, errors = _wish()
    if wish is None:
        return _form(team, errors)
    try:
        with transaction():
            team = teams.lock_team(team_public_id)
            require_unchanged("team", _shown(team), ("team", team.id), "team.changed")
            teams.change_team(team, wish)
    except ChangedByOther as told:
        return _form(team, told.errors)
    except NotFound:
        raise
    except Refusal as refusal:
        return _form(team, at_field(refusal, FIELDS))
    done(gettext("Saved."))
    return see_other("teams.index")


@blueprint.post("/team/teams/<team_public_id>/remove")
@may("team.lead")
def remove(team_public_id: str) -> ResponseReturnValue:
    """Give a team up."""
    with transaction():
        teams.remove_team(teams.lock_team(team_public_id))
    done(gettext("Removed."))
    return see_other("teams.index")


def _wish() -> tuple[teams.TeamWish | None, Errors]:
    labels = {"name": gettext("Name"), "target": gettext("Target for a week")}
    typed, errors = load_form(TypedSchema(), request.form, labels)
    if typed is None:
        return None, errors
    people = {one.public_id: one.id for one in teams.list_staff()}
    clients = {one.public_id: one.id for one in list_creditors()}
    return teams.TeamWish(
        typed.name, typed.target,
        {people[each] for each in request.form.getlist("member") if each in people},
        {clients[each] for each in request.form.getlist("client") if each in clients},
    ), {}  # fmt: skip


def _shown(team: Team) -> dict[str, object]:
    shape = teams.shape_of(team)
    return {
        "name": team.name,
        "target": team.weekly_target,
        "member": str(shape.member_ids),
        "client": str(shape.client_ids),
    }


def _form(team: Team | None, errors: Errors | None = None) -> ResponseReturnValue:
    shape, shown = (teams.shape_of(team), _shown(team)) if team else (None, {})
    members, clients = (shape.member_ids, shape.client_ids) if shape else ((), ())
    return page(
        "agency/team/team.html",
        status=422 if errors else 200,
        errors=errors or {},
        team=team,
        shown=shown,
        values=request.form if errors else shown,
        staff=[(one, _chosen("member", one.public_id, one.id in members, errors))
               for one in teams.list_staff()],
        clients=[(one, _chosen("client", one.public_id, one.id in clients, errors))
                 for one in list_creditors()],
    )  # fmt: skip


def _chosen(name: str, public_id: str, before: bool, errors: Errors | None) -> bool:
    return public_id in request.form.getlist(name) if errors else before
