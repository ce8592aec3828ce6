"""Asking a client before something happens in his case, and what he decided.

One mechanism for all that he decides: court, visits, plans beyond his limits. He answers by one
click in his portal, or tells us; who, when and with which words is kept. Silence is no yes.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from sqlalchemy import Select, func, select, text

from cases.claims import timeline
from cases.claims.asking.models import Asked, AskedFor, ClientApproval
from cases.claims.ending import Ending
from cases.claims.models import Case, HoldReason, Phase
from cases.claims.queries import list_open_holds, lock_case
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.locks import relock
from cases.core.many import one_of
from cases.core.outbox import register_effect

EFFECT = "client.decided"
#: So long a client has for his answer (house rule).
ANSWER_DAYS = 14
COUNTED = 1000


class NobodyAsks(Conflict):
    """This has been decided already, or nobody asks any more."""


class NotWhileContested(Conflict):
    """An objection is being verified. The client is asked about court once it is decided."""


class WordsMissing(Invalid):
    """Please say why, or how the client told us."""


#: What an answer leads to, where it is more than a line in the timeline; filled by the assembly.
#: Each is called with the locked case and the question, answered or out of time, and says whether
#: the timeline has it all.
ANSWERED: dict[AskedFor, Callable[[Case, ClientApproval], bool]] = {}


def ask_client(
    case: Case,
    asked_for: AskedFor,
    *,
    reason: str | None = None,
    subject_id: int | None = None,
    answer_by: date | None = None,
) -> ClientApproval:
    """Ask the client of a locked case, unless the same is asked already.

    Raises:
        NotWhileContested: court, while an objection waits for its verdict.
    """
    known = find_open(case.id, asked_for)
    if known is not None:
        return known
    if asked_for is AskedFor.COURT and must_wait(case):
        raise NotWhileContested
    latest = answer_by or clock.today() + timedelta(days=ANSWER_DAYS)
    approval = ClientApproval(
        case_id=case.id,
        creditor_id=case.creditor_id,
        asked_for=asked_for,
        subject_id=subject_id,
        reason=(reason or "").strip() or None,
        open_cents=case.booked_open_cents,
        asked_at=clock.now(),
        asked_by=audit.actor_id(),
        answer_by=None if asked_for is AskedFor.PLAN else latest,
    )
    db.session.add(approval)
    db.session.flush()
    if asked_for is not AskedFor.PLAN:  # A plan says itself that it waits for the client.
        timeline.record(case, "client.asked", asked_code=asked_for.value,
                        due_on=approval.answer_by)  # fmt: skip
    return approval


def must_wait(case: Case) -> bool:
    """Whether asking about court would be too early: an objection is not decided yet.

    Whoever has sent a case to court despite it, as close to limitation, has reasons for asking.
    """
    return case.phase is not Phase.COURT and any(
        hold.reason is HoldReason.OBJECTION for hold in list_open_holds(case.id)
    )


def answer_in_portal(approval: ClientApproval, user_id: int, *, agrees: bool, words: str) -> None:
    """Keep what somebody of the client decided by a click; a worker goes on with it.

    Raises:
        NobodyAsks; WordsMissing: a refusal says why.
    """
    relock(approval)
    _decide(approval, user_id, agrees=agrees, words=words, words_needed=not agrees)
    key = f"client_approval:{approval.public_id}"
    register_effect(EFFECT, key, approval_id=approval.id)


def note_answer(approval: ClientApproval, *, agrees: bool, words: str) -> Case:
    """The client has told us; who noted it, when and how he told us is kept. `follow` comes next.

    Raises:
        NobodyAsks, WordsMissing.
    """
    case = lock_case(approval.case_id)
    relock(approval)
    _decide(approval, audit.actor_id(), agrees=agrees, words=words, words_needed=True)
    return case


def carry_out_answer(key: str, approval_id: int) -> None:
    """Carry out the effect `client.decided`."""
    approval = db.session.get_one(ClientApproval, approval_id)
    case = lock_case(approval.case_id)
    relock(approval)
    audit.set_actor(approval.decided_by)
    if approval.is_answered:
        follow(case, approval)


def follow(case: Case, approval: ClientApproval) -> None:
    """What the answer leads to; the case is locked."""
    act = ANSWERED.get(approval.asked_for)
    if act is not None and act(case, approval):
        return
    kind = "client.agreed" if approval.agrees else "client.refused"
    timeline.record(case, kind, asked_code=approval.asked_for.value,
                    by_person=approval.asked_by is not None)  # fmt: skip


def withdraw(case: Case, asked_for: AskedFor, *, about_subject: bool = False) -> None:
    """Nobody asks any more; the case is locked. `about_subject`: unless it was asked in general."""
    known = find_open(case.id, asked_for)
    if known is not None and (known.subject_id is not None or not about_subject):
        relock(known)
        known.state = Asked.WITHDRAWN


def wait_for_verdict(case: Case) -> None:
    """An objection came in: the open question about court is taken back until it is decided."""
    if must_wait(case) and find_open(case.id, AskedFor.COURT) is not None:
        withdraw(case, AskedFor.COURT)
        timeline.record(case, "client.not_asked", asked_code=AskedFor.COURT.value)


def withdraw_all(case: Case, ending: Ending) -> None:
    """Nothing is to be decided in a case that has ended."""
    for asked_for in AskedFor:
        withdraw(case, asked_for)


def settle_silent(approval_ids: Sequence[int], day: date) -> None:
    """Note that the day of some questions has passed: what was asked about does not happen."""
    query = select(ClientApproval).where(one_of(ClientApproval.id, approval_ids))
    for approval in db.session.scalars(query.order_by(ClientApproval.case_id)).all():
        case = lock_case(approval.case_id)
        relock(approval)
        if approval.state is not Asked.OPEN or not is_overdue(approval, day):
            continue
        approval.state = Asked.SILENT
        act = ANSWERED.get(approval.asked_for)
        if act is not None and act(case, approval):
            continue
        timeline.record(case, "client.silent", asked_code=approval.asked_for.value,
                        by_person=approval.asked_by is not None)  # fmt: skip


def is_overdue(approval: ClientApproval, day: date) -> bool:
    """Whether the day for the answer has passed."""
    return approval.answer_by is not None and approval.answer_by < day


def overdue(day: date) -> Select[int]:
    """Questions whose day has passed."""
    return select(ClientApproval.id).where(
        ClientApproval.state == Asked.OPEN, ClientApproval.answer_by < day
    )


def get_approval(public_id: str) -> ClientApproval:
    """The question of that public id. For a creditor only its own exist; raises NotFound."""
    found = db.session.scalar(select(ClientApproval).where(ClientApproval.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def find_open(case_id: int, asked_for: AskedFor) -> ClientApproval | None:
    """What the client is being asked."""
    query = select(ClientApproval).where(
        ClientApproval.case_id == case_id,
        ClientApproval.asked_for == asked_for,
        ClientApproval.state == Asked.OPEN,
    )
    return db.session.scalar(query)


def find_of_plan(plan_id: int) -> ClientApproval | None:
    """The latest question about a plan."""
    query = select(ClientApproval).where(
        ClientApproval.asked_for == AskedFor.PLAN, ClientApproval.subject_id == plan_id
    )
    return db.session.scalar(query.order_by(ClientApproval.id.desc()).limit(1))


def list_of_case(case_id: int) -> list[ClientApproval]:
    """All questions about a case, the newest first."""
    query = select(ClientApproval).where(ClientApproval.case_id == case_id)
    return list(db.session.scalars(query.order_by(ClientApproval.id.desc())))


def list_waiting(limit: int = 200) -> list[tuple[ClientApproval, Case]]:
    """What waits for an answer, the earliest day first. A creditor sees its own."""
    query = (
        select(ClientApproval, Case)
        .join(Case, Case.id == ClientApproval.case_id)
        .where(ClientApproval.state == Asked.OPEN)
        .order_by(ClientApproval.answer_by.nulls_last(), ClientApproval.id)
    )
    return [(approval, case) for approval, case in db.session.execute(query.limit(limit))]


def count_waiting() -> int:
    """How much waits for an answer; the portal sees its own only."""
    waiting = select(ClientApproval.id).where(ClientApproval.state == Asked.OPEN).limit(COUNTED)
    return db.session.scalar(select(func.count()).select_from(waiting.subquery())) or 0


_LATEST = text("""
SELECT DISTINCT ON (case_id, asked_for) case_id, asked_for, state FROM client_approvals
WHERE case_id = ANY(:ids) AND state <> 'withdrawn' ORDER BY case_id, asked_for, id DESC
""")


def standing_of(case_ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Of each of some cases: what was asked last, and where it is."""
    db.session.flush()
    found: dict[int, dict[str, str]] = {case_id: {} for case_id in case_ids}
    for row in db.session.execute(_LATEST, {"ids": list(case_ids)}):
        found[row.case_id][row.asked_for] = row.state
    return found


