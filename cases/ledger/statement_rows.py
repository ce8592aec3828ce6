"""The rows of a statement: entries and interest by day, each with the balance after it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from cases.ledger.statement_parts import (
    ENDING,
    SETTLING,
    ClaimBalance,
    CostsBalance,
    Posting,
    Row,
    RowShare,
)
from legal.allocation import Component

_LET_GO = frozenset(kind.value for kind in ENDING - SETTLING)


def make_rows(
    known: Sequence[Posting],
    settling: Collection[int],
    claims: Sequence[ClaimBalance],
    costs: CostsBalance,
) -> tuple[Row, ...]:
    """Entries and interest periods; the parts of one payment are one row.

    `settling` are the ids of the entries on the paid side.
    """
    rows = [*_entry_rows(known, settling), *_interest_rows(claims, costs)]
    # Interest of a day stands before the payment of that day, which it was still owed on.
    rows.sort(key=lambda row: (row.day, _rank(row)))
    return tuple(_with_balances(rows))


def _entry_rows(known: Sequence[Posting], settling: Collection[int]) -> Iterable[Row]:
    rows: dict[object, Row] = {}
    internal = _internal(known)
    for posting in known:
        if posting.journal_id in internal:
            continue
        settles = posting.id in settling
        key: object = (posting.journal_id, posting.kind) if settles else posting.id
        claim_id = None if settles else posting.claim_id
        journal_id = posting.journal_id if settles else None
        old = rows.get(key) or Row(
            posting.value_on, posting.kind.value, claim_id, posting.words, journal_id=journal_id
        )
        rows[key] = _add(old, posting, settles)
    # A payment that was only spread anew pays nothing more.
    return (row for row in rows.values() if _total(row))


def _internal(known: Sequence[Posting]) -> set[int]:
    """Journals of payments that were only spread anew: taken out and put back for the same day.

    Original and reversal count from one day, so that leaving both out changes no balance.
    """
    by_id = {posting.id: posting for posting in known}
    credited: dict[int, int] = {}
    first: dict[int, Posting] = {}
    undone: dict[int, int] = {}  # Journal of a payment -> journal of its reversal.
    for posting in known:
        original = by_id.get(posting.reverses_id or 0)
        if original is not None and original.kind in SETTLING:
            undone[original.journal_id] = posting.journal_id
        elif posting.kind in SETTLING:
            first.setdefault(posting.journal_id, posting)
            credited[posting.journal_id] = (
                credited.get(posting.journal_id, 0) - posting.signed_cents
            )
    internal: set[int] = set()
    taken: set[int] = set()
    for journal_id, reversal_id in sorted(undone.items(), reverse=True):
        fits = [
            other
            for other, posting in first.items()
            if other > reversal_id
            and other not in taken
            and (posting.value_on, posting.kind)
            == (first[journal_id].value_on, first[journal_id].kind)
        ]
        if fits:
            taken.add(min(fits, key=lambda o: (credited[o] != credited[journal_id], o)))
            internal |= {journal_id, reversal_id}
    return internal


def _interest_rows(claims: Sequence[ClaimBalance], costs: CostsBalance) -> Iterable[Row]:
    runs = [(claim.terms.claim_id, claim.periods, claim.bases_cents) for claim in claims]
    for claim_id, periods, bases in [*runs, (None, costs.periods, costs.bases_cents)]:
        for period, base_cents in zip(periods, bases, strict=True):
            if period.interest_cents:
                yield Row(
                    period.last_day,
                    "interest",
                    claim_id,
                    None,
                    interest_cents=period.interest_cents,
                    period=period,
                    base_cents=base_cents,
                )


def _add(row: Row, posting: Posting, settles: bool) -> Row:
    cents = posting.signed_cents
    if settles:
        share = RowShare(posting.claim_id, posting.component, -cents)
        return replace(row, payment_cents=row.payment_cents - cents, spread=(*row.spread, share))
    if posting.component is Component.PRINCIPAL:
        return replace(row, principal_cents=cents)
    if posting.component is Component.INTEREST:
        return replace(row, interest_cents=cents)
    if posting.bears_interest:
        return replace(row, costs_bearing_cents=cents)
    return replace(row, costs_cents=cents)


def _total(row: Row) -> int:
    owed = row.costs_cents + row.costs_bearing_cents + row.interest_cents + row.principal_cents
    return owed - row.payment_cents


def _rank(row: Row) -> int:
    if row.kind in _LET_GO:
        return 3  # What was left after the payment.
    if row.payment_cents:
        return 2
    return 1 if row.kind == "interest" else 0


def _with_balances(rows: Iterable[Row]) -> Iterable[Row]:
    balance = 0
    for row in rows:
        balance += _total(row)
        yield replace(row, balance_cents=balance)
