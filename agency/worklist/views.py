"""The worklist: a page of it with a preview, the next case, reservations, putting off."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.history import latest
from agency.cases.intake_warnings import load_warnings
from agency.cases.schemas import PostponeSchema
from agency.menu import work_by_queue
from agency.operations.tasks import tasks_of
from agency.refusals import at_field
from cases.claims.models import Phase
from cases.claims.queries import get_case_by_id, list_debtors, list_open_holds
from cases.contacts.approach import obstacle_to
from cases.contacts.behaviour import payer_of
from cases.contacts.queries import list_promises
from cases.contacts.requests import list_open_requests
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.intake.taking_on import plain_orders
from cases.ledger.queries import shown_statement
from cases.parties.debtor_contacts import list_debtor_contacts
from cases.parties.debtor_models import Organisation
from cases.parties.queries import find_creditor, list_creditors
from cases.people.absences import stands_in_for
from cases.people.policy import Permission
from cases.worklist.arrangement import list_views
from cases.worklist.bulk import list_undoable
from cases.worklist.by_hand import FollowUpInPast, postpone_item, tick_off
from cases.worklist.listing import PAGE, Filter, Position, Sort, count_by_queue
from cases.worklist.models import BulkKind, WorkQueue
from cases.worklist.queries import WorkRow, count_done, list_rows, position_of
from cases.worklist.reasons import REASONS
from cases.worklist.services import ReservedByOther, get_item
from cases.worklist.services import reserve as reserve_item
from cases.worklist.services import take_next as take_next_item
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.formatting import language
from portal.shell.forms import load_form
from portal.shell.pages import done, page, see_other
from portal.shell.typed import NotUnderstood, parse_amount_cents
from portal.wording import choices, word

blueprint = Blueprint("worklist", __name__)

#: What of an address makes a view.
FILTERS = ("queue", "creditor", "mine", "phase", "organisation", "reason", "least", "sort")
#: Tabs above the list, after "everything": every queue, so that they add up.
TABS = (
    WorkQueue.LIMITATION,
    WorkQueue.LEGAL,
    WorkQueue.COMMITMENT,
    WorkQueue.BROKEN_PROMISE,
    WorkQueue.OBJECTION,
    WorkQueue.ANSWER,
    WorkQueue.PAYMENT,
    WorkQueue.NEW_CASE,
    WorkQueue.STEP_DUE,
    WorkQueue.FOLLOW_UP,
    WorkQueue.TASK,
)


@blueprint.get("/worklist")
@may("worklist.view")
def show() -> ResponseReturnValue:
    """What is due, in one order for everybody; filter, page and preview are in the address."""
    user_id, wanted = require_user().user_id, _filter()
    after = Position.parse(request.args.get("after", ""))
    found = list_rows(user_id, wanted, after, PAGE + 1)
    rows = found[:PAGE]
    counts = _counts(wanted)
    return page(
        "agency/worklist/show.html",
        block="preview" if request.args.get("item") else None,
        rows=rows,
        tasks=tasks_of(require_user()),
        after=str(position_of(rows[-1].item)) if len(found) > PAGE else None,
        preview=_preview(rows),
        tabs=_tabs(wanted, counts),
        total=counts[wanted.queue] if wanted.queue else sum(counts.values()),
        sorts=[
            (Sort.URGENCY.value, gettext("Urgency, then amount")),
            (Sort.OLDEST.value, gettext("Oldest first")),
        ],
        finished=count_done(user_id, clock.today()),
        creditors=[(one.public_id, one.name) for one in list_creditors()],
        phases=choices(Phase),
        organisations=choices(Organisation),
        reasons=[(code, gettext(reason.title)) for code, reason in REASONS.items()],
        views=list_views(user_id),
        filters=FILTERS,
        mine=bool(request.args.get("mine")),
        away={
            person.id: (person.name, absence.last_day) for person, absence in stands_in_for(user_id)
        },
        tickable=_tickable(rows, wanted),
        undoable=list_undoable(BulkKind.ACCEPTED),
    )


@blueprint.post("/worklist/next")
@may("worklist.view")
def take_next() -> ResponseReturnValue:
    """Reserve the first free case for five minutes and open it."""
    with transaction():
        item = take_next_item(require_user().user_id, _filter())
        case = get_case_by_id(item.case_id).public_id if item else None
    if case is None:
        done(gettext("Nothing is due that nobody is working on."))
        return see_other("worklist.show", **request.args.to_dict())
    return see_other("cases.show", case_public_id=case)


@blueprint.post("/worklist/<item_public_id>/reservation")
@may("worklist.view")
def reserve(item_public_id: str) -> ResponseReturnValue:
    """Keep a case for five more minutes; answers 409 when somebody else has it by now."""
    try:
        with transaction():
            reserve_item(get_item(item_public_id).id, require_user().user_id)
    except ReservedByOther as refusal:
        return Response(say(refusal), 409, mimetype="text/plain")
    return Response(status=204)


@blueprint.get("/worklist/<item_public_id>/postponement")
@may("contact.log")
def postpone(item_public_id: str) -> ResponseReturnValue:
    """Until when, and why."""
    return _postponing(item_public_id, {}, {})


@blueprint.post("/worklist/<item_public_id>/postponement")
@may("contact.log")
def save_postponement(item_public_id: str) -> ResponseReturnValue:
    """Put an item off; answers 422 without a day and a reason."""
    labels = {"until": gettext("Until"), "why": gettext("Reason")}
    wish, errors = load_form(PostponeSchema(), request.form, labels)
    if wish is not None:
        try:
            with transaction():
                postpone_item(get_item(item_public_id), wish.until, wish.why)
        except Refusal as refusal:
            errors = at_field(refusal, {FollowUpInPast: "until"})
        else:
            done(gettext("Put off."))
            return see_other("worklist.show")
    return _postponing(item_public_id, request.form, errors)


@blueprint.post("/worklist/<item_public_id>/done")
@may("contact.log")
def finish(item_public_id: str) -> ResponseReturnValue:
    """Tick an item off."""
    with transaction():
        item = get_item(item_public_id)
        tick_off(item)
        case = get_case_by_id(item.case_id).public_id
    done(gettext("Ticked off."))
    return see_other("cases.show", case_public_id=case)


def _tickable(rows: list[WorkRow], wanted: Filter) -> set[int] | None:
    """Orders that may be accepted together; None where the list holds other work as well."""
    if wanted.queue is not WorkQueue.NEW_CASE or not require_user().may(Permission.CASE_ACCEPT):
        return None
    return plain_orders({row.case.id for row in rows})


def _filter() -> Filter:
    queue, sort = request.args.get("queue", ""), request.args.get("sort", "")
    creditor = find_creditor(request.args.get("creditor", ""))
    args = request.args
    phase, organisation = args.get("phase", ""), args.get("organisation", "")
    reason = args.get("reason", "")
    return Filter(
        queue=WorkQueue(queue) if queue in set(WorkQueue) else None,
        creditor_id=creditor.id if creditor else None,
        owner_ids=_own_and_deputised() if args.get("mine") else (),
        reason=reason if reason in REASONS else None,
        phase=Phase(phase) if phase in set(Phase) else None,
        organisation=Organisation(organisation) if organisation in set(Organisation) else None,
        least_cents=_least(args.get("least", "")),
        sort=Sort(sort) if sort in set(Sort) else Sort.URGENCY,
    )


def _own_and_deputised() -> tuple[int, ...]:
    user_id = require_user().user_id
    return (user_id, *(person.id for person, _ in stands_in_for(user_id)))


def _least(text: str) -> int | None:
    """The amount from which on cases are shown; what cannot be read shows all."""
    try:
        return parse_amount_cents(text, language()) or None
    except NotUnderstood:
        return None


def _counts(wanted: Filter) -> Mapping[WorkQueue, int]:
    """What waits by queue; the menu of the page has counted the whole house already."""
    if replace(wanted, queue=None, sort=Sort.URGENCY) == Filter():
        return work_by_queue()
    return count_by_queue(wanted)


def _tabs(wanted: Filter, counts: Mapping[WorkQueue, int]) -> list[tuple[str, int, str | None]]:
    """Name, count and queue of each tab; empty ones are left out unless chosen."""
    found = [(word(queue), counts[queue], queue.value) for queue in TABS]
    shown = [tab for tab in found if tab[1] or tab[2] == wanted.queue]
    return [(gettext("Due today"), sum(counts.values()), None), *shown]


def _preview(rows: list[WorkRow]) -> dict[str, object] | None:
    """The row in hand: the one of the address, else the first."""
    wanted = request.args.get("item")
    row = next((row for row in rows if row.item.public_id == wanted), rows[0] if rows else None)
    if row is None:
        return None
    debtor = list_debtors(row.case.id)[0]
    return {
        "row": row,
        "owed": shown_statement(row.case.id),
        "debtor": debtor,
        "people": list_debtor_contacts(debtor.debtor.id)[:3],
        "payer": payer_of(debtor.debtor.id),
        "promises": list_promises(row.case.id, 3),
        "requests": list_open_requests(row.case.id),
        "holds": list_open_holds(row.case.id),
        "obstacle": obstacle_to(row.case, clock.now(), current_app.config["CALLING_HOURS"]),
        "events": latest(row.case.id),
        "warnings": [text for told in load_warnings(row.case.id).values() for text in told],
    }


def _postponing(item_public_id: str, values: object, errors: object) -> ResponseReturnValue:
    from agency.cases.file import load_file
    from agency.cases.steps import next_steps

    item = get_item(item_public_id)
    case = get_case_by_id(item.case_id)
    return page(
        "agency/worklist/postpone.html",
        status=422 if errors else 200,
        file=load_file(case.public_id),
        step=next_steps(case, [item], [])[0],
        values=values,
        errors=errors,
    )
