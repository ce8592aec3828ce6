"""The strategy of one case: where it stands, what comes next and why, and another one."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import load_file
from agency.strategies.words import channel_words, decision_words, step_words, why_words
from cases.claims.models import Phase
from cases.claims.queries import get_case, lock_case
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.strategies.errors import StrategyUnknown
from cases.strategies.events import drop_open
from cases.strategies.placing import TAKEN_OVER, choose_strategy, list_live
from cases.strategies.queries import list_strategies
from cases.worklist.services import finish_reasons
from portal.access import may
from portal.shell.errors import say
from portal.shell.forms import Errors
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("case_strategy", __name__)


@blueprint.get("/cases/<case_public_id>/strategy")
@may("case.view")
def show(case_public_id: str) -> ResponseReturnValue:
    """What was intended, tried, and comes next."""
    return _show(case_public_id, {})


@blueprint.post("/cases/<case_public_id>/strategy")
@may("case.accept")
def choose(case_public_id: str) -> ResponseReturnValue:
    """Put the case into a strategy; answers 422 without one, or without a reason."""
    wanted, reason = request.form.get("strategy", ""), request.form.get("reason", "").strip()
    if not reason:
        return _show(case_public_id, {"reason": [gettext("Please say why.")]})
    live = {version.strategy_id: version for version, _ in list_live()}
    listed = {each.strategy.public_id: each.strategy.id for each in list_strategies()}
    version = live.get(listed.get(wanted, 0))
    try:
        if version is None:
            raise StrategyUnknown
        with transaction():
            case = lock_case(get_case(case_public_id).id)
            drop_open(case, "strategy")
            choose_strategy(case, version, reason, clock.today())
            finish_reasons(case, "strategy_over", *TAKEN_OVER)
    except Refusal as refusal:
        return _show(case_public_id, {"strategy": [say(refusal)]})
    done(gettext("The case works by this strategy from tonight on."))
    return see_other("case_strategy.show", case_public_id=case_public_id)


def _show(case_public_id: str, errors: Errors) -> ResponseReturnValue:
    file = load_file(case_public_id)
    return page(
        "agency/strategies/case.html",
        status=422 if errors else 200,
        file=file,
        choosable=[
            (each.strategy.public_id, each.strategy.name) for each in list_strategies() if each.live
        ],
        may_choose=file.case.phase is Phase.AMICABLE,
        values=request.form,
        errors=errors,
        channel_words=channel_words,
        decision_words=decision_words,
        step_words=step_words,
        why_words=why_words,
    )
