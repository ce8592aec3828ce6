"""One visit on its page, made for a phone: what to know, what came of it, papers and receipt."""

from dataclasses import replace
from typing import Any

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.letters.views import pdf_answer
from agency.visits.planning import blueprint
from agency.visits.schemas import CostSchema, ReportSchema
from agency.visits.words import PLAN_FIELDS, REPORT_FIELDS, in_words
from cases.claims.asking import services as asking
from cases.claims.asking.models import AskedFor
from cases.contacts.catalogue import outcomes_of
from cases.contacts.models import ContactChannel, ContactOutcome, NonPaymentReason
from cases.contacts.visits import reporting
from cases.contacts.visits.letters import find_visit_letter
from cases.contacts.visits.models import PaperKind, Visit
from cases.contacts.visits.planning import lock_visit
from cases.contacts.visits.queries import get_paper, get_visit, list_papers, safety_notes_of
from cases.contacts.visits.route import stops_of
from cases.contacts.visits.safety import find_safety_note, set_safety_note
from cases.core import clock, files
from cases.core.database import db, transaction
from cases.core.errors import NotFound, Refusal
from cases.core.files import read_bytes
from cases.payments.cash.models import CashReceipt
from cases.payments.cash.queries import cash_of
from cases.people.services import names_of
from portal.access import may
from portal.login import require_user
from portal.pages.documents import file_response
from portal.shell.formatting import day as day_words
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import choices, word

MOST_PAPERS = 10


@blueprint.get("/visits/<visit_public_id>")
@may("contact.log")
def show(visit_public_id: str) -> ResponseReturnValue:
    """A visit: where, when, what for, and the form for its report."""
    return show_visit(get_visit(visit_public_id), {}, {})


@blueprint.post("/visits/<visit_public_id>")
@may("contact.log")
def save_report(visit_public_id: str) -> ResponseReturnValue:
    """Record what came of it, once; answers 422 when something is missing."""
    visit = get_visit(visit_public_id)
    loaded, errors = load_form(ReportSchema(gettext("Call back")), request.form, _labels())
    if loaded is None:
        return show_visit(visit, request.form, errors)
    report, kind = loaded
    report = replace(report, papers=_papers(kind))
    how = gettext("Visit of %(day)s", day=day_words(clock.today()))
    try:
        with transaction():
            reporting.report_visit(visit, report, current_app.config["CALLING_HOURS"], how)
    except Refusal as refusal:
        return show_visit(visit, request.form, in_words(refusal, REPORT_FIELDS))
    done(gettext("Visit recorded: %(outcome)s.", outcome=word(report.details.outcome)))
    if report.details.outcome is ContactOutcome.OBJECTION:
        return see_other(
            "objections.new",
            case_public_id=stops_of([visit])[0].case.public_id,
            channel=ContactChannel.VISIT.value,
            words=(report.details.note or "")[:1000],
        )
    return see_other("visits.show", visit_public_id=visit_public_id)


@blueprint.post("/visits/<visit_public_id>/papers")
@may("contact.log")
def add_paper(visit_public_id: str) -> ResponseReturnValue:
    """Add a document or a receipt; answers 422 if it is none, or nobody says what it is."""
    visit = get_visit(visit_public_id)
    chosen = request.form.get("paper_kind", "")
    papers = _papers(PaperKind(chosen) if chosen in set(PaperKind) else None)
    try:
        with transaction():
            lock_visit(visit)
            for paper in papers:
                reporting.add_paper(visit, paper, clock.today())
    except Refusal as refusal:
        return show_visit(visit, request.form, in_words(refusal, REPORT_FIELDS))
    if not papers:
        return show_visit(visit, request.form, {"paper": [gettext("Choose a file first.")]})
    done(gettext("Kept with the visit."))
    return see_other("visits.show", visit_public_id=visit_public_id)


@blueprint.post("/visits/<visit_public_id>/cost")
@may("contact.log")
def note_cost(visit_public_id: str) -> ResponseReturnValue:
    """What the visit cost us; nothing is booked by it."""
    visit = get_visit(visit_public_id)
    cost, errors = load_form(CostSchema(), request.form)
    if cost is None:
        return show_visit(visit, request.form, errors)
    with transaction():
        lock_visit(visit)
        reporting.note_cost(visit, cost)
    done(gettext("Noted. The debtor owes it only if it is booked as an outlay."))
    return see_other("visits.show", visit_public_id=visit_public_id)


