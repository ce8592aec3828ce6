"""Which relationship policy holds for a case: the client's, tightened for its debtors."""

from collections.abc import Sequence

from sqlalchemy import text

from cases.claims.asking.models import AskedFor
from cases.claims.asking.services import has_agreed
from cases.claims.models import Case
from cases.core import clock
from cases.core.database import db
from cases.parties.relationship import Policy, Tone, strictest

#: A term of the contract of today counts like a rule of the client.
_RULES = text("""
SELECT c.id AS case_id, r.tone, r.without, r.asks_court, r.asks_visit
FROM cases c JOIN relationship_rules r ON r.creditor_id = c.creditor_id AND r.ended_on IS NULL
WHERE c.id = ANY(:ids) AND (
    (r.debtor_kind IS NULL AND r.debtor_id IS NULL) OR EXISTS (
        SELECT FROM case_debtors k JOIN debtors d ON d.id = k.debtor_id
        WHERE k.case_id = c.id AND (r.debtor_id = d.id OR r.debtor_kind = d.kind)))
UNION ALL
SELECT c.id, 'firm', '{}', true, false FROM cases c
JOIN LATERAL (
    SELECT court_needs_approval FROM creditor_contracts v
    WHERE v.creditor_id = c.creditor_id AND v.valid_from <= :today
    ORDER BY v.valid_from DESC LIMIT 1) v ON v.court_needs_approval
WHERE c.id = ANY(:ids)
""")


def policies_of(case_ids: Sequence[int]) -> dict[int, Policy]:
    """The policy of each of some cases."""
    db.session.flush()  # Plain statements do not see what this transaction has yet to write.
    found: dict[int, list[Policy]] = {case_id: [] for case_id in case_ids}
    rows = db.session.execute(_RULES, {"ids": list(case_ids), "today": clock.today()})
    for row in rows:
        found[row.case_id].append(
            Policy(Tone(row.tone), frozenset(row.without), row.asks_court, row.asks_visit)
        )
    return {case_id: strictest(policies) for case_id, policies in found.items()}


def policy_of(case: Case) -> Policy:
    """The policy of one case."""
    return policies_of([case.id])[case.id]


def may_not_yet(case: Case, asked_for: AskedFor) -> bool:
    """Whether the client wants to be asked about this, and has not agreed."""
    policy = policy_of(case)
    asks = {AskedFor.COURT: policy.needs_court_approval, AskedFor.VISIT: policy.asks_visit}
    return asks.get(asked_for, False) and not has_agreed(case.id, asked_for)
