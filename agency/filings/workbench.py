"""The workbench: from cases recommended to court to a released file."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.filings.panel import panel_of
from agency.filings.schemas import DeclarationSchema, ReasonSchema, RecommendSchema
from agency.filings.words import WORDS
from cases.claims.queries import find_case_by_number, get_case, get_case_by_id
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.core.positions import position
from cases.filings import queries
from cases.filings.applications import drafts, memory, releasing
from cases.filings.applications.models import BatchState, Filing, FilingState
from cases.filings.court_mail.inbox import list_messages
from cases.filings.court_mail.models import MessageState
from cases.filings.proceedings.services import list_of_case
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, require_unchanged
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("filings", __name__)
STAGES = ("draft", "batches", *queries.STAGES)


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    return WORDS


@blueprint.get("/filings")
@may("filing.view")
def index() -> ResponseReturnValue:
    """The flow, one stage of it, and the application in hand."""
    return _show()


@blueprint.post("/filings")
@may("filing.prepare")
def recommend() -> ResponseReturnValue:
    """Recommend a case to court by its number; 422 if it cannot go there."""
    form, errors = load_form(RecommendSchema(), request.form)
    if form is None:
        return _show(422, errors)
    case = find_case_by_number(form["number"])
    if case is None:
        return _show(422, {"number": [gettext("There is no case with this number.")]})
    try:
        with transaction():
            filing = drafts.recommend(case.id, form["why"])
    except (NotFound, Refusal) as refused:
        return _show(422, {"number": [say(refused)]})
    done(gettext("Case %(number)s recommended to court", number=case.number))
    return see_other("filings.index", filing=filing.public_id)


@blueprint.get("/filings/case/<case_public_id>")
@may("filing.view")
def of_case(case_public_id: str) -> ResponseReturnValue:
    """Lead from a case to its proceeding, else to what is being prepared."""
    case = get_case(case_public_id)
    running = list_of_case(case.id)
    if running:
        return see_other("proceedings.show", proceeding_public_id=running[0].public_id)
    prepared = drafts.list_drafts(case.id)
    return see_other("filings.index", filing=prepared[0].public_id if prepared else None)


@blueprint.post("/filings/release")
@may("filing.release")
def release() -> ResponseReturnValue:
    """Release what is ticked: one file for each court; nothing leaves the house by this."""
    chosen = None if "all" in request.form else request.form.getlist("filing")
    try:
        with transaction():
            made = releasing.release(chosen, require_user().user_id)
    except Refusal as refused:
        return _show(422, {"_schema": [say(refused)]})
    done(ngettext("%(num)d file released", "%(num)d files released", len(made)))
    if len(made) == 1:
        return see_other("filing_batches.show", batch_public_id=made[0].public_id)
    return see_other("filings.index", stage="batches")


@blueprint.post("/filings/check")
@may("filing.prepare")
def check_again() -> ResponseReturnValue:
    """Check everything in preparation once more, with what the records say now."""
    with transaction():
        count = drafts.check_drafts()
    done(gettext("Checked once more: %(count)s", count=count))
    return see_other("filings.index")


@blueprint.post("/filings/<filing_public_id>/entries")
@may("filing.prepare")
def enter(filing_public_id: str) -> ResponseReturnValue:
    """Mend an application in place and go to the next one with an error."""
    values = {
        name.removeprefix("entry."): value
        for name, value in request.form.items()
        if name.startswith("entry.")
    }
    try:
        with transaction():
            filing = drafts.lock_filing(filing_public_id)
            shown = {f"entry.{name}": filing.content.get(name) for name in values}
            form = f"entries.{filing.id}"
            require_unchanged(form, shown, ("filing", filing.id), "filing.entered")
            drafts.enter(filing, values)
            still = filing.errors
            following = queries.next_with_error(filing.id) if "next" in request.form else None
    except ChangedByOther as changed:
        return _show(422, changed.errors, filing_public_id)
    if still:
        done(gettext("Saved; something is still missing"))
    else:
        done(gettext("Saved; this application is ready"))
    chosen = filing_public_id if still or following is None else following
    return see_other("filings.index", filing=chosen)


@blueprint.post("/filings/<filing_public_id>/reasons")
@may("filing.release")
def give_reason(filing_public_id: str) -> ResponseReturnValue:
    """File despite a warning, with a reason that is kept."""
    form, errors = load_form(ReasonSchema(), request.form)
    if form is None:
        return _show(422, errors, filing_public_id)
    with transaction():
        filing = drafts.get_filing(filing_public_id)
        drafts.give_reason(filing, request.form.get("code", ""), form["reason"])
    done(gettext("Reason kept"))
    return see_other("filings.index", filing=filing_public_id)


@blueprint.post("/filings/<filing_public_id>/declarations")
@may("filing.prepare")
def declare(filing_public_id: str) -> ResponseReturnValue:
    """Record what the creditor has declared."""
    form, errors = load_form(DeclarationSchema(), request.form)
    if form is None:
        return _show(422, errors, filing_public_id)
    with transaction():
        filing = drafts.get_filing(filing_public_id)
        case = get_case_by_id(filing.case_id)
        kind = request.form.get("kind", "")
        drafts.declare(
            case, kind, form["answer"], form["declared_on"], form.get("note"),
            for_all=form["for_all"],
        )  # fmt: skip
    done(gettext("Declaration recorded"))
    return see_other("filings.index", filing=filing_public_id)


@blueprint.post("/filings/<filing_public_id>/declarations/forget")
@may("filing.prepare")
def forget_declaration(filing_public_id: str) -> ResponseReturnValue:
    """From now on each new case of this creditor is asked again."""
    with transaction():
        memory.forget_declaration(drafts.get_filing(filing_public_id).creditor_id)
    done(gettext("Each new case is asked again; this application keeps its declaration"))
    return see_other("filings.index", filing=filing_public_id)


@blueprint.post("/filings/<filing_public_id>/type")
@may("filing.release")
def release_to_type(filing_public_id: str) -> ResponseReturnValue:
    """Release one application that a person types where the courts ask for it field by field."""
    try:
        with transaction():
            made = releasing.release([filing_public_id], require_user().user_id, is_typed=True)
    except Refusal as refused:
        return _show(422, {"_schema": [say(refused)]}, filing_public_id)
    done(gettext("Released to be typed; a second person confirms it"))
    return see_other("filing_batches.show", batch_public_id=made[0].public_id)


@blueprint.post("/filings/<filing_public_id>/drop")
@may("filing.prepare")
def drop(filing_public_id: str) -> ResponseReturnValue:
    """Take an application off the workbench, with a reason."""
    form, errors = load_form(ReasonSchema(), request.form)
    if form is None:
        return _show(422, errors, filing_public_id)
    with transaction():
        drafts.drop(drafts.get_filing(filing_public_id), form["reason"])
    done(gettext("Application taken off"))
    return see_other("filings.index")


def _show(
    status: int = 200, errors: Errors | None = None, selected: str | None = None
) -> ResponseReturnValue:
    stage = request.args.get("stage", "draft")
    stage = stage if stage in STAGES else "draft"
    stages = queries.count_stages()
    context: dict[str, Any] = {
        "stage": stage, "stages": stages, "errors": errors or {}, "values": request.values,
        "messages": list_messages([MessageState.PROPOSED, MessageState.PARKED], limit=8),
        "messages_count": queries.count_open_messages(),
    }  # fmt: skip
    context["numbers"] = queries.case_numbers([m.case_id for m in context["messages"] if m.case_id])
    if stage == "draft":
        context |= _drafts(selected or request.args.get("filing"))
    elif stage == "batches":
        context["batches"] = queries.list_batches(list(BatchState))
    else:
        rows = queries.list_proceedings(stage, request.args.get("after", type=position))
        context |= {"rows": rows, "after": rows[-1].proceeding.id if _full(rows) else None}
    return page("agency/filings/index.html", "panel" if stage == "draft" else None, status=status,
                **context)  # fmt: skip


def _drafts(selected: str | None) -> dict[str, Any]:
    rows = queries.list_drafts(request.args.get("after", type=position))
    chosen = _chosen(rows, selected)
    ready = [row for row in rows if row.is_ready]
    # Several applications about one case claim its principal once.
    principals = {row.filing.case_id: row.filing.principal_cents for row in ready}
    return {
        "rows": rows,
        "groups": _by_court(rows),
        "after": rows[-1].filing.id if _full(rows) else None,
        "ready": ready,
        "principals": principals,
        "panel": panel_of(chosen) if chosen else None,
        "next_error": queries.next_with_error(chosen.filing.id if chosen else 0),
        "totals": (
            sum(principals.values()),
            sum(row.filing.costs_cents for row in ready),
        ),
    }


def _chosen(rows: list[queries.FilingRow], selected: str | None) -> queries.FilingRow | None:
    if selected:
        filing: Filing = drafts.get_filing(selected)
        if filing.state is FilingState.DRAFT:
            return queries.get_row(filing)
    wrong = [row for row in rows if not row.is_ready]
    return next(iter(wrong or rows), None)


def _by_court(rows: list[queries.FilingRow]) -> list[tuple[str | None, list[queries.FilingRow]]]:
    groups: dict[str | None, list[queries.FilingRow]] = {}
    for row in rows:
        groups.setdefault(row.filing.court, []).append(row)
    return list(groups.items())


def _full(rows: list[Any]) -> bool:
    return len(rows) == queries.PAGE
