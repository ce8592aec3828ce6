"""A trivial rest (Kleinbetrag): what is left of a claim that was paid is not worth a letter.

The client's contract says up to what amount a person of the house may waive it by one click. The
case then ends as paid, and opening it again brings the rest back.
"""

from cases.claims.ending import Ending, Remainder, end_case
from cases.claims.models import Case, Outcome, Phase
from cases.claims.queries import lock_case
from cases.core import clock
from cases.core.errors import Conflict
from cases.dunning.waiver_limits import contract_of, is_within
from cases.ledger.write_offs import remainder_shares
from legal.errors import LawError


class NotTrivial(Conflict):
    """What is open is more than the client's contract lets us waive, or nothing was paid yet."""


def trivial_rest_cents(case: Case) -> int:
    """What could be waived by one click today; 0 where nothing can."""
    worked = case.phase in {Phase.NEW, Phase.AMICABLE}
    if not worked or case.received_cents <= 0:
        return 0
    contract = contract_of(case)
    if contract is None or contract.trivial_rest_cents <= 0:
        return 0
    try:
        shares = remainder_shares(case, clock.today())
    except LawError:  # The page says so itself.
        return 0
    fits = is_within(contract, shares, contract.trivial_rest_cents)
    return sum(share.cents for share in shares) if fits else 0


def waive_trivial_rest(case_id: int, why: str) -> Case:
    """Let the rest go and end the case as paid; the client reads why.

    Raises:
        NotTrivial: nothing was changed.
        ReasonMissing, CaseClosed.
    """
    case = lock_case(case_id)
    if trivial_rest_cents(case) <= 0:
        raise NotTrivial
    return end_case(case.id, Ending(Outcome.PAID, Remainder.WAIVED, why))
