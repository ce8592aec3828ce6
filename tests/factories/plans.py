"""Plans for tests, made as a case worker makes them."""

from datetime import timedelta
from typing import Any

from cases.claims.models import Case
from cases.core import audit, clock
from cases.dunning.plan_limits import limits_for
from cases.plans.building import PlanWish
from cases.plans.models import Plan, PlanKind
from cases.plans.services import make_plan


def make_plan_of(case: Case, **wish: Any) -> Plan:
    """A plan of four months from a week from now, made by the owner of an accepted case."""
    assert case.owner_id is not None, "the case must be accepted"
    audit.set_actor(case.owner_id)
    wish.setdefault("kind", PlanKind.FORBEARANCE)
    wish.setdefault("first_on", clock.today() + timedelta(days=7))
    if "instalment_cents" not in wish:
        wish.setdefault("number", 4)
    return make_plan(case.id, PlanWish(**wish), limits_for(case))
