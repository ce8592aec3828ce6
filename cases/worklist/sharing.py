"""New cases shared out: who gets how many, by rule, so that nobody drowns and nothing waits.

The largest go first, each to whoever has the least to do of those who take such cases and are
below their limit. What nobody can take stays with nobody, and the worklist shows it to all.
"""

from sqlalchemy import CheckConstraint, ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column

from cases.claims.models import Case, Phase
from cases.claims.queries import lock_cases
from cases.core import audit
from cases.core.database import Base, db
from cases.core.errors import Invalid
from cases.core.locks import take_name
from cases.core.retention import Retention
from cases.people.models import User
from cases.worklist.models import WorkItem

AT_ONCE = 500


class LimitWrong(Invalid):
    """A limit is a number of cases, 0 or more."""


class SharingRule(Base):
    """How many open cases somebody takes, and from which amount up and down."""

    __tablename__ = "sharing_rules"
    __retention__ = Retention.SETTINGS
    __table_args__ = (CheckConstraint("most_cases >= 0", name="limit_not_negative"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    most_cases: Mapped[int]  # 0: takes none.
    least_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    most_cents: Mapped[int | None]


def set_rule(
    user_id: int, most_cases: int, least_cents: int = 0, most_cents: int | None = None
) -> None:
    """Say how many cases somebody takes. Raises LimitWrong."""
    if most_cases < 0 or least_cents < 0:
        raise LimitWrong
    rule = db.session.get(SharingRule, user_id)
    if rule is None:
        rule = SharingRule(user_id=user_id, most_cases=most_cases)
        db.session.add(rule)
    rule.most_cases, rule.least_cents, rule.most_cents = most_cases, least_cents, most_cents
    db.session.flush()
    audit.record("sharing.rule_set", "user", user_id, most_cases=most_cases)


def list_rules() -> list[tuple[SharingRule, User, int]]:
    """Everybody who takes new cases, with the open cases they have."""
    loads = _loads()
    query = select(SharingRule, User).join(User, User.id == SharingRule.user_id)
    rows = db.session.execute(query.where(User.is_active).order_by(User.name))
    return [(rule, user, loads.get(user.id, 0)) for rule, user in rows]


def share_out() -> int:
    """Give new cases that nobody has to those who take them; answers how many were given."""
    take_name("sharing out")
    rules = [rule for rule, _, _ in list_rules() if rule.most_cases]
    waiting = list(
        db.session.scalars(
            select(Case.id)
            .where(Case.phase == Phase.NEW, Case.owner_id.is_(None))
            .order_by(Case.booked_open_cents.desc(), Case.id)
            .limit(AT_ONCE)
        )
    )
    cases, loads, given = lock_cases(waiting), _loads(), 0
    for case in (cases[case_id] for case_id in waiting):
        if case.owner_id is not None:
            continue
        takers = [rule for rule in rules if _takes(rule, case, loads.get(rule.user_id, 0))]
        if not takers:
            continue
        taker = min(takers, key=lambda rule: (loads.get(rule.user_id, 0), rule.user_id))
        loads[taker.user_id] = loads.get(taker.user_id, 0) + 1
        _give(case, taker.user_id)
        given += 1
    return given


def _takes(rule: SharingRule, case: Case, load: int) -> bool:
    cents = case.booked_open_cents
    fits = rule.least_cents <= cents and (rule.most_cents is None or cents <= rule.most_cents)
    return fits and load < rule.most_cases


def _give(case: Case, user_id: int) -> None:
    case.owner_id = user_id
    for item in db.session.scalars(
        select(WorkItem).where(
            WorkItem.case_id == case.id, WorkItem.done_at.is_(None), WorkItem.owner_id.is_(None)
        )
    ):
        item.owner_id = user_id
    audit.record("case.shared_out", "case", case.id, creditor_id=case.creditor_id)


def _loads() -> dict[int, int]:
    query = (
        select(Case.owner_id, func.count())
        .where(Case.owner_id.is_not(None), Case.phase != Phase.CLOSED)
        .group_by(Case.owner_id)
    )
    return {owner: number for owner, number in db.session.execute(query) if owner is not None}
