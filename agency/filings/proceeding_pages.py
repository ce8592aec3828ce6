"""One proceeding: state, deadlines, events, costs, and what can be applied for next."""

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.filings.german_words import GermanWords
from agency.filings.schemas import EventSchema, PaidSchema, ReasonSchema
from agency.filings.steps import steps_of
from cases.claims.queries import get_case_by_id
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.core.positions import position
from cases.filings import dossier, queries
from cases.filings.applications import drafts
from cases.filings.applications.case_facts import gather
from cases.filings.applications.models import FilingKind
from cases.filings.applications.readiness import costs_of
from cases.filings.court_mail import applying
from cases.filings.proceedings import costs
from cases.filings.proceedings import services as proceedings
from cases.filings.proceedings.deadlines import list_of_proceeding
from cases.filings.proceedings.event_consequences import find_title
from cases.filings.proceedings.models import CourtPayable
from legal.proceeding import CourtEventKind
from portal.access import may
from portal.limits import costly
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("proceedings", __name__)
#: What only a hand-over of ours can bring about, so nobody records it by hand.
OURS = {CourtEventKind.FEE_PAID}


@blueprint.get("/proceedings/<proceeding_public_id>")
@may("filing.view")
def show(proceeding_public_id: str) -> ResponseReturnValue:
    """Where the proceeding stands and what comes next."""
    return _show(proceeding_public_id)


@blueprint.post("/proceedings/<proceeding_public_id>/events")
@may("deadline.edit")
def record(proceeding_public_id: str) -> ResponseReturnValue:
    """Record what came on paper; 422 if it does not fit."""
    form, errors = load_form(EventSchema(), request.form)
    if form is None:
        return _show(proceeding_public_id, 422, errors)
    try:
        with transaction():
            proceeding = proceedings.get_proceeding(proceeding_public_id)
            applying.record_event(
                proceeding,
                form["kind"],
                form["happened_on"],
                partial=form["is_partial"],
                received_on=form.get("received_on"),
                court_number=form["court_number"],
                note=form["note"],
            )
    except Refusal as refused:
        return _show(proceeding_public_id, 422, {"kind": [say(refused)]})
    done(gettext("Recorded; deadlines are computed anew"))
    return see_other("proceedings.show", proceeding_public_id=proceeding_public_id)


@blueprint.post("/proceedings/<proceeding_public_id>/revoke")
@may("deadline.edit")
def revoke(proceeding_public_id: str) -> ResponseReturnValue:
    """Take back an event that was recorded by mistake."""
    form, errors = load_form(ReasonSchema(), request.form)
    if form is None:
        return _show(proceeding_public_id, 422, errors)
    try:
        with transaction():
            proceeding = proceedings.get_proceeding(proceeding_public_id)
            event_id = request.form.get("event", 0, type=position)
            proceedings.revoke_event(proceeding, event_id, form["reason"])
    except Refusal as refused:
        return _show(proceeding_public_id, 422, {"reason": [say(refused)]})
    done(gettext("Event revoked; deadlines are computed anew"))
    return see_other("proceedings.show", proceeding_public_id=proceeding_public_id)


@blueprint.post("/proceedings/<proceeding_public_id>/filings")
@may("filing.prepare")
def prepare(proceeding_public_id: str) -> ResponseReturnValue:
    """Prepare the next application: decided by a person, with the costs before the eyes."""
    kind, _, answer = request.form.get("step", "").partition(":")
    if kind not in set(FilingKind):
        return _show(proceeding_public_id, 422, {"step": [gettext("Please choose one.")]})
    with transaction():
        proceeding = proceedings.get_proceeding(proceeding_public_id)
        filing = drafts.draft_filing(
            proceeding,
            FilingKind(kind),
            request.form.get("because", "").strip(),
            content={"kind": answer} if answer else None,
        )
    done(gettext("Application in preparation"))
    return see_other("filings.index", filing=filing.public_id)


