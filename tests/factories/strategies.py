"""Strategies for tests: drafted, and put in force by a second person."""

from itertools import count

from cases.core import audit
from cases.people import approvals
from cases.people.policy import Role
from cases.strategies.models import Strategy, VersionState
from cases.strategies.shipped import SHIPPED
from cases.strategies.steps import Plan
from cases.strategies.versions import (
    MOVE,
    ask_release,
    begin_strategy,
    change_draft,
    find_version,
)
from tests.factories.records import make_user

_serial = count(1)
CONSUMER = next(each for each in SHIPPED if each.code == "consumer").plan


def make_strategy(plan: Plan = CONSUMER) -> Strategy:
    """A strategy that one person has drafted."""
    user = make_user(Role.ADMIN)
    strategy = begin_strategy(f"Verbraucher {next(_serial)}", user.id)
    version = find_version(strategy.id, VersionState.DRAFT)
    assert version is not None
    change_draft(version, plan, strategy.name, strategy.rank, user.id)
    return strategy


def put_in_force(strategy: Strategy, running: str = MOVE) -> None:
    """Its draft, asked for by one person and confirmed by another."""
    version = find_version(strategy.id, VersionState.DRAFT)
    assert version is not None
    asker, second = make_user(Role.ADMIN), make_user(Role.LEGAL)
    before = audit.actor_id()
    audit.set_actor(asker.id)
    approval = ask_release(version, running)
    audit.set_actor(before)
    approvals.confirm(approval.public_id, second.id)


def make_live_strategy(plan: Plan = CONSUMER) -> Strategy:
    """A strategy that cases work by."""
    strategy = make_strategy(plan)
    put_in_force(strategy)
    return strategy
