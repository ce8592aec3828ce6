"""What is known of many cases tonight, read in sets."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text

from cases.claims.asking.models import AskedFor
from cases.claims.asking.policies import policies_of
from cases.claims.asking.services import standing_of
from cases.claims.law import country_place
from cases.claims.models import Phase
from cases.contacts.behaviour import payer_types_of
from cases.core import clock
from cases.core.database import db
from cases.core.mail.transport import is_set_up
from cases.parties.debtor_models import PayerType
from cases.parties.models import DebtorKind
from cases.parties.profiles import USUAL
from cases.parties.queries import place_of
from cases.strategies.conditions import CaseFacts
from cases.strategies.steps import Plan

#: Open items that somebody has to settle before a strategy goes on, the most telling first.
MATTERS = (
    "objection_unrecorded", "question_asked", "instalments_asked", "refuses_to_pay", "call_back",
    "report_arrived", "objection_decided", "payment_designated", "payment_expected", "follow_up",
    "tell_moved", "case_reopened", "case_unpaid_again", "address_inquiry",
    "address_lost", "post_arrived",
)  # fmt: skip
#: Calls and visits of these days count against how often somebody may be approached.
COUNTED_DAYS = 7

_CASES = text("""
SELECT c.id, c.creditor_id, c.phase, c.booked_open_cents, c.owner_id,
       bool_and(l.purpose = 'business') AS business,
       bool_or(l.reminded_on IS NOT NULL OR cardinality(l.reminders) > 0) AS reminded,
       bool_and(l.excluded_reason IS NOT NULL OR EXISTS (
           SELECT FROM holds h WHERE h.claim_id = l.id AND h.lifted_at IS NULL
           AND h.amount_cents IS NULL)) AS all_held
FROM cases c JOIN claims l ON l.case_id = c.id
WHERE c.id = ANY(:ids) GROUP BY c.id
""")
_HOLDS = text("""
SELECT DISTINCT ON (case_id) case_id, reason, until_on, claim_id IS NULL AS whole
FROM holds WHERE case_id = ANY(:ids) AND lifted_at IS NULL
ORDER BY case_id, claim_id IS NULL DESC, until_on DESC NULLS FIRST, id
""")
_DEBTORS = text("""
SELECT k.case_id, count(*) AS debtors,
       bool_and(s.id IS NOT NULL OR (a.id IS NOT NULL AND a.undeliverable_on IS NULL)) AS post,
       (array_agg(d.kind ORDER BY k.position))[1] AS kind,
       (array_agg(d.id ORDER BY k.position))[1] AS first_id,
       (array_agg(p.organisation ORDER BY k.position))[1] AS organisation,
       (array_agg(p.size ORDER BY k.position))[1] AS size,
       (array_agg(p.risk ORDER BY k.position))[1] AS risk,
       (array_agg(d.language ORDER BY k.position))[1] AS language,
       (array_agg(coalesce(s.phone, d.phone) IS NOT NULL ORDER BY k.position))[1] AS phone,
       bool_and(s.id IS NULL AND d.email IS NOT NULL AND d.email_refused_on IS NULL
                AND NOT coalesce(p.minor OR p.consent_reserved, false)
                AND NOT 'email' = ANY(coalesce(p.opted_out, '{}'))) AS mailbox,
       -- To him alone: whoever speaks for him is reached in his place.
       (array_agg(s.id IS NULL AND 'phone' = ANY(coalesce(p.opted_out, '{}'))
                  ORDER BY k.position))[1] AS no_calls,
       (array_agg('visit' = ANY(coalesce(p.opted_out, '{}')) ORDER BY k.position))[1]
           AS no_visits,
       (array_agg(s.id IS NULL AND coalesce(p.minor OR p.consent_reserved, false)
                  ORDER BY k.position))[1] AS unapproachable,
       (array_agg(s.id IS NOT NULL ORDER BY k.position))[1] AS represented,
       (array_agg(a.id IS NOT NULL AND a.undeliverable_on IS NULL ORDER BY k.position))[1] AS home,
       (array_agg(coalesce(s.postcode, a.postcode, '') ORDER BY k.position))[1] AS postcode,
       (array_agg(coalesce(s.country, a.country, '') ORDER BY k.position))[1] AS country
