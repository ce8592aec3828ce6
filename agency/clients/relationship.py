"""How a client wants his debtors to be treated: for all of them, and stricter for a kind."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import fields

from agency.clients.views import wanted
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.parties import relationship_rules as rules
from cases.parties.clients import lock_client
from cases.parties.models import Creditor, DebtorKind
from cases.parties.queries import list_debtors_by_id
from cases.parties.relationship import Way
from portal.access import may
from portal.company.relationship_form import TONES, RelationshipSchema, values_of
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import choices, word

blueprint = Blueprint("client_relationship", __name__)
GENERAL = "general"


class KindSchema(RelationshipSchema):
    """The same for all debtors or, stricter, for a kind of them."""

    debtor_kind = fields.Enum(DebtorKind, by_value=True, load_default=None)
    reason = fields.String(load_default=None)


@blueprint.get("/clients/<creditor_public_id>/relationship")
@may("client.view")
def show(creditor_public_id: str) -> ResponseReturnValue:
    """What holds for the client's debtors."""
    return _page(wanted(creditor_public_id))


@blueprint.post("/clients/<creditor_public_id>/relationship")
@may("client.edit")
def save(creditor_public_id: str) -> ResponseReturnValue:
    """Let another policy hold for all debtors, or a stricter one for a kind of them."""
    creditor = wanted(creditor_public_id)
    policy, errors = load_form(KindSchema(), request.form)
    if policy is None:
        return _page(creditor, errors)
    chosen = request.form.get("debtor_kind")
    kind = DebtorKind(chosen) if chosen else None
    try:
        with transaction():
            lock_client(creditor.id)
            if kind is None:
                shown = values_of(rules.policy_of_client(creditor.id))
                record = ("creditor", creditor.id)
                require_unchanged(GENERAL, shown, record, "creditor.relationship_set")
            rules.set_rule(
                creditor.id, rules.Scope(debtor_kind=kind), policy, request.form.get("reason")
            )
    except NotFound:
        raise
    except ChangedByOther as told:
        return _page(creditor, told.errors)
    except Refusal as refusal:
        return _page(creditor, {"tone": [say(refusal)]})
    done(gettext("Saved. What runs is looked at once more under the new rule."))
    return see_other("client_relationship.show", creditor_public_id=creditor_public_id)


@blueprint.post("/clients/<creditor_public_id>/relationship/<rule_public_id>/end")
@may("client.edit")
def end(creditor_public_id: str, rule_public_id: str) -> ResponseReturnValue:
    """Let the client's general rule hold again."""
    with transaction():
        rules.end_rule(wanted(creditor_public_id).id, rule_public_id)
    done(gettext("Ended. The client's rule for all debtors holds again."))
    return see_other("client_relationship.show", creditor_public_id=creditor_public_id)


def _page(creditor: Creditor, errors: Errors | None = None) -> ResponseReturnValue:
    found = rules.list_rules(creditor.id)
    shown = values_of(rules.policy_of_client(creditor.id))
    debtors = list_debtors_by_id([rule.debtor_id for rule in found if rule.debtor_id])
    return page(
        "agency/clients/relationship.html",
        status=422 if errors else 200,
        creditor=creditor,
        tones=TONES,
        kinds=choices(DebtorKind),
        shown=shown,
        values=request.form if request.method == "POST" else shown,
        errors=errors or {},
        special=[
            (rule, debtors.get(rule.debtor_id or 0), [word(Way(way)) for way in rule.without])
            for rule in found
            if rule.debtor_kind or rule.debtor_id
        ],
    )
