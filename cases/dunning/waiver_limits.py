"""Up to where the house may let go without asking: what is the client's by his contract, what is
the house's own by its profile. Costs are the house's only where the contract assigns them to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.claims.models import Case
from cases.ledger.allocation import Share
from cases.parties.models import CreditorContract
from cases.parties.queries import ContractMissing, find_agency, get_contract
from cases.remittances.contract import CostsOwner
from cases.remittances.terms import terms_of
from legal.allocation import Component


@dataclass(frozen=True, slots=True)
class Owners:
    """A remainder by whose it is."""

    client_cents: int
    house_cents: int


def contract_of(case: Case) -> CreditorContract | None:
    """The contract under which a case was taken on; without one nothing is let go."""
    try:
        return get_contract(case.creditor_id, case.ordered_on)
    except ContractMissing:
        return None


def owners_of(contract: CreditorContract, shares: Sequence[Share]) -> Owners:
    """Principal and interest are the client's; costs are whose the contract says."""
    everything = sum(share.cents for share in shares)
    costs = sum(share.cents for share in shares if share.component is Component.COSTS)
    if terms_of(contract).costs_owner is not CostsOwner.AGENCY:
        return Owners(everything, 0)
    return Owners(everything - costs, costs)


def is_within(contract: CreditorContract, shares: Sequence[Share], client_limit: int) -> bool:
    """Whether a remainder may be let go within the client's limit and the house's own."""
    owners, house = owners_of(contract, shares), find_agency()
    house_limit = house.costs_waiver_cents if house else 0
    return owners.client_cents <= client_limit and owners.house_cents <= house_limit
