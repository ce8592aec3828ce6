"""What is still open when a case ends: nothing, let go by a booking, or left as it is."""

from cases.claims import timeline
from cases.claims.ending import Ending, Remainder, StillOpen
from cases.claims.models import Case
from cases.core import clock
from cases.ledger.journals import list_standing
from cases.ledger.letting_go import withdraw_asking
from cases.ledger.models import EntryKind, Journal
from cases.ledger.posting import reverse_journal
from cases.ledger.services import owed_on
from cases.ledger.write_offs import write_off

KINDS = {Remainder.WAIVED: EntryKind.WAIVER, Remainder.SETTLED: EntryKind.SETTLEMENT}
#: Reference of what was let go at the end of a case; a reopening finds it by this.
AT_END = "case_end"


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
