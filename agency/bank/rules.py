"""Rules for ordinary lines of the bank: looked at with their hits, then made; withdrawn."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from marshmallow import Schema, fields, post_load

from agency.bank.words import WORDS
from agency.refusals import at_field
from cases.core.database import db, transaction
from cases.core.errors import Conflict, Refusal
from cases.payments.rules import services
from cases.payments.rules.models import RuleKind
from cases.payments.rules.queries import get_rule, list_booked_by, list_rules, try_out
from cases.payments.rules.wish import RuleWish
from cases.people.policy import Permission
from portal.access import may
from portal.login import require_user
from portal.shell.forms import Amount, Errors, load_form
from portal.shell.pages import done, invalid, page, see_other
from portal.wording import VOCABULARY

blueprint = Blueprint("bank_rules", __name__)
FIELDS: dict[type[Refusal], str] = {
    services.RuleSaysTooLittle: "words",
    services.RuleIbanWrong: "iban",
    services.RuleLimitMissing: "most_cents",
    services.RuleKnown: "words",
}


class RuleSchema(Schema):
    """A rule as typed."""

    kind = fields.Enum(RuleKind, by_value=True, required=True)
    most_cents = Amount(required=True)
    name = fields.String(load_default="")
    iban = fields.String(load_default="")
    words = fields.String(load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RuleWish:
        """What the rules' services take."""
        return RuleWish(**data)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return WORDS


@blueprint.get("/bank/rules")
@may("payment.view")
def index() -> ResponseReturnValue:
    """All rules, and a new one with what it would book, once its form was looked at."""
    if "look" not in request.args:
        return _page(request.args, {}, None)
    wish, errors = _typed(request.args)
    if wish is not None:
        try:
            services.check_rule(wish)
        except Refusal as refused:
            wish, errors = None, at_field(refused, FIELDS)
    return _page(request.args, errors, wish)


@blueprint.post("/bank/rules")
@may("payment.assign")
def make() -> ResponseReturnValue:
    """Make the rule and book what lies open."""
    wish, errors = _typed(request.form)
    if wish is None:
        return _page(request.form, errors, None)
    try:
        with transaction():
            rule, booked = services.make_rule(wish)
            public_id = rule.public_id
    except Refusal as refused:
        db.session.expire_all()
        return _page(request.form, at_field(refused, FIELDS), None)
    done(
        ngettext(
            "The rule is in force; %(num)d open line was booked",
            "The rule is in force; %(num)d open lines were booked",
            booked,
        )
    )
    return see_other("bank_rules.show", rule_id=public_id)


@blueprint.get("/bank/rules/<rule_id>")
@may("payment.view")
def show(rule_id: str) -> ResponseReturnValue:
    """One rule with the lines that it booked."""
    return _one(rule_id, {})


@blueprint.post("/bank/rules/<rule_id>/withdraw")
@may("payment.assign")
def withdraw(rule_id: str) -> ResponseReturnValue:
    """The rule books nothing any more."""
    try:
        with transaction():
            services.withdraw_rule(rule_id)
    except Conflict as refused:
        db.session.expire_all()
        return _one(rule_id, at_field(refused, {}))
    done(gettext("The rule is withdrawn; what it booked stays booked"))
    return see_other("bank_rules.index")


def _typed(values: Mapping[str, Any]) -> tuple[RuleWish | None, Errors]:
    labels = {"kind": gettext("What are these lines?"), "most_cents": gettext("At most")}
    return load_form(RuleSchema(), values, labels)


def _one(rule_id: str, errors: Errors) -> ResponseReturnValue:
    rule = get_rule(rule_id)
    return (invalid if errors else page)(
        "agency/bank/rule.html",
        rule=rule,
        errors=errors,
        entries=list_booked_by(rule),
        may_assign=require_user().may(Permission.PAYMENT_ASSIGN),
    )


def _page(values: Mapping[str, Any], errors: Errors, wish: RuleWish | None) -> ResponseReturnValue:
    return (invalid if errors else page)(
        "agency/bank/rules.html",
        rules=list_rules(),
        values=values,
        errors=errors,
        wish=wish,
        trial=try_out(wish) if wish else None,
        kinds=VOCABULARY.choices(RuleKind),
        may_assign=require_user().may(Permission.PAYMENT_ASSIGN),
    )
