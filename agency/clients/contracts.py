"""A client's contract by version: what holds, a new version, and examples before it is signed."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.clients import words
from agency.clients.example import example, usual_examples
from agency.clients.schemas import TermsSchema, VersionSchema
from agency.clients.views import wanted
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.parties.models import (
    Creditor,
    CreditorContract,
    DirectPaymentOrder,
    MandateType,
    PayoutRhythm,
    ReportRhythm,
)
from cases.remittances.contract import CostsOwner, Share, Steps, Terms, VatTreatment
from cases.remittances.terms import terms_of
from cases.remittances.versions import is_in_force, list_versions, sign_version
from portal.access import may
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.pages import done, page, see_other
from portal.shell.typed import NotUnderstood, parse_amount_cents
from portal.shell.wording import Vocabulary

blueprint = Blueprint("client_contracts", __name__)
VOCABULARY = Vocabulary(words)


@blueprint.get("/clients/<creditor_public_id>/contract")
@may("client.view")
def show(creditor_public_id: str) -> ResponseReturnValue:
    """The versions of the contract, the chosen one whole, and what it leaves of an example."""
    return _page(wanted(creditor_public_id))


@blueprint.post("/clients/<creditor_public_id>/contract")
@may("contract.edit")
def sign(creditor_public_id: str) -> ResponseReturnValue:
    """Show what a new version would leave, or put it into force."""
    creditor = wanted(creditor_public_id)
    if request.form.get("then") != "sign":
        terms, errors = load_form(TermsSchema(), request.form)
        return _page(creditor, errors, request.form, terms)
    version, errors = load_form(VersionSchema(), request.form)
    if version is None:
        return _page(creditor, errors, request.form)
    try:
        with transaction():
            sign_version(creditor.id, version)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(wanted(creditor_public_id), {"valid_from": [say(refusal)]}, request.form)
    done(gettext("The new version is in force from its first day on. Earlier settlements stay."))
    return see_other("client_contracts.show", creditor_public_id=creditor_public_id)


def _page(
    creditor: Creditor,
    errors: Errors | None = None,
    values: Any = None,
    draft: Terms | None = None,
) -> ResponseReturnValue:
    versions = list_versions(creditor.id)
    chosen = _chosen(versions)
    terms = draft or (terms_of(chosen) if chosen else None)
    return page(
        "agency/clients/contract.html",
        status=422 if errors else 200,
        creditor=creditor,
        versions=versions,
        chosen=chosen,
        in_force=chosen is not None and is_in_force(chosen, versions),
        terms=terms_of(chosen) if chosen else None,
        vat=terms_of(chosen).vat if chosen else None,
        words=VOCABULARY.word,
        choices={
            "mandate_type": VOCABULARY.choices(MandateType),
            "payout_rhythm": VOCABULARY.choices(PayoutRhythm),
            "report_rhythm": VOCABULARY.choices(ReportRhythm),
            "direct_payment_order": VOCABULARY.choices(DirectPaymentOrder),
            "reading": VOCABULARY.choices(Steps),
            "fee_on": VOCABULARY.choices(Share),
            "costs_owner": VOCABULARY.choices(CostsOwner),
            "vat": VOCABULARY.choices(VatTreatment),
        },
        values=values or _values(chosen),
        errors=errors or {},
        is_draft=draft is not None,
        examples=usual_examples(terms) if terms else [],
        own=_own_example(terms),
    )


def _chosen(versions: list[CreditorContract]) -> CreditorContract | None:
    """The version of the address, else the one of today, else the newest."""
    wanted_day = request.args.get("version", "")
    for version in versions:
        if version.valid_from.isoformat() == wanted_day:
            return version
    begun = [version for version in versions if version.valid_from <= clock.today()]
    return next(iter(begun or versions), None)


def _own_example(terms: Terms | None) -> Any:
    """What the user typed as an example, if it can be read."""
    claim, costs = request.args.get("claim", ""), request.args.get("costs", "0")
    if terms is None or not claim:
        return None
    try:
        return example(terms, parse_amount_cents(claim), parse_amount_cents(costs or "0"))
    except NotUnderstood:
        return None


def _values(chosen: CreditorContract | None) -> dict[str, Any]:
    """A new version begins as the last one was, from tomorrow on."""
    if chosen is None:
        return {"costs_owner": "agency", "hold_back": 60, "deducts_input_tax": "1",
                "owes_collection_fee": "1", "valid_from": clock.today()}  # fmt: skip
    terms = terms_of(chosen)
    values: dict[str, Any] = {
        "valid_from": date.fromordinal(clock.today().toordinal() + 1),
        "reading": terms.fee.reading.value,
        "fee_on": [share.value for share in terms.fee.on],
        "minimum": terms.fee.minimum_cents,
        "fixed": terms.fee.fixed_cents,
        "vat": chosen.fee_terms.get("vat", "domestic"),
        "costs_owner": terms.costs_owner.value,
        "deducts_input_tax": chosen.deducts_input_tax,
        "owes_collection_fee": chosen.owes_collection_fee,
        "court_needs_approval": chosen.court_needs_approval,
        "visits_need_approval": chosen.visits_need_approval,
        "hold_back": (terms.hold_back_days or {}).get("direct_debit", 60),
        "threshold": terms.threshold_cents,
        "mandate_type": chosen.mandate_type.value,
        "payout_rhythm": chosen.payout_rhythm.value,
        "report_rhythm": chosen.report_rhythm.value,
        "direct_payment_order": chosen.direct_payment_order.value,
        "instalment_months": chosen.instalment_months,
        "discount_percent": _plain(chosen.discount_percent),
        "discount": chosen.discount_cents,
        "interest_waiver": chosen.interest_waiver_cents,
        "trivial_rest": chosen.trivial_rest_cents,
        "power_of_attorney_on": chosen.power_of_attorney_on,
    }
    for number, step in enumerate(terms.fee.steps, start=1):
        values[f"percent_{number}"] = _plain(step.percent)
        values[f"until_{number}"] = step.until_cents
    return values


def _plain(rate: Decimal) -> str:
    """A rate as people type it, without needless zeros."""
    return f"{rate.normalize():f}".replace(".", ",")
