"""The money terms of a contract version, from and to the JSON that the version keeps."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from cases.parties.models import CreditorContract
from cases.remittances.contract import CostsOwner, FeeTerms, FeeTier, Share, Steps, Terms


class VatTreatment(StrEnum):
    """How the house's fee is taxed, by where the creditor is (UStG §§ 3a(2), 13b)."""

    DOMESTIC = "domestic"
    EU_BUSINESS = "eu_business"  # The creditor owes the tax himself (reverse charge).
    THIRD_COUNTRY = "third_country"  # Not taxable here.


#: Law: UStG § 12(1); the others bear no German VAT.
VAT_PERCENT = {
    VatTreatment.DOMESTIC: Decimal(19),
    VatTreatment.EU_BUSINESS: Decimal(0),
    VatTreatment.THIRD_COUNTRY: Decimal(0),
}


def terms_of(contract: CreditorContract) -> Terms:
    """The terms of a contract version, as every settlement reads them."""
    return read_terms(contract.fee_terms, deducts_input_tax=contract.deducts_input_tax)


def read_terms(kept: Mapping[str, Any], *, deducts_input_tax: bool) -> Terms:
    """The terms behind the kept JSON; what it leaves out is the simplest of its kind."""
    steps = tuple(
        FeeTier(step["until_cents"], Decimal(step["percent"])) for step in kept.get("steps", ())
    )
    treatment = VatTreatment(kept.get("vat", VatTreatment.DOMESTIC))
    return Terms(
        FeeTerms(
            steps,
            Steps(kept.get("reading", Steps.MARGINAL)),
            frozenset(Share(name) for name in kept.get("fee_on", ("principal", "interest"))),
            int(kept.get("minimum_cents", 0)),
            kept.get("fixed_cents"),
        ),
        VAT_PERCENT[treatment],
        CostsOwner(kept.get("costs_owner", CostsOwner.CREDITOR)),
        # Where the creditor cannot deduct it, the debtor pays the costs with their VAT.
        costs_include_vat=not deducts_input_tax and treatment is VatTreatment.DOMESTIC,
        hold_back_days=dict(kept.get("hold_back_days", {})),
        threshold_cents=int(kept.get("threshold_cents", 0)),
    )


def write_terms(terms: Terms, vat: VatTreatment) -> dict[str, Any]:
    """The JSON that a contract version keeps."""
    return {
        "steps": [
            {"until_cents": step.until_cents, "percent": str(step.percent)}
            for step in terms.fee.steps
        ],
        "reading": terms.fee.reading.value,
        "fee_on": sorted(share.value for share in terms.fee.on),
        "minimum_cents": terms.fee.minimum_cents,
        "fixed_cents": terms.fee.fixed_cents,
        "vat": vat.value,
        "costs_owner": terms.costs_owner.value,
        "hold_back_days": dict(terms.hold_back_days or {}),
        "threshold_cents": terms.threshold_cents,
    }
