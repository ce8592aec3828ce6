"""Costs booked by hand from the case file: seen before they are booked, taken back by reversal."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, validate

from agency.cases.file import load_file
from agency.refusals import at_field
from cases.claims.law import law_of
from cases.claims.models import Case
from cases.claims.queries import get_case, list_claims, lock_case
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.core.positions import LARGEST_NUMBER
from cases.costs.by_hand import (
    AMOUNTS,
    ClaimMissing,
    CostAmountMissing,
    CostReasonMissing,
    HandCosts,
    LumpSumBooked,
    LumpSumOfConsumer,
    NoLumpSum,
    book_by_hand,
    list_hand_entries,
    plan_amount,
    plan_lump_sum,
    take_back_costs,
)
from cases.ledger.models import EntryKind
from portal.access import may
from portal.shell.formatting import language
from portal.shell.forms import Amount, Errors, load_form
from portal.shell.pages import done, invalid, page, see_other

blueprint = Blueprint("hand_costs", __name__)
KINDS = (EntryKind.LUMP_SUM, *AMOUNTS)
FIELDS: Mapping[type[Refusal], str] = {
    LumpSumOfConsumer: "claim",
    LumpSumBooked: "claim",
    ClaimMissing: "claim",
    CostAmountMissing: "amount",
    CostReasonMissing: "reason",
}


class CostsSchema(Schema):
    """Costs of one kind; what belongs to the other kinds may stay empty."""

    kind = fields.Enum(EntryKind, by_value=True, required=True, validate=validate.OneOf(KINDS))
    claim = fields.String(load_default="")
    amount = Amount(load_default=None)
    reason = fields.String(load_default="", validate=validate.Length(max=300))


class ReversalSchema(Schema):
    """Which booking is taken back, and why."""

    journal = fields.Integer(required=True, validate=validate.Range(1, LARGEST_NUMBER))
    why = fields.String(required=True, validate=validate.Length(max=300))


@blueprint.get("/cases/<case_public_id>/costs")
@may("ledger.book")
def show(case_public_id: str) -> ResponseReturnValue:
    """What was booked by hand, and the form for more."""
    return page("agency/ledger/hand_costs.html", **_context(get_case(case_public_id)))


@blueprint.post("/cases/<case_public_id>/costs")
@may("ledger.book")
def book(case_public_id: str) -> ResponseReturnValue:
    """Show what a booking would do, or book it; answers 422 when nothing is owed."""
    wish, errors = load_form(CostsSchema(), request.form, {"kind": gettext("Kind of costs")})
    case = get_case(case_public_id)
    if wish is None:
        return _again(case, errors)
    try:
        if request.form.get("then") != "book":
            plan = _plan(case, wish)
            return page("agency/ledger/hand_costs.html", **_context(case, plan=plan))
        with transaction():
            case = lock_case(case.id)
            book_by_hand(case, _plan(case, wish))
    except NoLumpSum as refusal:
        return _again(case, {"claim": [refusal.params["plan"].words(language())]})
    except Refusal as refusal:
        return _again(case, at_field(refusal, FIELDS))
    done(gettext("Costs booked."))
    return see_other("hand_costs.show", case_public_id=case_public_id)


@blueprint.post("/cases/<case_public_id>/costs/reverse")
@may("ledger.book")
def reverse(case_public_id: str) -> ResponseReturnValue:
    """Take a booking back; answers 422 without a reason."""
    wish, errors = load_form(ReversalSchema(), request.form, {"why": gettext("Reason")})
    case = get_case(case_public_id)
    if wish is None:
        journal = request.form.get("journal", "")
        return _again(case, {f"why-{journal}": errors.get("why", [])} if journal else errors)
    with transaction():
        take_back_costs(lock_case(case.id), wish["journal"], wish["why"])
    done(gettext("Costs taken back."))
    return see_other("hand_costs.show", case_public_id=case_public_id)


def _plan(case: Case, wish: Mapping[str, Any]) -> HandCosts:
    if wish["kind"] is EntryKind.LUMP_SUM:
        claims = {claim.public_id: claim for claim in list_claims(case.id)}
        if wish["claim"] not in claims:
            raise ClaimMissing
        return plan_lump_sum(case, claims[wish["claim"]])
    if wish["amount"] is None:
        raise CostAmountMissing
    return plan_amount(case, wish["kind"], wish["amount"], wish["reason"])


def _again(case: Case, errors: Errors) -> ResponseReturnValue:
    return invalid("agency/ledger/hand_costs.html", **_context(case, errors=errors))


def _context(
    case: Case, plan: HandCosts | None = None, errors: Errors | None = None
) -> dict[str, Any]:
    file = load_file(case.public_id)
    return {
        "file": file,
        "knows_lump_sum": law_of(case).knows_lump_sum,
        "claims": [(one.claim.public_id, one.claim.invoice_number) for one in file.claims],
        "booked": list_hand_entries(case),
        "plan": plan,
        "plan_words": plan.words(language()) if plan else "",
        "values": request.form,
        "errors": errors or {},
    }
