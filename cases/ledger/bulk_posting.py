"""Posting many journals at once, as a bank statement brings them: the set-based form of `post`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.core import audit, clock
from cases.core.copying import copy_rows, reserve_ids
from cases.ledger.errors import JournalUnbalanced
from cases.ledger.posting import Line, digest_of_journals, require_open, share_period
from cases.ledger.queries import find_last_closed_day

_JOURNAL = ("id", "booked_on", "posted_at", "posted_by", "kind", "reference")
_LINE = ("journal_id", "account", "creditor_id", "case_id", "amount_cents", "currency")


@dataclass(frozen=True, slots=True)
class JournalDraft:
    """A journal to be written; it touches no claim account."""

    booked_on: date
    currency: str
    reference: str
    lines: tuple[Line, ...]


def business_day(day: date) -> date:
    """The day on which a voucher is booked: its own, or today if that is closed or still ahead."""
    return open_day(day, find_last_closed_day())


def open_day(day: date, closed: date | None) -> date:
    """The same by a closed day that is known."""
    today = clock.today()
    return today if day > today or (closed is not None and day <= closed) else day


def post_journals(kind: str, drafts: Sequence[JournalDraft]) -> list[int]:
    """Write journals with their lines; returns their ids in the order of the drafts.

    The audit trail gets one row for all of them.

    Raises:
        JournalUnbalanced: the lines of one do not sum to zero.
        PeriodClosed: the business day of one lies in a closed period.
    """
    if not drafts:
        return []
    _check(drafts)
    now, actor = clock.now(), audit.actor_id()
    ids = reserve_ids("journals", len(drafts))
    numbered = list(zip(ids, drafts, strict=True))
    copy_rows(
        "journals",
        _JOURNAL,
        (
            (number, draft.booked_on, now, actor, kind, draft.reference)
            for number, draft in numbered
        ),
    )
    copy_rows(
        "journal_lines",
        _LINE,
        (
            (
                number,
                line.account.value,
                line.creditor_id,
                line.case_id,
                line.amount_cents,
                draft.currency,
            )
            for number, draft in numbered
            for line in draft.lines
        ),
    )
    digest = digest_of_journals(ids[0], ids[-1])
    audit.record(
        f"ledger.{kind}", "journal", ids[0], journals=len(ids), last_id=ids[-1], digest=digest
    )
    return ids


def _check(drafts: Sequence[JournalDraft]) -> None:
    closed = share_period()
    for draft in drafts:
        if sum(line.amount_cents for line in draft.lines) != 0:
            raise JournalUnbalanced
        require_open(draft.booked_on, closed)
