"""What the debtor wants paid (Tilgungsbestimmung): the invoices he names, the principal alone.

Whoever keeps a payment is bound by it: he may send the money back at once, but not count it
otherwise. An invoice number is explicit; an amount equal to a principal speaks without words, so a
person is asked there. Law: BGB §§ 366(1), 367(2), 497(3) sentence 4.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from cases.formats.invoice_fold import fold_invoice
from cases.ledger.statement import ClaimBalance, Statement
from cases.payments.matching import invoice_words

#: Words by which a debtor says that he pays this and nothing else.
ONLY = re.compile(
    r"\b(nur|ausschlie(?:ß|ss)lich|lediglich|allein|only|hauptforderung|ohne (?:zinsen|kosten))\b",
    re.IGNORECASE,
)
#: So many open claims are tried together against an amount; more would fit by chance.
MOST_TOGETHER = 4


@dataclass(frozen=True, slots=True)
class Designation:
    """The claims to be paid, and whether their principal before costs and interest."""

    claim_ids: tuple[int, ...] = ()
    principal_first: bool = False
    certain: bool = True  # Else a person decides before anything is booked.

    def __bool__(self) -> bool:
        return bool(self.claim_ids) or self.principal_first


NONE = Designation()


def recognise(text: str, amount_cents: int, owed: Statement) -> Designation:
    """What the text and the amount of a payment say; NONE where the law's order may stand."""
    open_claims = [claim for claim in owed.claims if claim.principal_open_cents > 0]
    if not open_claims or amount_cents >= owed.open_cents:
        return NONE  # All is paid, whatever was meant.
    named = _named(text, open_claims)
    ids = tuple(claim.terms.claim_id for claim in named)
    exact = _principal(named) == amount_cents if named else False
    if exact:
        return Designation(ids, principal_first=True)
    if named and len(named) < len(open_claims):
        return Designation(ids)
    if named:
        return NONE
    together = _exactly(amount_cents, open_claims)
    if not together:
        return NONE
    certain = len(together) == 1 and ONLY.search(text) is not None
    return Designation(
        tuple(claim.terms.claim_id for claim in together[0]), principal_first=True, certain=certain
    )


def _named(text: str, claims: Sequence[ClaimBalance]) -> list[ClaimBalance]:
    words = set(invoice_words(text))
    return [claim for claim in claims if fold_invoice(claim.terms.invoice_number) in words]


def _principal(claims: Sequence[ClaimBalance]) -> int:
    return sum(claim.principal_open_cents for claim in claims)


def _exactly(amount_cents: int, claims: Sequence[ClaimBalance]) -> list[tuple[ClaimBalance, ...]]:
    """The claim, else all claims together, whose open principal is just this amount."""
    single = [(claim,) for claim in claims if claim.principal_open_cents == amount_cents]
    if single or len(claims) > MOST_TOGETHER:
        return list(single)
    groups = (group for size in range(2, len(claims) + 1) for group in combinations(claims, size))
    return [group for group in groups if _principal(group) == amount_cents]