@blueprint.post("/court-payables/<payable_public_id>")
@may("filing.prepare")
def pay(payable_public_id: str) -> ResponseReturnValue:
    """Record that a court was paid."""
    form, errors = load_form(PaidSchema(), request.form)
    payable = costs.get_payable(payable_public_id)
    home = _home(payable)
    if form is None:
        return _show(home, 422, errors)
    try:
        with transaction():
            payable = costs.lock_payable(payable_public_id)
            costs.pay_court(payable, form["paid_on"], form["source"])
    except Refusal as refused:
        return _show(home, 422, {"source": [say(refused)]})
    done(gettext("Payment to the court recorded"))
    return see_other("proceedings.show", proceeding_public_id=home)


@blueprint.post("/proceedings/<proceeding_public_id>/lawyer")
@may("filing.prepare")
def hand_to_lawyer(proceeding_public_id: str) -> ResponseReturnValue:
    """Record that the creditor's lawyer has the case, and what came of it."""
    form, errors = load_form(ReasonSchema(), request.form)
    if form is None:
        return _show(proceeding_public_id, 422, errors)
    with transaction():
        proceeding = proceedings.get_proceeding(proceeding_public_id)
        dossier.record_hand_over(proceeding, form["reason"])
    done(gettext("Hand-over to the lawyer recorded"))
    return see_other("proceedings.show", proceeding_public_id=proceeding_public_id)


@blueprint.get("/proceedings/<proceeding_public_id>/court-file.pdf")
@costly
@may("document.view")
def court_file(proceeding_public_id: str) -> ResponseReturnValue:
    """The whole court file of the case as one PDF with bookmarks."""
    proceeding = proceedings.get_proceeding(proceeding_public_id)
    case = get_case_by_id(proceeding.case_id)
    answer = make_response(dossier.court_file_pdf(case, GermanWords()))
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="Gerichtsakte-{case.number}.pdf"'
    return answer


@blueprint.get("/proceedings/<proceeding_public_id>/lawyer.zip")
@may("document.view")
def lawyer_package(proceeding_public_id: str) -> ResponseReturnValue:
    """Everything a lawyer needs, as one file."""
    proceeding = proceedings.get_proceeding(proceeding_public_id)
    case = get_case_by_id(proceeding.case_id)
    answer = make_response(dossier.lawyer_package(case, GermanWords()))
    answer.headers["Content-Type"] = "application/zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="Abgabe-{case.number}.zip"'
    return answer


def _home(payable: CourtPayable) -> str:
    """The first proceeding that a payable belongs to."""
    return proceedings.list_of_case(payable.case_id)[0].public_id


def _show(public_id: str, status: int = 200, errors: Errors | None = None) -> ResponseReturnValue:
    proceeding = proceedings.get_proceeding(public_id)
    case = get_case_by_id(proceeding.case_id)
    facts = gather(case)
    events = proceedings.list_events(proceeding.id, revoked=True)
    return page(
        "agency/filings/proceeding.html",
        status=status,
        proceeding=proceeding,
        case=case,
        creditor=facts.creditor,
        debtor=next(d for d in facts.debtors if d.debtor.id == proceeding.debtor_id),
        deadlines=[queries.list_deadlines(deadline_id=d.id)[0]
                   for d in list_of_proceeding(proceeding.id)],
        events=events,
        revoked={event.revokes_id for event in events},
        people=queries.names_of([event.recorded_by for event in events]),
        filings=queries.list_filings_of_case(case.id),
        steps=steps_of(proceeding),
        possible=[
            kind
            for kind in CourtEventKind
            if kind not in OURS and proceedings.may_happen(proceeding, kind)
        ],
        payables=costs.list_of_case(case.id),
        advance_cents=costs.advance_cents(case.creditor_id),
        costs=costs_of(facts),
        title=find_title(proceeding.id),
        errors=errors or {},
        values=request.form,
    )  # fmt: skip