@blueprint.post("/visits/<visit_public_id>/safety")
@may("contact.log")
def beware(visit_public_id: str) -> ResponseReturnValue:
    """What to beware of there, for whoever goes next."""
    visit = get_visit(visit_public_id)
    try:
        with transaction():
            shown = {"beware": _beware_of(visit)}
            record = ("debtor", visit.debtor_id)
            require_unchanged("safety", shown, record, "safety_note.changed")
            set_safety_note(visit.debtor_id, request.form.get("beware", ""))
    except ChangedByOther as changed:
        return show_visit(visit, request.form, changed.errors)
    done(gettext("Noted for the next visit. Only we see it."))
    return see_other("visits.show", visit_public_id=visit_public_id)


@blueprint.post("/visits/<visit_public_id>/decision")
@may("contact.log")
def decision(visit_public_id: str) -> ResponseReturnValue:
    """The client told us what he decides about it."""
    visit = get_visit(visit_public_id)
    agrees = request.form.get("agrees") == "1"
    try:
        with transaction():
            asked = asking.find_open(visit.case_id, AskedFor.VISIT)
            if asked is None:
                raise asking.NobodyAsks
            case = asking.note_answer(asked, agrees=agrees, words=request.form.get("words", ""))
            asking.follow(case, asked)
    except Refusal as refusal:
        said = [one for each in in_words(refusal, PLAN_FIELDS).values() for one in each]
        return show_visit(visit, request.form, {"words": said})
    done(gettext("Noted. Visit planned.") if agrees else gettext("Noted. Nobody goes."))
    return see_other("visits.show", visit_public_id=visit_public_id)


@blueprint.get("/visits/<visit_public_id>/papers/<paper_public_id>")
@may("document.view")
def paper(visit_public_id: str, paper_public_id: str) -> ResponseReturnValue:
    """A paper, as a download."""
    return file_response(get_paper(get_visit(visit_public_id).id, paper_public_id).file)


@blueprint.get("/visits/<visit_public_id>/receipt.pdf")
@may("contact.log")
def receipt(visit_public_id: str) -> Response:
    """The receipt as it was set."""
    found = db.session.get_one(CashReceipt, get_visit(visit_public_id).receipt_id)
    if found.file_id is None:
        raise NotFound
    return pdf_answer(read_bytes(files.get_file_by_id(found.file_id)), f"{found.number}.pdf")


def show_visit(visit: Visit, values: Any, errors: Errors) -> ResponseReturnValue:
    """The page of a visit, with what was typed."""
    (stop,) = stops_of([visit])
    beware_of = _beware_of(visit)
    return page(
        "agency/visits/show.html",
        status=422 if errors else 200,
        visit=visit,
        stop=stop,
        names=names_of({visit.visitor_id}),
        beware=safety_notes_of([stop.party.debtor.id]).get(stop.party.debtor.id, ""),
        opened=opened("safety", {"beware": beware_of}),
        letter=find_visit_letter(visit),
        papers=list_papers(visit.id),
        on_hand=cash_of(require_user().user_id, stop.case.currency),
        outcomes=[
            (outcome.value, word(outcome), None) for outcome in outcomes_of(ContactChannel.VISIT)
        ],
        reasons=choices(NonPaymentReason),
        kinds=choices(PaperKind),
        values={"beware": beware_of, **values},
        errors=errors,
    )


def _beware_of(visit: Visit) -> str:
    note = find_safety_note(visit.debtor_id)
    return note.words if note else ""


def _papers(kind: PaperKind | None) -> list[reporting.NewPaper]:
    uploads = [each for each in request.files.getlist("paper") if each.filename]
    return [
        reporting.NewPaper(each.read(), each.filename or "", kind) for each in uploads[:MOST_PAPERS]
    ]


def _labels() -> dict[str, str]:
    return {"outcome": gettext("Outcome")}
