"""How well objections are verified: share genuine, time to verdict, and how verdicts held up.

Always with n and Wilson's interval. One row an objection that was ever decided; counting is pure,
so that a brute-force recount proves it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from statistics import median

from sqlalchemy import func, select

from cases.claims.models import Case, Claim, Outcome
from cases.core import clock
from cases.core.database import db
from cases.objections.models import EarlierVerdict, Objection, ObjectionItem, Verdict
from cases.recoveries.effectiveness import wilson

GENUINE = frozenset({Verdict.GENUINE, Verdict.PARTLY_GENUINE})


class Fate(StrEnum):
    """What became of a verdict that the claim stands."""

    PAID = "paid"
    COURT_WON = "court_won"
    COURT_LOST = "court_lost"
    CREDITED = "credited"  # Taken up again and found to be genuine.
    OPEN = "open"


#: Fates that say something about the verdict, and those in which it held.
SETTLED = frozenset({Fate.PAID, Fate.COURT_WON, Fate.COURT_LOST, Fate.CREDITED})
HELD = frozenset({Fate.PAID, Fate.COURT_WON})


@dataclass(frozen=True, slots=True)
class Decided:
    """One objection that was decided: the first verdict counts, and what became of it."""

    creditor_id: int
    kind: str
    product: str
    verdict: Verdict
    days: int
    fate: Fate | None  # None for a verdict that credited at once.
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of one group."""

    key: str
    decided: int
    genuine: int
    days: Decimal | None  # Median from raising to the verdict.
    settled: int  # Verdicts against the objection whose fate is known.
    held: int

    @property
    def genuine_range(self) -> tuple[Decimal, Decimal] | None:
        """Wilson's interval of the share that was genuine."""
        return wilson(self.genuine, self.decided)

    @property
    def held_range(self) -> tuple[Decimal, Decimal] | None:
        """Wilson's interval of the share that held up."""
        return wilson(self.held, self.settled)


def measure(rows: Iterable[Decided], keys: Callable[[Decided], Sequence[str]]) -> list[Quality]:
    """The figures of every group, the largest first; an objection may belong to several."""
    groups: dict[str, list[Decided]] = {}
    for row in rows:
        for key in keys(row):
            groups.setdefault(key, []).append(row)
    found = [_quality(key, own) for key, own in groups.items()]
    return sorted(found, key=lambda each: (-each.decided, each.key))


def list_decided(first_day: date, last_day: date) -> list[Decided]:
    """Every objection whose first verdict was given within these days."""
    start = clock.end_of(first_day - date.resolution)
    earlier = _first_verdicts()
    products = _products()
    rows = db.session.execute(
        select(Objection, Case.outcome)
        .join(Case, Case.id == Objection.case_id)
        .where(Objection.recorded_at <= clock.end_of(last_day))
        .where((Objection.decided_at >= start) | Objection.id.in_(list(earlier)))
        .order_by(Objection.id)
    )
    titled = _titled()
    found = []
    for objection, outcome in rows:
        first = earlier.get(objection.id)
        verdict = first[0] if first else objection.verdict
        decided_at = first[1] if first else objection.decided_at
        if verdict is None or decided_at is None or verdict is Verdict.UNDECIDED:
            continue
        day = clock.local(decided_at).date()
        if not first_day <= day <= last_day:
            continue
        found.append(
            Decided(
                creditor_id=objection.creditor_id,
                kind=objection.kind.value,
                product=products.get(objection.id, ""),
                verdict=verdict,
                days=(day - objection.raised_on).days,
                fate=_fate(objection, verdict, outcome, won=objection.id in titled),
                indicators=tuple(objection.indicators_then or ()),
            )
        )
    return found


def kept_rate(first_day: date, last_day: date) -> tuple[int, int]:
    """Answers to debtors that were due in these days: kept, and all of them."""
    rows = db.session.execute(
        select(Objection.answer_due_on, Objection.answered_at).where(
            Objection.answer_due_on.between(first_day, last_day)
        )
    ).all()
    kept = sum(
        answered is not None and due is not None and clock.local(answered).date() <= due
        for due, answered in rows
    )
    return kept, len(rows)


def _quality(key: str, rows: Sequence[Decided]) -> Quality:
    fates = [row.fate for row in rows if row.fate in SETTLED]
    days = [row.days for row in rows]
    return Quality(
        key=key,
        decided=len(rows),
        genuine=sum(row.verdict in GENUINE for row in rows),
        days=Decimal(str(median(days))) if days else None,
        settled=len(fates),
        held=sum(fate in HELD for fate in fates),
    )


def _fate(
    objection: Objection, first: Verdict, outcome: Outcome | None, *, won: bool
) -> Fate | None:
    """What became of a verdict against the objection."""
    if first is not Verdict.PRETEXT:
        return None
    if objection.verdict in GENUINE:
        return Fate.CREDITED
    if outcome in {Outcome.PAID, Outcome.SETTLED}:
        return Fate.PAID
    if won:
        return Fate.COURT_WON
    return Fate.COURT_LOST if outcome is Outcome.UNFOUNDED else Fate.OPEN


def _first_verdicts() -> Mapping[int, tuple[Verdict, datetime]]:
    """The first verdict of each objection that was taken up again."""
    found: dict[int, tuple[Verdict, datetime]] = {}
    for row in db.session.scalars(select(EarlierVerdict).order_by(EarlierVerdict.id)):
        found.setdefault(row.objection_id, (row.verdict, row.decided_at))
    return found


def _products() -> dict[int, str]:
    """What kind of claim each objection is against: the first of its claims."""
    rows = db.session.execute(
        select(ObjectionItem.objection_id, func.min(func.coalesce(Claim.kind, "")))
        .join(Claim, Claim.id == ObjectionItem.claim_id)
        .group_by(ObjectionItem.objection_id)
    )
    return {row[0]: row[1] for row in rows}


def _titled() -> set[int]:
    """Objections against a claim for which there is a title."""
    query = (
        select(ObjectionItem.objection_id)
        .join(Claim, Claim.id == ObjectionItem.claim_id)
        .where(Claim.titled_on.is_not(None))
    )
    return set(db.session.scalars(query))
