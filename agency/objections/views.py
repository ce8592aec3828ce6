"""Recording objections, verifying them with a checklist, deciding them with a reason."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import CaseFile, load_file
from agency.objections.panel import fact_fields, law_of_burden, load_panel, stands_words
from agency.objections.schemas import AMOUNT, GENUINE, read_answers, read_objection, read_verdict
from agency.objections.sources import Source, find_source
from agency.refusals import at_field
from cases.claims.queries import (
    get_case,
    get_case_by_id,
    list_claims,
    list_debtors,
    lock_case,
)
from cases.claims.search import first_debtor_names
from cases.claims.services import ReasonMissing
from cases.contacts.models import ContactChannel
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Conflict, Refusal
from cases.core.positions import position
from cases.documents.client_papers.authority import list_authority, sendable
from cases.documents.queries import Kept
from cases.filings.evidence_bundle import meters_of
from cases.intake.documents import list_of_case
from cases.ledger.services import owed_on
from cases.objections import errors as refused
from cases.objections.checklist import questions_for
from cases.objections.complaints.models import Cause
from cases.objections.complaints.services import cause_of
from cases.objections.evidence_models import ObjectionPhase
from cases.objections.indicators import SpeaksFor
from cases.objections.mentions import Again
from cases.objections.models import Objection, ObjectionKind, Verdict
from cases.objections.outcomes.deferring import only_due
from cases.objections.outcomes.setting_off import counterclaim_due_on
from cases.objections.outcomes.sparing import frees_one
from cases.objections.queries import (
    PAGE,
    DisputedClaim,
    get_objection,
    list_checks,
    list_decided_objections,
    list_disputed,
    list_earlier_verdicts,
    list_open_objections,
    list_overdue_objections,
)
from cases.objections.second_person import decide_or_ask
from cases.objections.services import ObjectionDetails, answer_questions, record_objection
from cases.objections.verdicts import reopen_objection
from cases.worklist.services import finish_items
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors
from portal.shell.pages import done, page, see_other
from portal.wording import choices, word

blueprint = Blueprint("objections", __name__)
#: An option: its value, its words and what it comes to.
Choice = tuple[str, str, str]

FIELDS: dict[type[Refusal], str] = {
    refused.WordsMissing: "words",
    refused.NothingDisputed: "claims",
    refused.DisputedTooHigh: "claims",
    refused.RaisedInFuture: "raised_on",
    refused.VerdictReasonMissing: "reason",
    refused.GenuineAmountWrong: "genuine",
    refused.AgainMissing: "again_on",
    refused.AgainUnclear: "again",
    refused.GenuineCostsWrong: "genuine_costs_cents",
    refused.ChecklistIncomplete: "checklist",
    refused.EvidenceMissing: "no_evidence",
    refused.CounterclaimUndated: "set_off_due_on",
    refused.CounterclaimNotDue: "set_off_due_on",
    refused.EvidenceOpen: "evidence",
}


@blueprint.get("/objections")
@may("objection.record")
def index() -> ResponseReturnValue:
    """Objections that wait for a verdict, the oldest first; or those decided, the newest first."""
    shown = request.args.get("show")
    decided, after = shown == "decided", request.args.get("after", type=position)
    if shown == "overdue":
        found = list_overdue_objections(clock.today(), after, PAGE + 1)
    else:
        found = (list_decided_objections if decided else list_open_objections)(after, PAGE + 1)
    rows = found[:PAGE]
    return page(
        "agency/objections/index.html",
        decided=decided,
        overdue=shown == "overdue",
        rows=rows,
        names=first_debtor_names([row.case.id for row in rows]),
        after=rows[-1].objection.id if len(found) > PAGE else None,
    )


@blueprint.get("/cases/<case_public_id>/objection")
@may("objection.record")
def new(case_public_id: str) -> ResponseReturnValue:
    """What the debtor says; it begins with what came in by a call, the post or the court."""
    file = load_file(case_public_id)
    source = find_source(file.case, request.args.get("source", ""))
    values = {"raised_on": clock.today(), "phase": ObjectionPhase.AGENCY.value}
    if source is not None:
        values = {
            "raised_on": source.raised_on,
            "channel": source.channel.value,
            "words": source.words,
            "phase": source.phase.value,
            "contests": "1" if source.phase is ObjectionPhase.COURT else "",
        }
    return _form(file, values, {}, source)


@blueprint.post("/cases/<case_public_id>/objection")
@may("objection.record")
def record(case_public_id: str) -> ResponseReturnValue:
    """Record an objection; what it is against stands still. Answers 422 if something is missing."""
    case_id = get_case(case_public_id).id
    details, errors = read_objection(request.form, list_claims(case_id), _debtors(case_id))
    source = find_source(get_case(case_public_id), request.form.get("source", ""))
    if details is not None:
        try:
            with transaction():
                recorded = _record(case_id, details, source)
                public_id, is_open = recorded.public_id, recorded.is_open
        except Conflict:
            raise
        except Refusal as refusal:
            errors = at_field(refusal, FIELDS)
        else:
            done(
                gettext("Objection recorded. The disputed part stands still until you decide.")
                if is_open
                else gettext("Noted with the earlier objection: the reply refers to our answer.")
            )
            return see_other("objections.show", objection_public_id=public_id)
    return _form(load_file(case_public_id), request.form, errors, source)


@blueprint.get("/objections/<objection_public_id>")
@may("objection.record")
def show(objection_public_id: str) -> ResponseReturnValue:
    """Quote, checklist, and the verdict, which is never preselected."""
    return _show(get_objection(objection_public_id), {}, {})


@blueprint.post("/objections/<objection_public_id>/checks")
@may("objection.decide")
def verify(objection_public_id: str) -> ResponseReturnValue:
    """Keep what was found out."""
    with transaction():
        objection = get_objection(objection_public_id)
        _keep_findings(objection)
    done(gettext("Findings saved."))
    return see_other("objections.show", objection_public_id=objection_public_id)


@blueprint.post("/objections/<objection_public_id>/reopen")
@may("objection.decide")
def reopen(objection_public_id: str) -> ResponseReturnValue:
    """Verify a decided objection again; answers 422 without a reason."""
    objection = get_objection(objection_public_id)
    try:
        with transaction():
            reopen_objection(objection.id, request.form.get("reopen_reason", ""))
    except ReasonMissing as refusal:
        return _show(objection, request.form, at_field(refusal, {ReasonMissing: "reopen_reason"}))
    done(gettext("The objection is open again; what it is against stands still."))
    return see_other("objections.show", objection_public_id=objection_public_id)


@blueprint.post("/objections/<objection_public_id>/verdict")
@may("objection.decide")
def decide(objection_public_id: str) -> ResponseReturnValue:
    """Keep what was found out and decide; answers 422 if something is missing."""
    objection = get_objection(objection_public_id)
    if not objection.is_open:
        raise refused.AlreadyDecided
    decision, errors = read_verdict(request.form, list_disputed(objection.id))
    if decision is not None:
        try:
            with transaction():
                _keep_findings(objection)
                decided = decide_or_ask(objection.id, decision)
        except Conflict:
            raise
        except Refusal as refusal:
            errors = at_field(refusal, FIELDS)
        else:
            if isinstance(decided, Objection):
                done(gettext("Decided: %(verdict)s.", verdict=word(decision.verdict)))
                case = get_case_by_id(decided.case_id).public_id
                return see_other("cases.show", case_public_id=case)
            done(gettext("A second person confirms this verdict; until then the hold stays."))
            return see_other("objections.show", objection_public_id=objection_public_id)
    return _show(get_objection(objection_public_id), request.form, errors)


def refused_at(
    objection: Objection, refusal: Refusal | None, field: str, errors: Errors | None = None
) -> ResponseReturnValue:
    """The page again, with what was refused at its field."""
    found = dict(errors or {})
    if refusal is not None:
        found[field] = [say(refusal)]
    return _show(objection, request.form, found)


def _record(case_id: int, details: ObjectionDetails, source: Source | None) -> Objection:
    """The objection with the letter or mail that it came with, which nobody has to read again."""
    if source is None:
        return record_objection(case_id, details)
    case = lock_case(case_id)
    document_id = source.keep_document(case, require_user().user_id)
    recorded = record_objection(case_id, replace(details, document_id=document_id))
    if (item := source.work_item) is not None:
        finish_items(case, item)
    return recorded


def _form(
    file: CaseFile, values: Any, errors: Errors, source: Source | None = None
) -> ResponseReturnValue:
    return page(
        "agency/objections/new.html",
        status=422 if errors else 200,
        file=file,
        values=values,
        errors=errors,
        amount_field=AMOUNT,
        kinds=choices(ObjectionKind),
        channels=choices(ContactChannel),
        phases=choices(ObjectionPhase),
        debtors=[(str(one.debtor.public_id), one.debtor.full_name) for one in file.debtors],
        earlier=[one for one in file.objections if not one.is_open],
        waiting=[one for one in file.objections if one.is_open],
        again=choices(Again),
        source=source,
    )


def _show(objection: Objection, values: Any, errors: Errors) -> ResponseReturnValue:
    checks, disputed = list_checks(objection), list_disputed(objection.id)
    case = get_case_by_id(objection.case_id)
    file = load_file(case.public_id)
    panel = load_panel(objection, case, disputed)
    answered = [check for _, check in checks if check is not None]
    return page(
        "agency/objections/show.html",
        status=422 if errors else 200,
        file=file,
        answered=len(answered),
        objection=objection,
        disputed=disputed,
        checks=checks,
        tally={kind: sum(check.speaks_for is kind for check in answered) for kind in SpeaksFor},
        directions=choices(SpeaksFor),
        verdicts=_verdicts(objection, disputed),
        undecided=objection.is_open and file.case.closed_at is None,
        earlier=list_earlier_verdicts(objection.id),
        documents=_documents(objection),
        panel=panel,
        fact_fields=fact_fields(panel.raised.file),
        stands=stands_words(panel.standing),
        burden_law=law_of_burden(panel.burden),
        this_day=clock.today(),
        causes=choices(Cause),
        meters=meters_of(case),
        cause=cause_of(objection.id),
        only_due=only_due(objection),
        frees_one=frees_one(case, objection),
        costs_cents=owed_on(case, clock.today()).costs.open_cents,
        papers=sendable(list_authority(case.creditor_id, case.id)),
        genuine_field=GENUINE,
        set_off=objection.kind is ObjectionKind.SET_OFF,
        due_on=counterclaim_due_on(objection),
        values=values,
        errors=errors,
    )


def _debtors(case_id: int) -> dict[str, int]:
    return {one.debtor.public_id: one.debtor.id for one in list_debtors(case_id)}


def _keep_findings(objection: Objection) -> None:
    documents = {one.document.public_id: one.document.id for one in _documents(objection)}
    answers = read_answers(request.form, questions_for(objection.kind), documents)
    answer_questions(objection.id, answers)


def _documents(objection: Objection) -> list[Kept]:
    """The documents of the case that a finding can rest on."""
    claims = [one.claim.id for one in list_disputed(objection.id)]
    return list_of_case(objection.case_id, claims)


def _verdicts(objection: Objection, disputed: Sequence[DisputedClaim]) -> list[Choice]:
    """The options with their consequence; keys 1 to 4."""
    genuine, partly = _consequences(objection, disputed)
    options = [
        (Verdict.PRETEXT, gettext("Dunning goes on")),
        (Verdict.PARTLY_GENUINE, partly),
        (Verdict.GENUINE, genuine),
        (Verdict.UNDECIDED, gettext("Look again later")),
    ]
    return [(verdict.value, word(verdict), hint) for verdict, hint in options if hint]


def _consequences(objection: Objection, disputed: Sequence[DisputedClaim]) -> tuple[str, str]:
    """What genuine and partly genuine come to; nothing where there is no part."""
    if only_due(objection):
        return gettext("It is not due yet"), gettext("A part is not due yet")
    if objection.kind is ObjectionKind.TIME_BARRED:
        return gettext("Stop pursuing it"), gettext("Stop pursuing a part")
    if objection.kind is ObjectionKind.COSTS_ONLY:
        return gettext("Take all costs back"), gettext("Lower the costs")
    if not disputed:
        return gettext("The debtor was right"), ""
    return gettext("Credit it all"), gettext("Reduce the amount")
