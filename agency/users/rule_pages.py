"""Which roles need a second factor, and whether figures per person are shown: the house decides."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load

from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.people import rules
from cases.people.policy import Role
from portal.access import may
from portal.shell.errors import say
from portal.shell.forms import Day, load_form
from portal.shell.opened import ChangedByOther, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import choices


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the works council has agreed to."""

    agreed_on: date | None
    agreement: str | None


class AgreementSchema(Schema):
    """What the works council has agreed to."""

    agreed_on = Day(load_default=None)
    agreement = fields.String(load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Agreement:
        return Agreement(**data)


blueprint = Blueprint("user_rules", __name__)


@blueprint.get("/users/rules")
@may("settings.edit")
def show() -> ResponseReturnValue:
    """The roles, and which of them need one."""
    return _page()


@blueprint.post("/users/rules")
@may("settings.edit", proved=True)
def save() -> ResponseReturnValue:
    """Keep which roles need a second factor, from the next click on."""
    wanted = {Role(each) for each in request.form.getlist("role") if each in set(Role)}
    try:
        with transaction():
            rules.lock_rules()
            require_unchanged(
                "people_rules", shown(), ("people_rules", rules.ONLY_ROW), "people.rules_set"
            )
            rules.set_factor_roles(wanted)
    except ChangedByOther as told:
        return _page(told.errors)
    done(gettext("Saved. Whoever needs a second factor and has none sets one up first."))
    return see_other("user_rules.show")


@blueprint.post("/users/rules/agreement")
@may("settings.edit", proved=True)
def save_agreement() -> ResponseReturnValue:
    """Note whether the works council has agreed to figures per person."""
    wish, errors = load_form(AgreementSchema(), request.form)
    if wish is None:
        return _page(errors)
    try:
        with transaction():
            rules.lock_rules()
            require_unchanged("agreement", shown_agreement(),
                              ("people_rules", rules.ONLY_ROW), "people.agreement_set")  # fmt: skip
            rules.set_agreement(wish.agreed_on, wish.agreement)
    except ChangedByOther as told:
        return _page(told.errors)
    except Refusal as refusal:
        return _page({"agreed_on": [say(refusal)]})
    done(gettext("Saved."))
    return see_other("user_rules.show")


def shown_agreement() -> dict[str, object]:
    """The agreement as its form shows it."""
    agreed_on, note = rules.find_agreement() or (None, None)
    return {"agreed_on": agreed_on, "agreement": note}


def shown() -> dict[str, str]:
    """What the form shows, to see whether somebody changed it meanwhile."""
    return {"role": " ".join(sorted(rules.factor_roles()))}


def _page(errors: dict[str, list[str]] | None = None) -> ResponseReturnValue:
    chosen = request.form.getlist("role") if errors else list(rules.factor_roles())
    return page("agency/users/rules.html", status=422 if errors else 200, errors=errors or {},
                roles=choices(Role), chosen=chosen, shown=shown(),
                agreement=shown_agreement(),
                values=request.form if errors else shown_agreement())  # fmt: skip
