"""The list of cases, the case file, accepting and refusing, follow-ups."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import key_date, load_file
from agency.cases.schemas import FollowUpSchema
from agency.refusals import at_field
from cases.claims.ending import refuse_case
from cases.claims.models import Phase
from cases.claims.queries import get_case
from cases.claims.search import (
    HITS,
    PAGE,
    CaseFilter,
    case_order,
    find_exact,
    list_cases,
    searched,
)
from cases.claims.services import ReasonMissing, accept_case
from cases.contacts.errors import DueInPast
from cases.contacts.services import set_follow_up
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.letters.queries import letter_lookup
from cases.parties.queries import find_creditor, list_creditors
from cases.people.services import list_staff
from portal.access import may
from portal.login import require_user
from portal.shell.forms import Errors, load_form
from portal.shell.pages import done, page, see_other
from portal.wording import choices

blueprint = Blueprint("cases", __name__)


@blueprint.get("/cases")
@may("case.view")
def index() -> ResponseReturnValue:
    """Cases by whatever somebody has in hand; a number in full opens its case."""
    text = request.args.get("q", "")
    letters = [letter_lookup(searched(text))]
    exact = find_exact(text, letters) if request.args.keys() == {"q"} else None
    if exact is not None:
        return see_other("cases.show", case_public_id=exact.public_id)
    creditor = find_creditor(request.args.get("creditor", ""))
    phase = request.args.get("phase", "")
    wanted = CaseFilter(
        text, creditor.id if creditor else None, Phase(phase) if phase in set(Phase) else None
    )
    order = case_order(request.args.get("sort", ""))
    found = list_cases(wanted, request.args.get("after", ""), PAGE + 1, letters, order)
    return page(
        "agency/cases/index.html",
        rows=found[:PAGE],
        sort=order.name,
        after=found[PAGE - 1].place if len(found) > PAGE else None,
        creditors=[(one.public_id, one.name) for one in list_creditors()],
        phases=choices(Phase),
        filtered=bool(text or creditor or phase),
        most=HITS,
    )


@blueprint.get("/cases/<case_public_id>")
@may("case.view")
def show(case_public_id: str) -> ResponseReturnValue:
    """The case file."""
    return _show(case_public_id)


@blueprint.post("/cases/<case_public_id>/accept")
@may("case.accept")
def accept(case_public_id: str) -> ResponseReturnValue:
    """Take the order on."""
    with transaction():
        accept_case(get_case(case_public_id).id, require_user().user_id)
    done(gettext("Order accepted. The first demand letter comes next."))
    return see_other("cases.show", case_public_id=case_public_id)


@blueprint.post("/cases/<case_public_id>/refuse")
@may("case.accept")
def refuse(case_public_id: str) -> ResponseReturnValue:
    """Do not take the order on; answers 422 without a reason."""
    try:
        with transaction():
            refuse_case(get_case(case_public_id).id, request.form.get("reason", ""))
    except ReasonMissing as refusal:
        return _show(case_public_id, at_field(refusal, {ReasonMissing: "reason"}))
    done(gettext("Order not accepted. The creditor sees the reason."))
    return see_other("cases.show", case_public_id=case_public_id)


@blueprint.get("/cases/<case_public_id>/follow-up")
@may("contact.log")
def follow_up(case_public_id: str) -> ResponseReturnValue:
    """When the case should come up again."""
    return _follow_up(case_public_id, {}, {})


@blueprint.post("/cases/<case_public_id>/follow-up")
@may("contact.log")
def save_follow_up(case_public_id: str) -> ResponseReturnValue:
    """Set a follow-up; answers 422 when the day cannot be used."""
    wish, errors = load_form(FollowUpSchema(), request.form, {"due_on": gettext("Day")})
    if wish is not None:
        try:
            with transaction():
                set_follow_up(get_case(case_public_id).id, wish)
        except Refusal as refusal:
            errors = at_field(refusal, {DueInPast: "due_on"})
        else:
            done(gettext("Follow-up set."))
            return see_other("cases.show", case_public_id=case_public_id)
    return _follow_up(case_public_id, request.form, errors)


@blueprint.get("/cases/<case_public_id>/statement")
@may("case.view")
def statement(case_public_id: str) -> ResponseReturnValue:
    """The claim account in order of time, on any day."""
    return page("agency/cases/statement.html", file=load_file(case_public_id, key_date()))


def _follow_up(case_public_id: str, values: Any, errors: Errors) -> ResponseReturnValue:
    return page(
        "agency/cases/follow_up.html",
        status=422 if errors else 200,
        file=load_file(case_public_id),
        people=[(one.public_id, one.name) for one in list_staff()],
        values=values,
        errors=errors,
    )


def _show(case_public_id: str, errors: Errors | None = None) -> ResponseReturnValue:
    return page(
        "agency/cases/show.html",
        status=422 if errors else 200,
        file=load_file(case_public_id, key_date()),
        values=request.form,
        errors=errors or {},
    )
