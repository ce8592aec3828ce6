"""The original creditor of an assigned claim: entered, changed, taken away again."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load, validate

from agency.cases.file import load_file
from agency.refusals import at_field
from cases.claims.models import Claim, Phase
from cases.claims.origin import FIELDS, AssignedInFuture, Origin, origin_of, set_origin
from cases.claims.queries import get_case_by_id, get_claim, list_claims, lock_case
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.core.locks import relock
from portal.access import may
from portal.shell.forms import Day, Errors, load_form
from portal.shell.opened import ChangedByOther, require_unchanged
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("origins", __name__)
#: What else is wrong stands at the name.
AT: dict[type[Refusal], str] = {AssignedInFuture: "assigned_on"}


class OriginSchema(Schema):
    """Whose the claim was before, his place and the day; all empty where it was not assigned."""

    original_creditor = fields.String(load_default=None, validate=validate.Length(max=200))
    original_postcode = fields.String(load_default=None, validate=validate.Length(max=20))
    original_city = fields.String(load_default=None, validate=validate.Length(max=100))
    assigned_on = Day(load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Origin:
        return Origin(**data)


@blueprint.get("/claims/<claim_public_id>/origin")
@may("case.view")
def show(claim_public_id: str) -> ResponseReturnValue:
    """With whom a claim arose, and where that is said."""
    return _page(get_claim(claim_public_id))


@blueprint.post("/claims/<claim_public_id>/origin")
@may("letter.send")
def save(claim_public_id: str) -> ResponseReturnValue:
    """Note the original creditor of one claim or of all of the case; answers 422 when wrong."""
    claim = get_claim(claim_public_id)
    origin, errors = load_form(OriginSchema(), request.form)
    if origin is None:
        return _page(claim, errors)
    try:
        with transaction():
            case = lock_case(claim.case_id)
            relock(claim)
            form = f"origin.{claim.id}"
            require_unchanged(form, _shown(claim), ("claim", claim.id), "claim.origin_set")
            meant = list_claims(case.id) if request.form.get("all") else [claim]
            set_origin(case, meant, origin)
            case_public_id = case.public_id
    except NotFound:
        raise
    except ChangedByOther as changed:
        return _page(claim, changed.errors)
    except Refusal as refusal:
        told = at_field(refusal, AT)
        return _page(claim, {("original_creditor" if k == "_form" else k): v
                             for k, v in told.items()})  # fmt: skip
    done(gettext("Noted. What is written from now on names the original creditor so."))
    return see_other("cases.show", case_public_id=case_public_id)


def _shown(claim: Claim) -> dict[str, Any]:
    known = origin_of(claim)
    return {name: getattr(known, name) for name in FIELDS}


def _page(claim: Claim, errors: Errors | None = None) -> ResponseReturnValue:
    file = load_file(get_case_by_id(claim.case_id).public_id)
    return page(
        "agency/cases/origin.html",
        status=422 if errors else 200,
        file=file,
        claim=claim,
        shown=_shown(claim),
        values=request.form if request.method == "POST" else _shown(claim),
        several=len(file.claims) > 1,
        filed=file.case.phase in {Phase.COURT, Phase.ENFORCEMENT},
        errors=errors or {},
    )
