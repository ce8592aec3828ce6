"""Limitation of one claim: the days with their steps, its kind, its events, legal's own day."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import load_file
from agency.limitation import words
from agency.limitation.schemas import DaySchema, EventSchema, missing_day
from agency.refusals import at_field
from cases.claims.law import law_of
from cases.claims.limitation import (
    EventWithoutRule,
    LimitationDayMissing,
    WhoseEvent,
    ask_kind,
    confirm_event,
    explain_by_debtor,
    explain_limitation,
    interest_limitation,
    list_limitation_events,
    note_event,
    set_limitation_day,
    withdraw_limitation_day,
)
from cases.claims.models import Case, Claim
from cases.claims.queries import get_case_by_id, get_claim, list_debtors, lock_case
from cases.core import clock
from cases.core.database import transaction
from cases.core.locks import relock
from cases.people.policy import Permission
from legal.errors import InputInvalid
from legal.limitation_events import LimitationEventKind
from portal.access import may
from portal.login import require_user
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import choices

blueprint = Blueprint("limitation", __name__)
words.register(blueprint)


@blueprint.get("/claims/<claim_public_id>/limitation")
@may("case.view")
def show(claim_public_id: str) -> ResponseReturnValue:
    """Both days of a claim with every step that leads to them."""
    return _show(get_claim(claim_public_id))


@blueprint.post("/claims/<claim_public_id>/limitation/events")
@may("contact.log")
def note(claim_public_id: str) -> ResponseReturnValue:
    """Note an event; answers 422 when a day that the law needs is missing."""
    wish, errors = load_form(EventSchema(), request.form, {"kind": gettext("What happened")})
    if wish is None:
        return _show(get_claim(claim_public_id), errors)
    try:
        with transaction():
            case, claim = _lock(claim_public_id)
            debtor_id = _debtor_id(case, wish.debtor)
            note_event(case, claim, wish.kind, wish.days, wish.note, debtor_id=debtor_id)
    except InputInvalid as error:
        return _show(get_claim(claim_public_id), missing_day(error, request.form))
    except EventWithoutRule as refusal:
        return _show(get_claim(claim_public_id), at_field(refusal, {EventWithoutRule: "kind"}))
    done(gettext("Event noted. It counts for the safe day once legal confirms it."))
    return _back(claim_public_id)


@blueprint.post("/claims/<claim_public_id>/limitation/events/<limitation_event_id>/confirm")
@may("deadline.edit")
def confirm(claim_public_id: str, limitation_event_id: str) -> ResponseReturnValue:
    """Legal confirms an event: from now on the conservative day counts it."""
    try:
        with transaction():
            case, _ = _lock(claim_public_id)
            debtor_id = _debtor_id(case, request.form.get("debtor", ""))
            confirm_event(case, limitation_event_id, debtor_id)
    except WhoseEvent as refusal:
        return _show(get_claim(claim_public_id), at_field(refusal, {}))
    done(gettext("Event confirmed. The safe day counts it now."))
    return _back(claim_public_id)


@blueprint.post("/claims/<claim_public_id>/limitation/kind")
@may("contact.log")
def kind(claim_public_id: str) -> ResponseReturnValue:
    """Say what kind of claim it is; a longer period only by legal."""
    chosen = request.form.get("claim_kind", "")
    claim = get_claim(claim_public_id)
    law = law_of(get_case_by_id(claim.case_id))
    if chosen not in dict(words.kind_choices(law, _decides())):
        errors = {"claim_kind": [gettext("Please choose one of the options.")]}
        return _show(claim, errors)
    try:
        with transaction():
            case, claim = _lock(claim_public_id)
            now, marks = {"claim_kind": claim.kind}, ("limitation.kind",)
            require_unchanged(f"kind.{claim.id}", now, ("case", claim.case_id), *marks)
            ask_kind(case, claim, chosen)
    except ChangedByOther as changed:
        return _show(get_claim(claim_public_id), changed.errors)
    done(gettext("Kind of claim saved."))
    return _back(claim_public_id)


@blueprint.post("/claims/<claim_public_id>/limitation/day")
@may("deadline.edit")
def set_day(claim_public_id: str) -> ResponseReturnValue:
    """Legal sets the last day itself; answers 422 without a day or a reason."""
    labels = {"last_day_on": gettext("Last day"), "why": gettext("Reason")}
    wish, errors = load_form(DaySchema(), request.form, labels)
    if wish is None:
        return _show(get_claim(claim_public_id), errors)
    try:
        with transaction():
            case, claim = _lock(claim_public_id)
            now, marks = {"last_day_on": claim.limitation_set_on}, ("limitation.set",)
            require_unchanged(f"day.{claim.id}", now, ("case", claim.case_id), *marks)
            set_limitation_day(case, claim, wish["last_day_on"], wish["why"])
    except ChangedByOther as changed:
        return _show(get_claim(claim_public_id), changed.errors)
    except LimitationDayMissing as refusal:
        return _show(get_claim(claim_public_id), at_field(refusal, {LimitationDayMissing: "why"}))
    done(gettext("Last day set."))
    return _back(claim_public_id)


@blueprint.post("/claims/<claim_public_id>/limitation/day/withdraw")
@may("deadline.edit")
def withdraw_day(claim_public_id: str) -> ResponseReturnValue:
    """Let the law's computation count again."""
    with transaction():
        case, claim = _lock(claim_public_id)
        withdraw_limitation_day(case, claim)
    done(gettext("The law's computation counts again."))
    return _back(claim_public_id)


def _lock(claim_public_id: str) -> tuple[Case, Claim]:
    """The claim as it is now, its case locked before it."""
    claim = get_claim(claim_public_id)
    case = lock_case(claim.case_id)
    relock(claim)
    return case, claim


def _decides() -> bool:
    return require_user().may(Permission.DEADLINE_EDIT)


def _debtor_id(case: Case, public_id: str) -> int | None:
    """The joint debtor that a form names; None for nobody in particular."""
    found = [one.debtor for one in list_debtors(case.id) if one.debtor.public_id == public_id]
    return found[0].id if found else None


def _back(claim_public_id: str) -> ResponseReturnValue:
    return see_other("limitation.show", claim_public_id=claim_public_id)


def _show(claim: Claim, errors: Errors | None = None) -> ResponseReturnValue:
    case = get_case_by_id(claim.case_id)
    law = law_of(case)
    values: Mapping[str, Any] = request.form
    return page(
        "agency/limitation/show.html",
        status=422 if errors else 200,
        file=load_file(case.public_id),
        claim=claim,
        found=None if claim.limitation_set_on else explain_limitation(case, claim),
        each_debtor=explain_by_debtor(case, claim),
        whose={one.debtor.id: one.debtor.full_name for one in list_debtors(case.id)},
        events=list_limitation_events([claim.id]),
        kind=claim.kind or law.unasked_limitation_kind(consumer_loan=claim.is_consumer_loan),
        kinds=words.kind_choices(law, _decides()),
        event_kinds=[
            row for row in choices(LimitationEventKind) if row[0] in law.limitation_events
        ],
        values=values,
        errors=errors or {},
        later_interest=interest_limitation(case, claim, clock.today()),
    )
