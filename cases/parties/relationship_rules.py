"""Setting, changing and ending the relationship policy of a client."""

from dataclasses import dataclass

from sqlalchemy import select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, NotFound
from cases.core.outbox import register_effect
from cases.parties.clients import lock_client
from cases.parties.models import DebtorKind
from cases.parties.relationship import Policy
from cases.parties.relationship_models import RelationshipRule

#: What runs is looked at once more under the new policy.
EFFECT = "relationship.changed"


class NothingTightened(Conflict):
    """The client's rule for all his debtors is at least as strict: this would change nothing.
    For single debtors it can only be made stricter."""


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom a rule is: every debtor of the client, those of a kind, or one."""

    debtor_kind: DebtorKind | None = None
    debtor_id: int | None = None

    @property
    def is_general(self) -> bool:
        """Whether it is for every debtor."""
        return self == Scope()


def set_rule(
    creditor_id: int, scope: Scope, policy: Policy, reason: str | None = None
) -> RelationshipRule:
    """Let a policy hold from now on, in the place of the one that held for the same debtors.

    Raises:
        NotFound, NothingTightened.
    """
    lock_client(creditor_id)
    general = policy_of_client(creditor_id)
    if not scope.is_general and general.tightened(policy) == general:
        raise NothingTightened
    before = find_rule(creditor_id, scope)
    if before is not None:
        if before.policy == policy and (before.reason or "") == (reason or "").strip():
            return before
        before.ended_on = clock.today()
        db.session.flush()
    rule = RelationshipRule(
        creditor_id=creditor_id,
        debtor_kind=scope.debtor_kind,
        debtor_id=scope.debtor_id,
        tone=policy.tone,
        without=sorted(policy.without),
        asks_court=policy.asks_court,
        asks_visit=policy.asks_visit,
        reason=(reason or "").strip() or None,
        set_on=clock.today(),
    )
    db.session.add(rule)
    db.session.flush()
    _changed(creditor_id, rule, "creditor.relationship_set")
    return rule


def end_rule(creditor_id: int, public_id: str) -> None:
    """Let the client's general rule, or the contract alone, hold again; raises NotFound."""
    lock_client(creditor_id)
    query = select(RelationshipRule).where(
        RelationshipRule.creditor_id == creditor_id,
        RelationshipRule.public_id == public_id,
        RelationshipRule.ended_on.is_(None),
    )
    rule = db.session.scalar(query.execution_options(populate_existing=True))
    if rule is None:
        raise NotFound
    rule.ended_on = clock.today()
    _changed(creditor_id, rule, "creditor.relationship_ended")


def find_rule(creditor_id: int, scope: Scope) -> RelationshipRule | None:
    """What holds for exactly these debtors."""
    query = select(RelationshipRule).where(
        RelationshipRule.creditor_id == creditor_id,
        RelationshipRule.debtor_kind.is_not_distinct_from(scope.debtor_kind),
        RelationshipRule.debtor_id.is_not_distinct_from(scope.debtor_id),
        RelationshipRule.ended_on.is_(None),
    )
    return db.session.scalar(query)


def policy_of_client(creditor_id: int) -> Policy:
    """What holds for all debtors of a client."""
    rule = find_rule(creditor_id, Scope())
    return rule.policy if rule else Policy()


def list_rules(creditor_id: int) -> list[RelationshipRule]:
    """All rules of a client that hold: the general one, those of kinds, those of debtors."""
    query = select(RelationshipRule).where(
        RelationshipRule.creditor_id == creditor_id, RelationshipRule.ended_on.is_(None)
    )
    ordered = query.order_by(
        RelationshipRule.debtor_id.nulls_first(),
        RelationshipRule.debtor_kind.nulls_first(),
        RelationshipRule.id,
    )
    return list(db.session.scalars(ordered))


def _changed(creditor_id: int, rule: RelationshipRule, action: str) -> None:
    audit.record(action, "creditor", creditor_id, creditor_id=creditor_id, rule=rule.public_id)
    key = f"relationship:{rule.public_id}:{action}"
    register_effect(EFFECT, key, creditor_id=creditor_id)