def has_agreed(case_id: int, asked_for: AskedFor) -> bool:
    """Whether the client has agreed, and has not been asked anew since."""
    return standing_of([case_id])[case_id].get(asked_for.value) == Asked.AGREED.value


def has_agreed_to_all(case_id: int, asked_for: AskedFor) -> bool:
    """Whether the client has agreed in general, not just to one visit or plan."""
    query = select(ClientApproval.state).where(
        ClientApproval.case_id == case_id,
        ClientApproval.asked_for == asked_for,
        ClientApproval.subject_id.is_(None),
        ClientApproval.state != Asked.WITHDRAWN,
    )
    latest = db.session.scalar(query.order_by(ClientApproval.id.desc()).limit(1))
    return latest is Asked.AGREED


def _decide(
    approval: ClientApproval, user_id: int | None, *, agrees: bool, words: str, words_needed: bool
) -> None:
    if words_needed and not words.strip():
        raise WordsMissing
    if approval.state is not Asked.OPEN:
        raise NobodyAsks
    approval.state = Asked.AGREED if agrees else Asked.REFUSED
    approval.words, approval.decided_by = words.strip() or None, user_id
    approval.decided_at = clock.now()
    db.session.flush()
    audit.record(
        "client_approval.decided", "client_approval", approval.id,
        creditor_id=approval.creditor_id, asked_for=approval.asked_for.value, agrees=agrees,
    )  # fmt: skip
