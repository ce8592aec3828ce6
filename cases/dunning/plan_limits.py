"""Up to where the house may grant a plan by itself, in one case: contract and profile together."""

from cases.claims.models import Case
from cases.dunning.waiver_limits import contract_of
from cases.parties.queries import find_agency
from cases.plans.building import Limits
from cases.remittances.contract import CostsOwner
from cases.remittances.terms import terms_of


def limits_for(case: Case) -> Limits:
    """The limits of a case; without a contract the client is asked about everything."""
    contract, house = contract_of(case), find_agency()
    agreements = house.plan_consumer_agreements if house else False
    own_costs = house.costs_waiver_cents if house else 0
    alone = house.let_go_alone_cents if house else 0
    if contract is None:
        return Limits(own_costs_cents=own_costs, alone_cents=alone, consumer_agreements=agreements)
    return Limits(
        months=contract.instalment_months,
        discount_percent=contract.discount_percent,
        discount_cents=contract.discount_cents,
        costs_are_ours=terms_of(contract).costs_owner is CostsOwner.AGENCY,
        own_costs_cents=own_costs,
        alone_cents=alone,
        consumer_agreements=agreements,
    )
