"""How a client wants his debtors to be treated: his administrator sets it in the portal."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.core.database import transaction
from cases.parties import relationship_rules as rules
from cases.parties.clients import lock_client
from legal.errors import InvariantBroken
from portal.access import may
from portal.company.relationship_form import TONES, RelationshipSchema, values_of
from portal.login import require_user
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, require_unchanged
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("own_relationship", __name__, template_folder="../templates")
FORM = "relationship"


@blueprint.get("/my-relationship")
@may("own_company.edit", as_house=True)
def show() -> ResponseReturnValue:
    """What holds for all debtors, and for kinds of them."""
    return _page()


@blueprint.post("/my-relationship")
@may("own_company.edit", as_house=True)
def save() -> ResponseReturnValue:
    """Let another policy hold from now on, for all debtors."""
    policy, errors = load_form(RelationshipSchema(), request.form)
    if policy is None:
        return _page(errors)
    creditor_id = _creditor_id()
    try:
        with transaction():
            lock_client(creditor_id)
            shown = values_of(rules.policy_of_client(creditor_id))
            record = ("creditor", creditor_id)
            require_unchanged(FORM, shown, record, "creditor.relationship_set")
            rules.set_rule(creditor_id, rules.Scope(), policy)
    except ChangedByOther as told:
        return _page(told.errors)
    done(gettext("Saved. From now on your debtors are treated so; what runs is looked at anew."))
    return see_other("own_relationship.show")


def _creditor_id() -> int:
    creditor_id = require_user().creditor_id
    if creditor_id is None:
        raise InvariantBroken("only people of a client see this")
    return creditor_id


def _page(errors: Errors | None = None) -> ResponseReturnValue:
    found = rules.list_rules(_creditor_id())
    shown = values_of(rules.policy_of_client(_creditor_id()))
    return page(
        "portal/company/relationship.html",
        status=422 if errors else 200,
        tones=TONES,
        shown=shown,
        values=request.form if request.method == "POST" else shown,
        kinds=[rule for rule in found if rule.debtor_kind],
        single=sum(rule.debtor_id is not None for rule in found),
        errors=errors or {},
    )
