"""What a client's sales people see: whom not to deliver to on account, and nothing else."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.core.positions import position
from cases.recoveries.delivery_status import Customer, Delivery, list_customers
from legal.findings import N_
from portal.access import may
from portal.shell.pages import page

blueprint = Blueprint("own_customers", __name__, template_folder="../templates")
PAGE = 50
#: Word, kind of tag, icon, and what to do.
WORDS = {
    Delivery.BLOCKED: (
        N_("do not deliver on account"), "bad", "ban",
        N_("In court, insolvent, given up or an agreement broken: against prepayment only."),
    ),
    Delivery.AT_RISK: (
        N_("at risk"), "warn", "triangle-alert",
        N_("An earlier invoice is with us: ask bookkeeping before a larger delivery."),
    ),
    Delivery.CLEAR: (N_("nothing open"), "good", "check", N_("All that was with us is settled.")),
}  # fmt: skip


@blueprint.get("/customer-status")
@may("own_customers.view")
def index() -> ResponseReturnValue:
    """The company's customers that were handed in, with one word for each."""
    wanted = request.args.get("show", "")
    delivery = Delivery(wanted) if wanted in set(Delivery) else None
    found = list_customers(delivery, request.args.get("q", ""), _after(), PAGE + 1)
    shown = found[:PAGE]
    return page(
        "portal/company/customers.html",
        customers=[(one, *_words(one)) for one in shown],
        delivery=delivery,
        tabs=[(each, gettext(WORDS[each][0])) for each in Delivery],
        query=request.args.get("q", ""),
        last=shown[-1] if len(found) > PAGE else None,
    )


def _words(customer: Customer) -> tuple[str, str, str, str]:
    word, kind, icon, advice = WORDS[customer.delivery]
    return gettext(word), kind, icon, gettext(advice)


def _after() -> tuple[str, int] | None:
    """The last customer seen, from the address; a damaged one begins anew."""
    name, number = request.args.get("name"), request.args.get("after", 0, type=position)
    return (name, number) if name and number else None
