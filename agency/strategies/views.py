"""Strategies: the list, the editor with its dry run, what happens tonight, what the night did."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.strategies.editing import keys_of, read_form, rearranged, shown
from agency.strategies.words import (
    CHANNELS,
    ICONS,
    channel_words,
    condition_words,
    decision_words,
    step_words,
    why_words,
)
from cases.claims.models import Purpose
from cases.claims.queries import list_cases_by_id, list_debtors_of_cases
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.core.locks import relock
from cases.letters.models import LetterKind
from cases.letters.queries import average_pages
from cases.parties.debtor_models import DebtorRisk, DebtorSize, Organisation, PayerType
from cases.parties.models import DebtorKind
from cases.parties.queries import find_agency
from cases.people import approvals
from cases.people.services import get_user
from cases.strategies.announced import ANNOUNCED
from cases.strategies.bound import bound_letters
from cases.strategies.checking import SENDABLE, check
from cases.strategies.comparing import Paper, Sums, count_funnel, dry_run, paper_of, tonight
from cases.strategies.models import Strategy, StrategyVersion, VersionState
from cases.strategies.queries import (
    list_night_days,
    list_nights,
    list_stranded,
    list_strategies,
)
from cases.strategies.shipped import SHIPPED
from cases.strategies.steps import Plan, StepChannel, read_plan
from cases.strategies.versions import (
    RELEASE,
    RUNNING,
    ask_release,
    begin_draft,
    begin_strategy,
    change_draft,
    drop_draft,
    find_version,
    get_strategy,
    take_over,
)
from portal.access import may
from portal.limits import costly
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.shell.typed import NotUnderstood, parse_date
from portal.wording import choices, word

blueprint = Blueprint("strategies", __name__)


@blueprint.get("/strategies")
@may("strategy.view")
def index() -> ResponseReturnValue:
    """All strategies, those that ship and nobody has taken over, and cases without a next step."""
    return _index({})


@blueprint.post("/strategies")
@may("strategy.edit")
def begin() -> ResponseReturnValue:
    """Take over one that ships, or begin one without steps."""
    code, user_id = request.form.get("shipped", ""), require_user().user_id
    shipped = next((each for each in SHIPPED if each.code == code), None)
    try:
        with transaction():
            if shipped is not None:
                strategy = take_over(code, str(gettext(shipped.name)), user_id)
            else:
                strategy = begin_strategy(request.form.get("name", ""), user_id)
            public_id = strategy.public_id
    except Refusal as refusal:
        return _index({"name": [say(refusal)]})
    return see_other("strategies.show", strategy_public_id=public_id)


def _index(errors: Errors) -> ResponseReturnValue:
    listed = list_strategies()
    taken = {each.strategy.shipped_as for each in listed}
    stranded = list_stranded()
    return page(
        "agency/strategies/index.html",
        status=422 if errors else 200,
        errors=errors,
        values=request.form,
        listed=[(each, _plan_of(each.live or each.draft)) for each in listed],
        shipped=[each for each in SHIPPED if each.code not in taken],
        stranded=stranded,
        debtors=list_debtors_of_cases([case.id for case in stranded]),
        nights=list_night_days(1),
        words=condition_words,
    )


@blueprint.get("/strategies/tonight")
@costly
@may("strategy.view")
def tonight_page() -> ResponseReturnValue:
    """What tonight's run would do, in sums; nothing is written."""
    sums = tonight(clock.today())
    listed = [each for each in list_strategies() if each.strategy.id in sums]
    return page(
        "agency/strategies/tonight.html",
        rows=[(each.strategy, sums[each.strategy.id]) for each in listed],
        people=_people(list(sums.values())),
        paper=_paper(),
        channels=[(c.value, gettext(CHANNELS[c])) for c in StepChannel],
        why_words=why_words,
    )


@blueprint.get("/strategies/nights")
@may("strategy.view")
def nights() -> ResponseReturnValue:
    """What a night did, what it left, and why."""
    days = list_night_days()
    day = _day(days)
    rows = list_nights(day) if day else []
    return page(
        "agency/strategies/nights.html",
        day=day,
        days=days,
        rows=rows,
        names={each.strategy.id: each.strategy for each in list_strategies()},
        channel_words=channel_words,
        why_words=why_words,
    )


@blueprint.get("/strategies/<strategy_public_id>")
@costly
@may("strategy.view")
def show(strategy_public_id: str) -> ResponseReturnValue:
    """The steps in force beside the draft, with what both would do tonight."""
    return _show(get_strategy(strategy_public_id), {})


@blueprint.post("/strategies/<strategy_public_id>")
@may("strategy.edit")
def save(strategy_public_id: str) -> ResponseReturnValue:
    """Keep what was typed; a button may add, move or take out a step."""
    strategy = get_strategy(strategy_public_id)
    typed, errors = read_form(request.form)
    if typed is None:
        return _show(strategy, errors, dict(request.form))
    plan, name, rank = typed
    try:
        with transaction():
            version = _draft(strategy)
            relock(version)
            relock(strategy)
            now = shown(read_plan(version.plan), strategy.name, strategy.rank)
            require_unchanged("strategy", now, ("strategy", strategy.id), "strategy.changed")
            changed = rearranged(plan, request.form)
            change_draft(version, changed, name, rank, require_user().user_id)
    except ChangedByOther as changed_by:
        return _show(strategy, changed_by.errors, dict(request.form))
    except Refusal as refusal:
        return _show(strategy, {"_form": [say(refusal)]}, dict(request.form))
    return see_other("strategies.show", strategy_public_id=strategy_public_id, _anchor="steps")


