"""The money terms of a contract version, from and to the JSON that the version keeps."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cases.claims.law import law_of_jurisdiction
from cases.core import clock
from cases.parties.models import CreditorContract
from cases.remittances.contract import (
    CostsOwner,
    FeeTerms,
    FeeTier,
    Share,
    Steps,
    Terms,
    VatTreatment,
)
from cases.remittances.settlement import Taxed


def vat_percent_of(treatment: VatTreatment) -> Decimal:
    """What is added to the house's fee today; only at home is it taxed here. Law: UStG § 3a(2)."""
    if treatment is not VatTreatment.DOMESTIC:
        return Decimal(0)
    return law_of_jurisdiction().vat_percent(clock.today())


def write_taxed(taxed: Taxed) -> dict[str, Any]:
    """The JSON that a remittance keeps of what was taxed."""
    return {
        "treatment": taxed.treatment.value,
        "percent": str(taxed.percent),
        "fee_cents": taxed.fee_cents,
        "kept_cents": taxed.kept_cents,
    }


def read_taxed(kept: Mapping[str, Any]) -> Taxed:
    """What was taxed, from the JSON that a remittance keeps."""
    return Taxed(
        VatTreatment(kept["treatment"]), Decimal(kept["percent"]), kept["fee_cents"],
        kept["kept_cents"],
    )  # fmt: skip


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
        vat_percent_of(treatment),
        CostsOwner(kept.get("costs_owner", CostsOwner.CREDITOR)),
        # Where the creditor cannot deduct it, the debtor pays the costs with their VAT.
        costs_include_vat=not deducts_input_tax and treatment is VatTreatment.DOMESTIC,
        hold_back_days=dict(kept.get("hold_back_days", {})),
        threshold_cents=int(kept.get("threshold_cents", 0)),
        vat=treatment,
    )


def write_terms(terms: Terms) -> dict[str, Any]:
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
        "vat": terms.vat.value,
        "costs_owner": terms.costs_owner.value,
        "hold_back_days": dict(terms.hold_back_days or {}),
        "threshold_cents": terms.threshold_cents,
    }
