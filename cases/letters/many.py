"""First demand letters of many cases at once: looked at in sums before, released case by case.

The click can be taken back for a stated time; only then a worker sets out. Each case is a
transaction of its own with the service that releases a single letter, so that an odd case stops
nobody else, a worker that is killed loses one case at most, and doing it again sends nothing twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cases.claims.models import Case, Phase
from cases.core.database import db, transaction
from cases.core.errors import Conflict, Invalid, NotFound, Refusal
from cases.core.many import one_of
from cases.core.outbox import keep_lease, put_off_effect, register_effect
from cases.letters.drafting import DemandWish, draft_first_demand
from cases.letters.errors import FirstDemandSent
from cases.letters.models import Letter, LetterKind
from cases.letters.services import release_first_demand
from cases.worklist.bulk import UNDO_FOR, list_waiting_for_worker, note_bulk, set_out
from cases.worklist.models import BulkAction, BulkKind, WorkItem
from legal.errors import LawError
from legal.findings import Finding, Severity

EFFECT = "letters.release_many"
#: So many cases are shown, and released by one click.
MOST = 100
#: What keeps a letter in the house; the case stays on the worklist with it.
REFUSALS = (Conflict, Invalid, NotFound, LawError)


@dataclass(frozen=True, slots=True)
class Looked:
    """What would leave for one case, or why nothing does."""

    case: Case
    letters: int = 0
    total_cents: int = 0
    costs_cents: int = 0
    pay_by: date | None = None
    errors: tuple[Finding, ...] = ()
    obstacle: Refusal | LawError | None = None

    @property
    def sendable(self) -> bool:
        """Whether its letters may leave."""
        return self.obstacle is None and not self.errors


@dataclass(frozen=True, slots=True)
class Sums:
    """What a click releases in one currency."""

    currency: str
    cases: int
    letters: int
    total_cents: int
    costs_cents: int


def list_waiting(limit: int = MOST) -> list[Case]:
    """Accepted cases whose first letter is due, in the order of the worklist."""
    query = (
        select(Case)
        .join(WorkItem, WorkItem.case_id == Case.id)
        .where(
            WorkItem.done_at.is_(None),
            WorkItem.reason == "first_demand_due",
            Case.phase == Phase.AMICABLE,
            ~one_of(Case.id, _on_their_way()),
        )
        .order_by(WorkItem.urgency, WorkItem.negative_cents, WorkItem.since, WorkItem.id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def look_at(cases: Sequence[Case], wish: DemandWish, user_id: int) -> list[Looked]:
    """The letters of these cases as they would leave now; kept nowhere."""
    return [_look(case, wish, user_id) for case in cases]


def sums_of(looked: Sequence[Looked]) -> list[Sums]:
    """What a click releases, each currency apart: different ones are never added up."""
    found = []
    for currency in sorted({each.case.currency for each in looked if each.sendable}):
        own = [each for each in looked if each.sendable and each.case.currency == currency]
        found.append(
            Sums(
                currency,
                len(own),
                sum(each.letters for each in own),
                sum(each.total_cents for each in own),
                sum(each.costs_cents for each in own),
            )
        )
    return found


def release_many(cases: Sequence[Case], wish: DemandWish, user_id: int) -> BulkAction | None:
    """Have the letters of these cases released by a worker, once it can no longer be taken back.

    None if nothing is left to release.
    """
    left_out = _already_sent([case.id for case in cases]) | set(_on_their_way())
    ids = sorted(case.id for case in cases if case.id not in left_out)
    if not ids:
        return None
    action = note_bulk(BulkKind.FIRST_LETTERS, ids, user_id)
    effect_id = register_effect(
        EFFECT,
        f"letters:{action.public_id}",
        action_id=action.id,
        case_ids=ids,
        dispatched_on=wish.dispatched_on.isoformat(),
        next_step=wish.next_step,
        user_id=user_id,
    )
    put_off_effect(effect_id, UNDO_FOR.total_seconds())
    return action


def carry_out_release(
    key: str,
    action_id: int,
    case_ids: Sequence[int],
    dispatched_on: str,
    next_step: str,
    user_id: int,
) -> None:
    """Release case by case. What cannot leave stays on the worklist, where its reason is shown."""
    with transaction():
        if not set_out(action_id):
            return  # Somebody has taken it back.
    wish = DemandWish(date.fromisoformat(dispatched_on), next_step=next_step)
    for case_id in case_ids:
        keep_lease()
        try:
            with transaction():
                release_first_demand(case_id, wish, user_id)
        except FirstDemandSent:
            continue  # An attempt that was cut off had done it.
        except REFUSALS:
            continue


def _on_their_way() -> list[int]:
    """Cases whose letters a click has released and nobody has taken back."""
    waiting = list_waiting_for_worker(BulkKind.FIRST_LETTERS)
    return [case_id for action in waiting for case_id in action.case_ids]


def _look(case: Case, wish: DemandWish, user_id: int) -> Looked:
    try:
        drafts = [draft for _, draft in draft_first_demand(case.id, wish, user_id)]
    except REFUSALS as refusal:
        return Looked(case, obstacle=refusal)
    findings = [finding for draft in drafts for finding in draft.findings]
    errors = tuple(f for f in findings if f.severity is Severity.ERROR)
    return Looked(
        case,
        letters=len(drafts),
        # Joint debtors owe it once; each is asked for no more than he owes himself.
        total_cents=max(draft.total_cents for draft in drafts),
        costs_cents=max(draft.content["costs_cents"] for draft in drafts),
        pay_by=drafts[0].pay_by,
        errors=errors,
    )


def _already_sent(case_ids: Sequence[int]) -> set[int]:
    query = select(Letter.case_id).where(
        Letter.kind == LetterKind.FIRST_DEMAND, Letter.case_id.in_(case_ids)
    )
    return set(db.session.scalars(query))
