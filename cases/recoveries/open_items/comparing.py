"""Our open claims against a client's open items. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cases.formats.claims.claim_row import ClaimRow
from cases.formats.invoice_fold import fold_invoice
from cases.recoveries.open_items.models import Difference


@dataclass(frozen=True, slots=True)
class Ours:
    """A claim that is open with us."""

    claim_id: int
    case_id: int
    invoice_folded: str
    currency: str
    open_cents: int


@dataclass(frozen=True, slots=True)
class Differs:
    """A claim whose open amount is another one in his list."""

    ours: Ours
    his_cents: int
    kind: Difference


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it."""

    differences: tuple[Differs, ...]
    equal: int
    not_with_us: int


def compare(ours: Sequence[Ours], rows: Iterable[ClaimRow]) -> Compared:
    """Every claim of ours against the sum of his rows of that invoice and currency.

    A list may have several rows of an invoice (parts, credit notes); together they count, and
    less than nothing is nothing.
    """
    his: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        if row.invoice_number is None or row.open_cents is None:
            continue
        his[fold_invoice(row.invoice_number), row.currency or "EUR"] += row.open_cents
    found = []
    for claim in ours:
        key = (claim.invoice_folded, claim.currency)
        cents = max(his.get(key, 0), 0)
        if cents == claim.open_cents:
            continue
        if key not in his or cents == 0:
            kind = Difference.MISSING
        else:
            kind = Difference.LESS if cents < claim.open_cents else Difference.MORE
        found.append(Differs(claim, cents, kind))
    known = {(claim.invoice_folded, claim.currency) for claim in ours}
    unknown = sum(1 for key, cents in his.items() if key not in known and cents > 0)
    return Compared(tuple(found), len(ours) - len(found), unknown)
