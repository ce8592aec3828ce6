"""The end of a case, and its reopening: one transition each.

What hangs on a case is settled with it. What later concepts must do stands in one table,
`cases.consequences`, which the shell hands over once; claims know nothing of those concepts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cases.claims import timeline
from cases.claims.models import Case, Outcome, Phase
from cases.claims.queries import list_open_holds, lock_case
from cases.claims.services import CaseNotNew, ReasonMissing, lift_hold, require_open
from cases.core import clock
from cases.core.errors import Conflict, Invalid


class Remainder(StrEnum):
    """What becomes of what is still open when a case ends."""

    NOTHING = "nothing"  # Nothing may be open.
    WAIVED = "waived"  # Erlass: a waiver is booked.
    SETTLED = "settled"  # Vergleich: the rest is let go, a settlement is booked.
    LEFT = "left"  # The debtor goes on owing it; only our work ends.


#: Outcome -> what may become of the remainder, the usual one first.
REMAINDERS: Mapping[Outcome, tuple[Remainder, ...]] = {
    Outcome.PAID: (Remainder.NOTHING, Remainder.WAIVED),
    Outcome.SETTLED: (Remainder.SETTLED, Remainder.WAIVED),
    Outcome.WITHDRAWN: (Remainder.LEFT,),
    Outcome.UNFOUNDED: (Remainder.NOTHING,),
    Outcome.UNCOLLECTIBLE: (Remainder.LEFT,),
    Outcome.INSOLVENT: (Remainder.LEFT,),
    Outcome.TIME_BARRED: (Remainder.LEFT,),
    Outcome.REFUSED: (Remainder.LEFT,),
}
#: The reason of a reopening that nobody wrote: the money went back.
UNPAID = ""
#: Ends that speak for themselves; for all others the creditor reads a reason.
NEEDS_NO_REASON = frozenset({Outcome.PAID, Outcome.UNFOUNDED})


class RemainderUnfit(Invalid):
    """With this outcome the remainder cannot be treated so."""


class StillOpen(Conflict):
    """{open_cents} are still open: book the payment, or choose an outcome that says so."""


class CaseNotClosed(Conflict):
    """The case is open already."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a case ends, what becomes of the remainder, and why; the creditor reads the reason."""

    outcome: Outcome
    remainder: Remainder
    reason: str = ""

    @classmethod
    def usual(cls, outcome: Outcome, reason: str = "") -> "Ending":
        """The end with the usual treatment of the remainder."""
        return cls(outcome, REMAINDERS[outcome][0], reason)


#: One thing a later concept does when a case ends.
AtEnd = Callable[[Case, Ending], None]
#: One thing a later concept does when a case is opened again.
AtReopening = Callable[[Case, str], None]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What later concepts do, in this order."""

    at_end: Mapping[Outcome, Sequence[AtEnd]]
    at_reopening: Sequence[AtReopening]


_connected: list[Consequences] = []


def connect(consequences: Consequences) -> None:
    """Take over the table; the shell does so once, before the first request."""
    _connected[:] = [consequences]


def end_case(case_id: int, ending: Ending) -> Case:
    """End the work on a case, and everything that hangs on it.

    Raises:
        CaseClosed, RemainderUnfit, ReasonMissing: nothing was changed.
        StillOpen: with this outcome nothing may be open.
    """
    case = lock_case(case_id)
    require_open(case)
    require_fitting(ending)
    for act in _consequences().at_end[ending.outcome]:
        act(case, ending)
    for hold in list_open_holds(case.id):
        lift_hold(case, hold)
    case.closed_from, case.phase = case.phase, Phase.CLOSED
    case.outcome, case.closed_at = ending.outcome, clock.now()
    timeline.record(
        case,
        "case.refused" if ending.outcome is Outcome.REFUSED else "case.closed",
        ending_code=ending.outcome.value,
        reason=ending.reason.strip(),
    )
    return case


def refuse_case(case_id: int, reason: str) -> Case:
    """Do not take the order on; the creditor is told why. Raises CaseNotNew, ReasonMissing."""
    if lock_case(case_id).phase is not Phase.NEW:
        raise CaseNotNew
    return end_case(case_id, Ending.usual(Outcome.REFUSED, reason))


def reopen_case(case_id: int, reason: str) -> Case:
    """Work a closed case again, from where it stood. Raises CaseNotClosed, ReasonMissing."""
    case = lock_case(case_id)
    if case.closed_from is None:
        raise CaseNotClosed
    if not reason.strip():
        raise ReasonMissing
    _back_to_work(case)
    timeline.record(case, "case.reopened", reason=reason.strip())
    for act in _consequences().at_reopening:
        act(case, reason.strip())
    return case


def reopen_unpaid(case_id: int) -> Case:
    """Work a paid case again whose payment was taken back: no reason of a person is needed."""
    case = lock_case(case_id)
    _back_to_work(case)
    timeline.record(case, "case.unpaid_again")
    for act in _consequences().at_reopening:
        act(case, UNPAID)
    return case


def _back_to_work(case: Case) -> None:
    if case.closed_from is None:
        raise CaseNotClosed
    case.phase, case.closed_from = case.closed_from, None
    case.outcome = case.closed_at = None


def require_fitting(ending: Ending) -> None:
    """Make sure that the remainder may be treated so and that the reason is given.

    Raises:
        RemainderUnfit, ReasonMissing.
    """
    if ending.remainder not in REMAINDERS[ending.outcome]:
        raise RemainderUnfit
    lets_go = ending.remainder in {Remainder.WAIVED, Remainder.SETTLED}
    if (lets_go or ending.outcome not in NEEDS_NO_REASON) and not ending.reason.strip():
        raise ReasonMissing


def _consequences() -> Consequences:
    if not _connected:
        raise RuntimeError("cases.consequences.connect_consequences() has not been called")
    return _connected[0]