@blueprint.post("/strategies/<strategy_public_id>/draft")
@may("strategy.edit")
def draft(strategy_public_id: str) -> ResponseReturnValue:
    """Begin a draft with the steps in force."""
    with transaction():
        begin_draft(get_strategy(strategy_public_id), require_user().user_id)
    return see_other("strategies.show", strategy_public_id=strategy_public_id)


@blueprint.post("/strategies/<strategy_public_id>/drop")
@may("strategy.edit")
def drop(strategy_public_id: str) -> ResponseReturnValue:
    """Throw the draft away."""
    strategy = get_strategy(strategy_public_id)
    with transaction():
        drop_draft(_draft(strategy))
    done(gettext("Draft thrown away."))
    return see_other("strategies.index")


@blueprint.post("/strategies/<strategy_public_id>/release")
@may("strategy.edit")
def release(strategy_public_id: str) -> ResponseReturnValue:
    """Ask a second person to put the draft in force; answers 422 while something is wrong."""
    strategy = get_strategy(strategy_public_id)
    running = request.form.get("running", "")
    if running not in RUNNING:
        return _show(strategy, {"running": [gettext("Please choose one of the options.")]})
    try:
        with transaction():
            ask_release(_draft(strategy), running)
    except Refusal as refusal:
        return _show(strategy, {"running": [say(refusal)]})
    done(gettext("Asked for release. A second person puts it in force."))
    return see_other("strategies.show", strategy_public_id=strategy_public_id)


def _show(
    strategy: Strategy, errors: Errors, typed: dict[str, Any] | None = None
) -> ResponseReturnValue:
    live = find_version(strategy.id, VersionState.LIVE)
    version = find_version(strategy.id, VersionState.DRAFT)
    plan = _plan_of(version or live) or Plan(())
    values = shown(plan, strategy.name, strategy.rank)
    run = dry_run(strategy, plan, clock.today()) if plan.steps else None
    ids = [each.case_id for each in run.different] if run else []
    waiting = approvals.find_open(RELEASE, version.id) if version else None
    chosen = next((s for s in plan.steps if s.key == request.args.get("step")), None)
    return page(
        "agency/strategies/show.html",
        status=422 if errors else 200,
        strategy=strategy,
        live=live,
        live_plan=_plan_of(live),
        version=version,
        plan=plan,
        keys=keys_of(typed or values),
        values=typed or values,
        opened=opened("strategy", values),
        errors=errors,
        findings=check(plan) if version else [],
        bound=bound_letters(strategy.id, plan) if version and live else [],
        waiting=waiting,
        asked_by=get_user(waiting.asked_by).name if waiting else None,
        run=run,
        cases=list_cases_by_id(ids),
        debtors=list_debtors_of_cases(ids),
        pages=_pages(),
        people=_people([run.today, run.then]) if run else {},
        paper=_paper(),
        funnel=_funnel(strategy, plan, chosen) if chosen else None,
        chosen=chosen,
        announced=ANNOUNCED,
        channels=[(c.value, gettext(CHANNELS[c])) for c in StepChannel],
        icons=ICONS,
        letters=[(kind, word(LetterKind(kind))) for kind in SENDABLE],
        purposes=choices(Purpose),
        kinds=choices(DebtorKind),
        classes=[
            ("organisation", gettext("Organisation"), choices(Organisation)),
            ("payer_type", gettext("Payer type"), choices(PayerType)),
            ("size", gettext("Size"), choices(DebtorSize)),
            ("risk", gettext("Risk"), choices(DebtorRisk)),
        ],
        step_words=step_words,
        why_words=why_words,
        decision_words=decision_words,
        condition_words=condition_words,
    )


def _funnel(strategy: Strategy, plan: Plan, step: Any) -> list[tuple[str, int]]:
    counted = count_funnel(strategy, plan, step.only, clock.today())
    return list(zip(condition_words(step.only), counted, strict=False))


def _paper() -> Callable[[Sums], Paper]:
    """How sums become letters, pages and postage in this house."""
    house = find_agency()
    return partial(paper_of, pages=_pages(), postage_cents=house.postage_cents if house else 0)


def _pages() -> dict[str, float | None]:
    return {kind: average_pages(LetterKind(kind)) for kind in SENDABLE}


def _people(sums: list[Sums]) -> dict[int | None, str]:
    ids = {user_id for each in sums for user_id in each.by_person if user_id is not None}
    return {user_id: get_user(user_id).name for user_id in ids}


def _draft(strategy: Strategy) -> StrategyVersion:
    version = find_version(strategy.id, VersionState.DRAFT)
    if version is None:
        raise NotFound
    return version


def _plan_of(version: StrategyVersion | None) -> Plan | None:
    return read_plan(version.plan) if version else None


def _day(days: list[date]) -> date | None:
    try:
        return parse_date(request.args.get("day", ""), clock.today())
    except NotUnderstood:
        return days[0] if days else None
