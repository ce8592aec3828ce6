"""Both days of limitation for many cases at once: the set-based form of `refresh_limitation`.

Without an event the days follow from the kind of claim, one day and whose holidays count, so that
a million new claims are a few hundred computations. Claims with events are computed singly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm.attributes import set_committed_value

from cases.claims.law import law_of, law_of_jurisdiction
from cases.claims.limitation import (
    compute_for_all,
    compute_limitation,
    last_days,
    place_at,
    refresh_limitation,
)
from cases.claims.models import Case, CaseDebtor, Claim, LimitationRow
from cases.claims.timeline import Happened
from cases.core import audit, clock
from cases.core.copying import RowSet, insert_sets, json_rows
from cases.core.database import db, new_public_id
from cases.core.many import one_of
from cases.parties.models import DebtorAddress
from legal.limitation_events import LimitationEventKind

PART_PAYMENT = LimitationEventKind.PART_PAYMENT

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

_MOVE = """
    UPDATE claims c SET limitation_on = v.limitation_on,
           limitation_conservative_on = v.limitation_conservative_on
      FROM json_populate_recordset(NULL::claims, CAST(:moved AS json)) v WHERE c.id = v.id
"""
_EVENT = (
    "public_id", "case_id", "creditor_id", "claim_id", "kind", "first_day", "noted_at", "noted_by",
)  # fmt: skip

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


@dataclass(frozen=True, slots=True)
class PartPayment:
    """A claim that was paid in part, and the day: it may start the period anew."""

    case: Case
    claim: Claim
    day: date


def note_part_payments(found: Iterable[PartPayment]) -> list[Happened]:
    """Note what is not noted yet, and compute the days anew: the set-based form of `note_event`.

    Answers what is to be recorded of it. The cases are locked.
    """
    wanted = list(dict.fromkeys(found))
    if not wanted:
        return []
    claims = _read(wanted)
    noted: list[LimitationRow] = []
    for each in wanted:
        read = claims[each.claim.id]
        if PART_PAYMENT in law_of(read.case).limitation_events and each.day not in read.noted:
            row = _part_payment(read, each.day)
            read.events.append(row)
            noted.append(row)
    if noted:
        _write([claims[claim_id] for claim_id in {row.claim_id for row in noted}], noted)
    params = {"event_code": PART_PAYMENT.value}
    return [
        Happened(row.case_id, row.creditor_id, "limitation.noted",
                 {**params, "claim_id": row.claim_id})
        for row in noted
    ]  # fmt: skip


@dataclass(slots=True)
class _Read:
    """A claim with what moves its limitation."""

    claim: Claim
    case: Case
    place: str
    debtor_ids: list[int]
    events: list[LimitationRow]

    @property
    def noted(self) -> set[date | None]:
        return {row.first_day for row in self.events if row.kind is PART_PAYMENT}


def _read(wanted: Iterable[PartPayment]) -> dict[int, _Read]:
    pairs = {each.claim.id: (each.claim, each.case) for each in wanted}
    first_debtor = (
        select(CaseDebtor.debtor_id)
        .where(CaseDebtor.case_id == Claim.case_id)
        .order_by(CaseDebtor.position)
        .limit(1)
        .scalar_subquery()
    )
    joint = (
        select(func.array_agg(CaseDebtor.debtor_id))
        .where(CaseDebtor.case_id == Claim.case_id)
        .scalar_subquery()
    )
    query = (
        select(Claim.id, DebtorAddress.postcode, DebtorAddress.country, joint, LimitationRow)
        .select_from(Claim)
        .outerjoin(
            DebtorAddress,
            (DebtorAddress.debtor_id == first_debtor) & DebtorAddress.valid_until.is_(None),
        )
        .outerjoin(LimitationRow, LimitationRow.claim_id == Claim.id)
        .where(one_of(Claim.id, pairs))
        .order_by(Claim.id, LimitationRow.id)
    )
    found: dict[int, _Read] = {}
    for claim_id, postcode, country, debtor_ids, event in db.session.execute(query):
        claim, case = pairs[claim_id]
        place = _place(case.jurisdiction, postcode, country)
        read = found.setdefault(claim_id, _Read(claim, case, place, debtor_ids, []))
        if event is not None:
            read.events.append(event)
    return found


def _part_payment(read: _Read, day: date) -> LimitationRow:
    """A row that is written with all others, so it is never added to the session."""
    return LimitationRow(
        public_id=new_public_id(),
        case_id=read.case.id,
        creditor_id=read.case.creditor_id,
        claim_id=read.claim.id,
        kind=PART_PAYMENT,
        first_day=day,
        noted_at=clock.now(),
        noted_by=audit.actor_id(),
    )


def _write(claims: Iterable[_Read], noted: Sequence[LimitationRow]) -> None:
    today = clock.today()
    days = {}
    for read in claims:
        found = compute_for_all(
            read.claim, read.events, read.debtor_ids, law_of(read.case), read.place, today
        )
        days[read.claim] = last_days(read.claim, found)
    moved = [
        {"id": claim.id, "limitation_on": computed, "limitation_conservative_on": conservative}
        for claim, (computed, conservative) in days.items()
    ]  # fmt: skip
    rows = [{name: getattr(row, name) for name in _EVENT} for row in noted]
    insert_sets(RowSet("limitation_events", _EVENT, rows), then=_MOVE, moved=json_rows(moved))
    for claim, (computed, conservative) in days.items():
        set_committed_value(claim, "limitation_on", computed)
        set_committed_value(claim, "limitation_conservative_on", conservative)
