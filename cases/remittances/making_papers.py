"""The papers that the house makes from a contract: fee agreement with the order, power of attorney.

They are German: they are made under German law, for whoever the client is.
Law: RDG § 13c (text form, titled as such, apart from the power of attorney, notes), § 13e(1).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.core import clock
from cases.core.errors import Invalid
from cases.documents.client_papers.models import ClientPaper, PaperKind
from cases.documents.client_papers.services import keep_paper
from cases.letters.pdf import render_pdf
from cases.parties.models import AgencyProfile, Creditor, CreditorContract, PayoutRhythm
from cases.parties.queries import get_agency, get_creditor
from cases.remittances.contract import CostsOwner, FeeTier, Share, Steps, VatTreatment
from cases.remittances.papers import environment
from cases.remittances.terms import terms_of

_SHARES = {
    Share.PRINCIPAL: "Hauptforderung",
    Share.INTEREST: "Zinsen",
    Share.COSTS: "Inkassokosten",
}
_RHYTHMS = {
    PayoutRhythm.WEEKLY: "wöchentlich",
    PayoutRhythm.MONTHLY: "monatlich",
    PayoutRhythm.EACH: "mit jedem Eingang",
}
_VAT = {
    VatTreatment.DOMESTIC: "zuzüglich der gesetzlichen Umsatzsteuer",
    VatTreatment.EU_BUSINESS: "ohne deutsche Umsatzsteuer; die Steuer schuldet der Mandant",
    VatTreatment.THIRD_COUNTRY: "ohne deutsche Umsatzsteuer",
}


class SuccessFeeUnexplained(Invalid):
    """With a success fee the agreement has to say this (§ 13c(3) RDG)."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What a person has to say where a success fee is agreed. Law: RDG § 13c(3)."""

    reasons: str = ""  # Why a success fee: chances, effort, whether the debtor can pay.
    other_costs: str = ""  # Who bears court, administrative and other costs.
    early_end: str = ""  # Whether and what is owed when the order ends early.

    @property
    def missing(self) -> list[str]:
        """What was not said."""
        return [name for name in self.__dataclass_fields__ if not getattr(self, name).strip()]


def has_success_fee(contract: CreditorContract) -> bool:
    """Whether a version agrees on a success fee."""
    fee = terms_of(contract).fee
    return fee.fixed_cents is None and any(step.percent for step in fee.steps)


def keep_agreement(contract: CreditorContract, explained: Explained) -> ClientPaper:
    """Make the fee agreement of a version and keep it; earlier ones stay.

    Raises:
        SuccessFeeUnexplained.
    """
    if has_success_fee(contract) and explained.missing:
        raise SuccessFeeUnexplained
    today = clock.today()
    return keep_paper(
        contract.creditor_id,
        PaperKind.FEE_AGREEMENT,
        agreement_pdf(contract, explained, today),
        f"Verguetungsvereinbarung_{contract.valid_from.isoformat()}.pdf",
        today,
    )


def agreement_pdf(contract: CreditorContract, explained: Explained, day: date) -> bytes:
    """Order and fee agreement of a version."""
    terms, creditor = terms_of(contract), get_creditor(contract.creditor_id)
    html = environment("de").get_template("fee_agreement.html").render(
        agency=get_agency(),
        creditor=creditor,
        creditor_lines=_lines(creditor),
        currency="EUR",
        day=day.isoformat(),
        valid_from=contract.valid_from.isoformat(),
        steps=_steps(terms.fee.steps),
        marginal=terms.fee.reading is Steps.MARGINAL,
        shares=" und ".join(_SHARES[share] for share in Share if share in terms.fee.on),
        minimum_cents=terms.fee.minimum_cents,
        fixed_cents=terms.fee.fixed_cents,
        success=has_success_fee(contract),
        vat=_VAT[terms.vat],
        costs_to_agency=terms.costs_owner is CostsOwner.AGENCY,
        rhythm=_RHYTHMS[contract.payout_rhythm],
        threshold_cents=terms.threshold_cents,
        hold_back_days=(terms.hold_back_days or {}).get("direct_debit", 0),
        explained=explained,
        court_needs_approval=contract.court_needs_approval,
    )  # fmt: skip
    return render_pdf(html, "statement.css")


def power_pdf(creditor_id: int, day: date) -> bytes:
    """A power of attorney to be signed, from what is known of client and house."""
    creditor, house = get_creditor(creditor_id), get_agency()
    html = environment("de").get_template("power_of_attorney.html").render(
        agency=house,
        agency_line=_address(house),
        creditor=creditor,
        creditor_lines=_lines(creditor),
        day=day.isoformat(),
        currency="EUR",
    )  # fmt: skip
    return render_pdf(html, "statement.css")


def _lines(creditor: Creditor) -> list[str]:
    """The client as a contract names him."""
    found = [creditor.name, _address(creditor)]
    if creditor.register_number:
        found.append(f"{creditor.register_court}, {creditor.register_number}")
    if creditor.representative:
        found.append(f"vertreten durch {creditor.representative}")
    return found


def _address(party: Creditor | AgencyProfile) -> str:
    return f"{party.street}, {party.postcode} {party.city}"


def _steps(steps: tuple[FeeTier, ...]) -> list[tuple[int | None, str]]:
    return [(step.until_cents, _percent(step.percent)) for step in steps]


def _percent(rate: Decimal) -> str:
    return f"{rate.normalize():f}".replace(".", ",")