FROM case_debtors k JOIN debtors d ON d.id = k.debtor_id
LEFT JOIN debtor_addresses a ON a.debtor_id = d.id AND a.valid_until IS NULL
LEFT JOIN debtor_spokespersons s ON s.debtor_id = d.id AND s.valid_until IS NULL
LEFT JOIN debtor_profiles p ON p.debtor_id = d.id
WHERE k.case_id = ANY(:ids) GROUP BY k.case_id
""")
_PROMISES = text("""
SELECT case_id, max(due_on) AS until FROM promises
WHERE case_id = ANY(:ids) AND state = 'open' GROUP BY case_id
""")
_MATTERS = text("""
SELECT DISTINCT ON (case_id) case_id, reason FROM work_items
WHERE case_id = ANY(:ids) AND done_at IS NULL AND reason = ANY(:reasons)
ORDER BY case_id, array_position(:reasons, reason)
""")
_APPROACHES = text("""
SELECT case_id, at FROM contacts
WHERE case_id = ANY(:ids) AND occurred_on >= :since AND direction = 'outbound'
AND channel IN ('phone', 'visit')
""")
#: Of all debtors of a case and all their cases: the same mailbox gets them all.
_MAILS = text("""
SELECT k.case_id, m.asked_at AS at FROM case_debtors k JOIN letter_mails m USING (debtor_id)
WHERE k.case_id = ANY(:ids) AND m.asked_at >= :since
""")


def read_facts(
    case_ids: Sequence[int], house_place: str, plans: Iterable[Plan]
) -> dict[int, CaseFacts]:
    """The facts of some cases that these plans ask for; an unknown case has none."""
    db.session.flush()  # Plain statements do not see what this transaction has yet to write.
    ids = {"ids": list(case_ids)}
    holds = _by_case(_HOLDS, ids)
    debtors = _by_case(_DEBTORS, ids)
    promises = _by_case(_PROMISES, ids)
    matters = _by_case(_MATTERS, {**ids, "reasons": list(MATTERS)})
    approaches, mails = _moments(_APPROACHES, case_ids), _moments(_MAILS, case_ids)
    mail_leaves = is_set_up()
    payers: dict[int, PayerType | None] = {}
    if any(plan.asks("payer_type") for plan in plans):
        payers = payer_types_of({row.first_id for row in debtors.values()})
    policies, asked = policies_of(case_ids), standing_of(case_ids)
    places: dict[tuple[str, str], str] = {}
    found = {}
    for row in db.session.execute(_CASES, ids):
        debtor, hold = debtors[row.id], holds.get(row.id)
        standing_still = hold is not None and (hold.whole or row.all_held)
        where = (debtor.postcode, debtor.country)
        if where not in places:
            places[where] = _place(*where, house_place)
        found[row.id] = CaseFacts(
            case_id=row.id,
            creditor_id=row.creditor_id,
            amicable=row.phase == Phase.AMICABLE.value,
            open_cents=row.booked_open_cents,
            purpose="business" if row.business else "consumer",
            debtor_kind=debtor.kind,
            language=debtor.language,
            reminded=row.reminded,
            phone_known=debtor.phone and not (debtor.no_calls or debtor.unapproachable),
            visitable=debtor.home
            and not (debtor.represented or debtor.no_visits or debtor.unapproachable),
            post_possible=debtor.post,
            letters=debtor.debtors,
            place=places[where],
            owner_id=row.owner_id,
            represented=debtor.represented,
            hold=hold.reason if standing_still and hold is not None else None,
            hold_until=hold.until_on if standing_still and hold is not None else None,
            promised_until=promises[row.id].until if row.id in promises else None,
            matter=matters[row.id].reason if row.id in matters else None,
            approaches=tuple(approaches.get(row.id, ())),
            mailbox=debtor.mailbox and mail_leaves,
            organisation=debtor.organisation or USUAL[DebtorKind(debtor.kind)].value,
            payer_type=payers.get(debtor.first_id),
            size=debtor.size,
            risk=debtor.risk,
            mails=tuple(mails.get(row.id, ())),
            policy=policies[row.id],
            court_asked=asked[row.id].get(AskedFor.COURT.value),
            visit_asked=asked[row.id].get(AskedFor.VISIT.value),
        )
    return found


def _by_case(query: Any, params: dict[str, Any]) -> dict[int, Any]:
    return {row.case_id: row for row in db.session.execute(query, params)}


def _moments(query: Any, case_ids: Sequence[int]) -> dict[int, list[datetime]]:
    since: date = clock.today() - timedelta(days=COUNTED_DAYS)
    found: dict[int, list[datetime]] = {}
    rows = db.session.execute(query, {"ids": list(case_ids), "since": since})
    for case_id, at in rows:
        found.setdefault(case_id, []).append(clock.local(at).replace(tzinfo=None))
    return found


def _place(postcode: str, country: str, house_place: str) -> str:
    """Whose holidays count; without an address those of the house."""
    if not country:
        return house_place
    return place_of(postcode, country) or country_place(country) or house_place
