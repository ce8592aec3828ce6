"""What is still open when a case ends: nothing, let go by a booking, or left as it is.

More than the house lets one person is let go by two only.
"""

from collections.abc import Mapping
from typing import Any

from cases.claims import timeline
from cases.claims.ending import Ending, Remainder, StillOpen, end_case, require_fitting
from cases.claims.models import Case, Outcome
from cases.claims.queries import lock_case
from cases.claims.services import require_open
from cases.core import clock
from cases.ledger.journals import list_standing
from cases.ledger.models import EntryKind, Journal
from cases.ledger.posting import reverse_journal
from cases.ledger.services import owed_on
from cases.ledger.write_offs import write_off
from cases.parties.queries import find_agency
from cases.people import approvals
from cases.people.approvals import Kind
from cases.people.models import Approval
from cases.people.policy import Permission
from legal.findings import N_

KINDS = {Remainder.WAIVED: EntryKind.WAIVER, Remainder.SETTLED: EntryKind.SETTLEMENT}
#: Reference of what was let go at the end of a case; a reopening finds it by this.
AT_END = "case_end"
LET_GO = "remainder.let_go"
#: How each outcome lets the remainder go.
LETS_GO: Mapping[Outcome, Remainder] = {
    Outcome.PAID: Remainder.WAIVED,
    Outcome.SETTLED: Remainder.SETTLED,
}


def settle_remainder(case: Case, ending: Ending) -> None:
    """Treat the remainder as the end of the case says; the timeline tells what became of it.

    Raises:
        StillOpen: nothing may be open, and something is.
    """
    withdraw_asking(case)
    owed = owed_on(case, clock.today())
    if owed.open_cents <= 0:
        return
    if ending.remainder is Remainder.NOTHING:
        raise StillOpen(open_cents=owed.open_cents)
    if ending.remainder is Remainder.LEFT:
        timeline.record(case, "remainder.left", amount_cents=owed.open_cents)
        return
    write_off(case, ending.reason, kind=KINDS[ending.remainder], reference=AT_END)


def bring_back_remainder(case: Case, reason: str) -> None:
    """What was let go at the end of the case is owed again."""
    for journal in list_standing(case.id, Journal.reference == AT_END):
        reverse_journal(journal, reason or AT_END, case=case)


def bring_back_interest(case: Case, reason: str) -> None:
    """Interest that was let go for a payment in time is owed again: the payment went back."""
    for journal in list_standing(case.id, Journal.kind == EntryKind.PAID_IN_TIME.value):
        reverse_journal(journal, reason, case=case)


def end_or_ask(case_id: int, ending: Ending) -> Approval | None:
    """End the case; where more is let go than the house lets one person, ask a second one instead.

    Raises:
        AlreadyAsked: it waits for the second person already.
        And whatever ending the case refuses.
    """
    case = lock_case(case_id)
    require_open(case)
    require_fitting(ending)
    open_cents = owed_on(case, clock.today()).open_cents
    if not needs_second_person(ending, open_cents):
        end_case(case.id, ending)
        return None
    return approvals.ask(
        LET_GO,
        case.id,
        case.number,
        {
            "outcome": ending.outcome.value,
            "sum_cents": open_cents,
            "booked_open_cents": 0,
            "currency": case.currency,
        },
        before={"booked_open_cents": case.booked_open_cents},
        reason=ending.reason,
    )


def needs_second_person(ending: Ending, open_cents: int) -> bool:
    """Whether this end lets go of more than one person may."""
    house = find_agency()
    limit = house.let_go_alone_cents if house else 0
    return LETS_GO.get(ending.outcome) is ending.remainder and open_cents > limit


def withdraw_asking(case: Case) -> None:
    """Nothing is left to let go of in a case that has ended."""
    approvals.close_open(LET_GO, case.id)


def _now(approval: Approval) -> Mapping[str, Any]:
    return {"booked_open_cents": lock_case(approval.subject_id).booked_open_cents}


def _carry_out(approval: Approval) -> None:
    outcome = Outcome(approval.after["outcome"])
    end_case(approval.subject_id, Ending(outcome, LETS_GO[outcome], approval.reason or ""))


LETTING_GO_KINDS: Mapping[str, Kind] = {
    LET_GO: Kind(
        N_("End of a case whose remainder is let go"),
        N_(
            "Read the file: the client agrees, and the reason is true. Confirming books the waiver "
            "or settlement and ends the case; the debtor owes nothing more."
        ),
        Permission.REST_CONFIRM,
        {
            "outcome": N_("Outcome"),
            "sum_cents": N_("Open when it was asked for"),
            "booked_open_cents": N_("Open without running interest"),
            "currency": N_("Currency"),
        },
        _now,
        _carry_out,
        lock=lock_case,
    ),
}
