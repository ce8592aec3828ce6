"""The lump sum for late payment (Verzugspauschale). Law: BGB § 288(5)."""

from datetime import date

from legal.costs import CostStep, LumpSum
from legal.de.costs.fee_tables import FeeLaw, fee_law
from legal.de.interest_rules import CONTINUING_OLD_RATE_UNTIL
from legal.errors import InputInvalid
from legal.interest import RateKind


def lump_sum(
    debtor: RateKind,
    arose_on: date,
    legal_costs_cents: int = 0,
    performed_on: date | None = None,
    law: FeeLaw | None = None,
) -> LumpSum:
    """The lump sum once per late claim, less the legal costs that are damages as well.

    Law: BGB § 288(5); EGBGB Art. 229 § 34 (`performed_on`: counter-performance of a continuing
    obligation that arose before the change).
    """
    if debtor not in {RateKind.CONSUMER, RateKind.BUSINESS, RateKind.BUSINESS_OTHER}:
        raise InputInvalid("Say who the debtor is.", field="debtor")
    if debtor is RateKind.CONSUMER:
        return LumpSum(0, (CostStep("lump_sum_consumer"),))
    if debtor is RateKind.BUSINESS_OTHER:
        return LumpSum(0, (CostStep("lump_sum_other"),))
    decisive = arose_on
    if performed_on is not None and performed_on > CONTINUING_OLD_RATE_UNTIL:
        decisive = max(arose_on, performed_on)
    item = (law or fee_law()).find_item("BGB288_5", decisive)
    if item is None or item.amount_cents is None:
        return LumpSum(0, (CostStep("lump_sum_too_early", {"valid_from": date(2014, 7, 29)}),))
    return _after_set_off(item.amount_cents, item.law, max(legal_costs_cents, 0))


def _after_set_off(amount_cents: int, law: str, costs_cents: int) -> LumpSum:
    steps = [CostStep("lump_sum", {"law": law, "amount_cents": amount_cents})]
    rest = max(amount_cents - costs_cents, 0)
    if costs_cents:
        params = {"costs_cents": costs_cents, "amount_cents": rest}
        steps.append(CostStep("lump_sum_set_off", params))
    return LumpSum(rest, tuple(steps))
