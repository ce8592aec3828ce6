"""Visits of a case: planned within the rules, announced, moved and cancelled with a reason."""

from typing import Any

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import load_file
from agency.visits.schemas import MoveSchema, PlanSchema
from agency.visits.words import (
    PLAN_FIELDS,
    debtor_of,
    field_workers,
    in_words,
    require_may_override,
    visitor_of,
)
from cases.claims.queries import get_case, get_case_by_id
from cases.contacts.visits import planning
from cases.contacts.visits.letters import begin_visit_letter
from cases.contacts.visits.models import Visit, VisitPurpose, VisitState
from cases.contacts.visits.queries import OPEN, get_visit, list_visits_of_case
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.people.services import names_of
from portal.access import may
from portal.login import require_user
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import choices

blueprint = Blueprint("visits", __name__)
#: What the trail says when a visit changes.
CHANGES = ("visit.moved", "visit.moved_asked", "visit.cancelled", "visit.client_refused")


@blueprint.get("/cases/<case_public_id>/visits")
@may("contact.log")
def plan(case_public_id: str) -> ResponseReturnValue:
    """The visits of a case, and the form for another."""
    me = require_user().user_id
    mine = next((user.public_id for user in field_workers() if user.id == me), "")
    values = {"visitor": mine, "purpose": VisitPurpose.PAYMENT.value, "first": "14:00",
              "last": "15:00"}  # fmt: skip
    return _plan(case_public_id, values, {})


@blueprint.post("/cases/<case_public_id>/visits")
@may("contact.log")
def save(case_public_id: str) -> ResponseReturnValue:
    """Plan a visit; answers 422 with the rule that stands against it."""
    typed, errors = load_form(PlanSchema(), request.form, _labels())
    if typed is None:
        return _plan(case_public_id, request.form, errors)
    case_id = get_case(case_public_id).id
    try:
        require_may_override(typed.override_because)
        with transaction():
            wish = planning.VisitWish(
                typed.window,
                visitor_of(typed.visitor).id,
                typed.purpose,
                debtor_of(case_id, typed.debtor).id,
                typed.with_whom,
                typed.place_note,
                typed.override_because,
            )
            visit = planning.plan_visit(case_id, wish, current_app.config["CALLING_HOURS"])
            public_id, waits = visit.public_id, visit.state is VisitState.ASKED
    except Refusal as refusal:
        return _plan(case_public_id, request.form, in_words(refusal, PLAN_FIELDS))
    done(
        gettext("The client is asked first; the visit waits for his answer.")
        if waits
        else gettext("Visit planned. It comes up on its day.")
    )
    return see_other("visits.show", visit_public_id=public_id)


@blueprint.get("/visits/<visit_public_id>/move")
@may("contact.log")
def move(visit_public_id: str) -> ResponseReturnValue:
    """Another time or another person."""
    visit = get_visit(visit_public_id)
    return _moving(visit, _shown(visit), {})


@blueprint.post("/visits/<visit_public_id>/move")
@may("contact.log")
def save_move(visit_public_id: str) -> ResponseReturnValue:
    """Move it; answers 422 without a reason or against a rule."""
    visit = get_visit(visit_public_id)
    typed, errors = load_form(MoveSchema(), request.form, _labels())
    if typed is None:
        return _moving(visit, request.form, errors)
    try:
        require_may_override(typed.override_because)
        with transaction():
            planning.lock_visit(visit)
            require_unchanged("visit", _shown(visit), ("case", visit.case_id), *CHANGES)
            planning.move_visit(
                visit,
                typed.window,
                visitor_of(typed.visitor).id,
                typed.why,
                current_app.config["CALLING_HOURS"],
                typed.override_because,
            )
    except ChangedByOther as changed:
        return _moving(visit, request.form, changed.errors)
    except Refusal as refusal:
        return _moving(visit, request.form, in_words(refusal, PLAN_FIELDS))
    done(gettext("Visit moved. Tell the debtor if he knew of the old time."))
    return see_other("visits.show", visit_public_id=visit_public_id)


@blueprint.post("/visits/<visit_public_id>/cancel")
@may("contact.log")
def cancel(visit_public_id: str) -> ResponseReturnValue:
    """Nobody goes; answers 422 without a reason."""
    visit = get_visit(visit_public_id)
    try:
        with transaction():
            planning.cancel_visit(visit, request.form.get("cancel_why", ""))
    except Refusal as refusal:
        found = in_words(refusal, PLAN_FIELDS)
        errors = {"cancel_why" if name == "why" else name: said for name, said in found.items()}
        return _moving(visit, {**_shown(visit), **request.form}, errors)
    done(gettext("Visit cancelled. The reason stands in the timeline."))
    return see_other("cases.show", case_public_id=get_case_by_id(visit.case_id).public_id)


@blueprint.post("/visits/<visit_public_id>/letter")
@may("letter.send")
def letter(visit_public_id: str) -> ResponseReturnValue:
    """Begin the letter that announces it, or go on with it."""
    visit = get_visit(visit_public_id)
    with transaction():
        planning.lock_visit(visit)
        draft_id = begin_visit_letter(visit, require_user().user_id).public_id
    return see_other("written_letters.show", draft_public_id=draft_id)


def _plan(case_public_id: str, values: Any, errors: Errors) -> ResponseReturnValue:
    file = load_file(case_public_id)
    visits = list_visits_of_case(file.case.id)
    return page(
        "agency/visits/plan.html",
        status=422 if errors else 200,
        file=file,
        visits=visits,
        names=names_of({each.visitor_id for each in visits}),
        purposes=choices(VisitPurpose),
        debtors=[(one.debtor.public_id, one.debtor.full_name) for one in file.debtors],
        workers=_workers(),
        values=values,
        errors=errors,
    )


def _moving(visit: Visit, values: Any, errors: Errors) -> ResponseReturnValue:
    return page(
        "agency/visits/move.html",
        status=422 if errors else 200,
        file=load_file(get_case_by_id(visit.case_id).public_id),
        visit=visit,
        is_open=visit.state in OPEN,
        workers=_workers(),
        opened=opened("visit", _shown(visit)),
        values=values,
        errors=errors,
    )


def _shown(visit: Visit) -> dict[str, Any]:
    begins, ends = clock.local(visit.begins_at), clock.local(visit.ends_at)
    visitor = next((user for user in field_workers() if user.id == visit.visitor_id), None)
    return {
        "on": begins.date(),
        "first": f"{begins:%H:%M}",
        "last": f"{ends:%H:%M}",
        "visitor": visitor.public_id if visitor else "",
    }


def _workers() -> list[tuple[str, str]]:
    return [(user.public_id, user.name) for user in field_workers()]


def _labels() -> dict[str, str]:
    return {
        "on": gettext("Day"),
        "first": gettext("From"),
        "last": gettext("Until"),
        "visitor": gettext("Who goes"),
        "purpose": gettext("What for"),
    }
