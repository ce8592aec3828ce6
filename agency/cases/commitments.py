"""What we promised: kept, or moved with a reason and so that the debtor knows."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load

from agency.cases.contact_schemas import ClockTime, moment_of
from agency.cases.file import load_file
from agency.refusals import at_field
from cases.claims.queries import get_case, get_case_by_id, lock_case
from cases.claims.services import ReasonMissing
from cases.contacts.commitments import (
    CommitmentGiven,
    keep_commitment,
    lock_commitment,
    make_commitment,
    move_commitment,
)
from cases.contacts.errors import DueInPast
from cases.contacts.models import Commitment, CommitmentKind
from cases.contacts.queries import get_commitment
from cases.core.database import transaction
from cases.core.errors import Invalid
from portal.access import may
from portal.shell.forms import Day, Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import choices

blueprint = Blueprint("commitments", __name__)


@dataclass(frozen=True, slots=True)
class Move:
    """A later time for what we promised."""

    on: date
    at: time
    why: str
    told: bool

    @property
    def due_at(self) -> datetime:
        """Day and time together."""
        return moment_of(self.on, self.at)


class MoveSchema(Schema):
    """The later time, why, and whether the debtor knows."""

    on = Day(required=True)
    at = ClockTime(required=True)
    why = fields.String(required=True)
    told = fields.Boolean(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Move:
        return Move(**data)


class CommitmentSchema(Schema):
    """What we promise, and for when."""

    kind = fields.Enum(CommitmentKind, by_value=True, required=True)
    what = fields.String(required=True)
    on = Day(required=True)
    at = ClockTime(load_default=time(17))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> CommitmentGiven:
        return CommitmentGiven(data["what"], moment_of(data["on"], data["at"]), data["kind"])


#: What the trail says when the time of a commitment changes.
MOVES = ("commitment.moved", "commitment.kept", "commitment.withdrawn")


def _opened_of(commitment: Commitment) -> dict[str, Any]:
    return {"on": commitment.due_at, "told": commitment.kept_at or commitment.withdrawn_at}


@blueprint.get("/cases/<case_public_id>/commitments/new")
@may("contact.log")
def new(case_public_id: str) -> ResponseReturnValue:
    """What we promise the debtor: a call, a copy, a clarification, an answer."""
    return _promising(case_public_id, {}, {})


@blueprint.post("/cases/<case_public_id>/commitments/new")
@may("contact.log")
def make(case_public_id: str) -> ResponseReturnValue:
    """Note it; it stands before the strategy's steps from its day on."""
    labels = {"kind": gettext("What"), "what": gettext("In words"), "on": gettext("Day")}
    given, errors = load_form(CommitmentSchema(), request.form, labels)
    if given is not None:
        try:
            with transaction():
                make_commitment(lock_case(get_case(case_public_id).id), given)
        except Invalid as refusal:
            errors = at_field(refusal, {DueInPast: "on"})
        else:
            done(gettext("Noted. It comes up on its day and cannot just be put off."))
            return see_other("cases.show", case_public_id=case_public_id)
    return _promising(case_public_id, request.form, errors)


@blueprint.post("/commitments/<commitment_public_id>/kept")
@may("contact.log")
def keep(commitment_public_id: str) -> ResponseReturnValue:
    """Note that we did what we promised."""
    with transaction():
        commitment = get_commitment(commitment_public_id)
        keep_commitment(commitment)
        case_id = commitment.case_id
    done(gettext("Marked as kept."))
    return see_other("cases.show", case_public_id=get_case_by_id(case_id).public_id)


@blueprint.get("/commitments/<commitment_public_id>/move")
@may("contact.log")
def move(commitment_public_id: str) -> ResponseReturnValue:
    """When it is done instead, and why."""
    return _moving(commitment_public_id, {}, {})


@blueprint.post("/commitments/<commitment_public_id>/move")
@may("contact.log")
def save_move(commitment_public_id: str) -> ResponseReturnValue:
    """Move it; answers 422 without day, time and reason."""
    labels = {"on": gettext("Day"), "at": gettext("At"), "why": gettext("Reason"),
              "told": gettext("Does the debtor know?")}  # fmt: skip
    wish, errors = load_form(MoveSchema(), request.form, labels)
    if wish is None:
        return _moving(commitment_public_id, request.form, errors)
    try:
        with transaction():
            commitment = lock_commitment(commitment_public_id)
            shown = _opened_of(commitment)
            require_unchanged("commitment", shown, ("case", commitment.case_id), *MOVES)
            move_commitment(commitment, wish.due_at, wish.why, told=wish.told)
            case_id = commitment.case_id
    except ChangedByOther as changed:
        return _moving(commitment_public_id, request.form, changed.errors)
    except Invalid as refusal:
        errors = at_field(refusal, {DueInPast: "on", ReasonMissing: "why"})
        return _moving(commitment_public_id, request.form, errors)
    done(gettext("Moved. The old time and the reason stay in the timeline."))
    return see_other("cases.show", case_public_id=get_case_by_id(case_id).public_id)


def _promising(case_public_id: str, values: Any, errors: Errors) -> ResponseReturnValue:
    return page(
        "agency/cases/promise.html",
        status=422 if errors else 200,
        file=load_file(case_public_id),
        kinds=choices(CommitmentKind),
        values=values,
        errors=errors,
    )


def _moving(commitment_public_id: str, values: Any, errors: Errors) -> ResponseReturnValue:
    commitment = get_commitment(commitment_public_id)
    return page(
        "agency/cases/commitment.html",
        status=422 if errors else 200,
        file=load_file(get_case_by_id(commitment.case_id).public_id),
        commitment=commitment,
        opened=opened("commitment", _opened_of(commitment)),
        values=values,
        errors=errors,
    )
