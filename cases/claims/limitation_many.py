"""Both days of limitation for many cases at once: the set-based form of `refresh_limitation`.

Without an event the days follow from the kind of claim, one day and whose holidays count, so that
a million new claims are a few hundred computations. Claims with events are computed singly.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import select, text

from cases.claims.law import law_of_jurisdiction
from cases.claims.limitation import compute_limitation, place_at, refresh_limitation
from cases.claims.models import Case, Claim
from cases.core import clock
from cases.core.database import db
from cases.core.many import one_of

_CLAIMS = text("""
    SELECT c.id, c.kind, c.is_consumer_loan, coalesce(c.due_on, c.arose_on, c.invoiced_on) AS day,
           k.jurisdiction, a.postcode, a.country
      FROM claims c
      JOIN cases k ON k.id = c.case_id
      LEFT JOIN LATERAL (SELECT debtor_id FROM case_debtors d WHERE d.case_id = c.case_id
                          ORDER BY position LIMIT 1) d ON true
      LEFT JOIN debtor_addresses a ON a.debtor_id = d.debtor_id AND a.valid_until IS NULL
     WHERE c.case_id = ANY(:case_ids) AND c.limitation_set_on IS NULL
       AND NOT EXISTS (SELECT FROM limitation_events e WHERE e.claim_id = c.id)
""")
_KEEP = text("""
    UPDATE claims c SET limitation_on = v.computed, limitation_conservative_on = v.conservative
      FROM unnest(CAST(:ids AS bigint[]), CAST(:computed AS date[]), CAST(:conservative AS date[]))
           AS v (id, computed, conservative)
     WHERE c.id = v.id AND (c.limitation_on, c.limitation_conservative_on)
           IS DISTINCT FROM (v.computed, v.conservative)
""")
_MOVED = (
    "EXISTS (SELECT FROM limitation_events e WHERE e.claim_id = claims.id)"
    " OR claims.limitation_set_on IS NOT NULL OR claims.titled_on IS NOT NULL"
)

Days = tuple[date | None, date | None]


def refresh_many(case_ids: Sequence[int]) -> None:
    """Compute and keep the two days of all claims of many cases; the caller has locked these."""
    today = clock.today()
    found = [
        (row.id, *_days(row.jurisdiction, row.kind, row.is_consumer_loan, row.day,
                        _place(row.jurisdiction, row.postcode, row.country), today))
        for row in db.session.execute(_CLAIMS, {"case_ids": list(case_ids)})
    ]  # fmt: skip
    if found:
        ids, computed, conservative = (list(column) for column in zip(*found, strict=True))
        values = {"ids": ids, "computed": computed, "conservative": conservative}
        db.session.execute(_KEEP, values)
    _refresh_singly(case_ids)


@lru_cache(maxsize=50_000)
def _days(
    law: str, kind: str | None, is_consumer_loan: bool, day: date, place: str, today: date
) -> Days:
    """The days of a class of claims, computed when it is first met."""
    one = Claim(kind=kind, is_consumer_loan=is_consumer_loan, due_on=day)
    found = compute_limitation(one, (), law_of_jurisdiction(law), place, today)
    if found is None:
        return None, None
    return found.computed.last_day, found.conservative.last_day


@cache
def _place(law: str, postcode: str | None, country: str | None) -> str:
    if postcode is None or country is None:
        return law_of_jurisdiction(law).place
    return place_at(postcode, country)


def _refresh_singly(case_ids: Sequence[int]) -> None:
    query: Any = (
        select(Case, Claim)
        .join(Claim, Claim.case_id == Case.id)
        .where(one_of(Claim.case_id, case_ids), text(_MOVED))
        .execution_options(populate_existing=True)
    )
    for case, claim in db.session.execute(query).all():
        refresh_limitation(case, [claim])
