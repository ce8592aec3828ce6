"""A creditor's own cases: the list, and one case with its statement and what happened."""

from datetime import datetime
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.claims.asking.models import AskedFor
from cases.claims.asking.services import find_open
from cases.claims.models import HoldReason, TimelineEvent
from cases.claims.queries import get_case, list_claims, list_open_holds, list_submitted_debtors
from cases.claims.reports import list_reports
from cases.claims.search import HITS
from cases.claims.timeline import list_events
from cases.core import clock
from cases.core.positions import iso_moment, position
from cases.documents.models import DocumentKind
from cases.documents.queries import proofs_of_reminders
from cases.intake.documents import list_of_case
from cases.ledger.models import EntryKind
from cases.ledger.queries import shown_statement
from cases.letters.queries import list_read_by_creditor
from cases.objections.queries import list_objections
from cases.parties.looked_after import contact_of_house
from cases.plans.queries import find_open_plan, view_plan
from cases.recoveries.figures import find_standing
from cases.recoveries.queries import PAGE, find_own, list_own_cases, own_order, stage_of
from cases.recoveries.stages import STAGES
from cases.recoveries.words import NEXT, OUTCOMES
from legal.findings import N_
from portal.access import may
from portal.pages.case_words import event_icon, event_text, stage_words
from portal.plans.offers import find_offer
from portal.shell.formatting import moment
from portal.shell.pages import page
from portal.wording import choices

blueprint = Blueprint("own_cases", __name__, template_folder="../templates")
EVENTS = 40
MONEY_IN = {EntryKind.PAYMENT, EntryKind.DIRECT_PAYMENT}
#: Why part of a case stands still, without a word about the debtor's person.
HOLDS = {
    HoldReason.OBJECTION: N_("The debtor objects; we check it before we go on."),
    HoldReason.CREDITOR: N_("You asked us to wait."),
    HoldReason.REQUEST: N_("The debtor asked us something; we answer before we go on."),
    HoldReason.PLAN: N_("The debtor pays by instalments."),
    HoldReason.ADDRESS_UNKNOWN: N_("The address is wrong; we look for the new one."),
}
OTHER_HOLD = N_("We wait for legal reasons.")


@blueprint.get("/my-cases")
@may("own_cases.view")
def index() -> ResponseReturnValue:
    """Own cases, newest first, by stage and search."""
    stage, search = request.args.get("stage"), request.args.get("q", "")
    hits = find_own(search)
    order = own_order(request.args.get("sort", ""))
    found = list_own_cases(stage, hits, request.args.get("after", ""), PAGE + 1, order)
    figures = find_standing()
    counts = {each.stage: each.cases for each in figures.stages}
    return page(
        "portal/own_cases/index.html",
        cases=found[:PAGE],
        stage=stage if stage in STAGES else None,
        search=search,
        stages=[(each, stage_words(each)[0], counts[each]) for each in STAGES if each in counts],
        all_cases=figures.cases,
        hits=None if hits is None else len(hits),
        most=HITS,
        stage_words=stage_words,
        sort=order.name,
        after=found[PAGE - 1].place if len(found) > PAGE else None,
    )


@blueprint.get("/my-cases/<case_id>")
@may("own_cases.view")
def show(case_id: str) -> ResponseReturnValue:
    """One case: where it stands, what is owed, what came in, what happened."""
    return page("portal/own_cases/show.html", errors={}, **case_context(case_id))


def case_context(case_id: str) -> dict[str, Any]:
    """Everything that the page of one case shows."""
    case = get_case(case_id)
    claims = list_claims(case.id)
    owed = shown_statement(case.id)
    stage, plan = stage_of(case.id), find_open_plan(case.id)
    documents = list_of_case(case.id, [claim.id for claim in claims])
    events = list_events(case.id, before=_before(), limit=EVENTS + 1)
    return {
        "case": case,
        "today": clock.today(),
        "stage": stage,
        "stage_tag": stage_words(stage),
        "next_step": gettext(NEXT[stage]),
        "outcome": gettext(OUTCOMES[case.outcome]) if case.outcome else None,
        "debtors": list_submitted_debtors([case.id]).get(case.id, []),
        "claims": claims,
        "owed": owed,
        "balances": {each.terms.claim_id: each for each in owed.claims},
        "payments": [row for row in owed.rows if row.kind in MONEY_IN],
        "holds": [gettext(HOLDS.get(hold.reason, OTHER_HOLD)) for hold in list_open_holds(case.id)],
        "timeline": [
            {"icon": icon, "kind": kind, "title": text, "when": moment(event.at)}
            for event in events[:EVENTS]
            if (text := event_text(event, case.currency))
            for icon, kind in [event_icon(event)]
        ],
        "older": _position(events[EVENTS - 1]) if len(events) > EVENTS else None,
        "reports": list_reports(case.id),
        "plan_view": view_plan(plan) if plan else None,
        "plan_letter": find_offer(plan) if plan else None,
        "asked": [each for kind in AskedFor if (each := find_open(case.id, kind))],
        "letters": list_read_by_creditor(case.id),
        "contact": contact_of_house(case.creditor_id),
        "objections": list_objections(case.id),
        "documents": documents,
        "proofs": {
            claim.id: proofs_of_reminders(claim.id, claim.reminders, documents) for claim in claims
        },
        "kinds": choices(DocumentKind),
    }


def _before() -> tuple[datetime, int] | None:
    """The last event seen, from the address; a damaged one begins anew."""
    at, _, number = request.args.get("before", "").rpartition("_")
    try:
        return (iso_moment(at), position(number)) if at else None
    except ValueError:
        return None


def _position(event: TimelineEvent) -> str:
    return f"{event.at.isoformat()}_{event.id}"
