"""The customers of a client: list, one customer, entering and changing them."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.care import customers, people, queries
from cases.care.models import AccountSource, Customer, PersonRole
from cases.care.services import is_ordered
from cases.care.words import FIELDS as LABELS
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.core.positions import position
from cases.parties.models import DebtorKind
from legal.errors import InvariantBroken
from portal.access import may
from portal.care.schemas import AccountSchema, CustomerSchema, PersonSchema
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, invalid, page, see_other
from portal.wording import choices

blueprint = Blueprint("care_customers", __name__, template_folder="../templates")
FORM = "customer"
REFUSED: dict[type[Refusal], str] = {
    people.IbanWrong: "iban",
    people.SeenAhead: "seen_on",
    customers.SameCustomer: "other",
}


def own_creditor_id() -> int:
    """The client whose people sign in here."""
    creditor_id = require_user().creditor_id
    if creditor_id is None:
        raise InvariantBroken("only people of a client see this")
    return creditor_id


def labels() -> dict[str, str]:
    """The fields of a customer by their names on the page."""
    return {name: gettext(word) for name, word in LABELS.items()}


@blueprint.get("/customers")
@may("own_customers.view")
def index() -> ResponseReturnValue:
    """The customers by name, searched by name or number; what stands twice."""
    creditor_id = own_creditor_id()
    words, archived = request.args.get("q", ""), request.args.get("show") == "archived"
    after = _after()
    found = queries.list_customers(creditor_id, words, after, queries.PAGE + 1, archived=archived)
    shown = found[: queries.PAGE]
    return page(
        "portal/care/index.html",
        ordered=is_ordered(creditor_id),
        customers=shown,
        query=words,
        archived=archived,
        count=queries.count_customers(creditor_id),
        duplicates=queries.list_duplicates(creditor_id),
        last=shown[-1] if len(found) > queries.PAGE else None,
    )


@blueprint.get("/customers/new")
@may("own_customer.edit")
def new() -> ResponseReturnValue:
    """The empty form."""
    return _form(None, {"country": "DE", "language": "de"}, {})


@blueprint.post("/customers/new")
@may("own_customer.edit")
def add() -> ResponseReturnValue:
    """Enter a customer; answers 422 with everything typed while something is wrong."""
    wish, errors = load_form(CustomerSchema(), request.form, labels())
    if wish is None:
        return _form(None, request.form, errors)
    with transaction():
        customer = customers.add_customer(own_creditor_id(), wish)
        key, same = customer.public_id, bool(queries.list_same_number(customer))
    done(
        gettext("Saved. Another customer has the same number: please look at both.")
        if same
        else gettext("Saved.")
    )
    return see_other("care_customers.show", customer_public_id=key)


@blueprint.get("/customers/<customer_public_id>")
@may("own_customers.view")
def show(customer_public_id: str) -> ResponseReturnValue:
    """One customer: data, people, bank details, what was changed."""
    return _show(queries.get_customer(customer_public_id), {}, {})


@blueprint.get("/customers/<customer_public_id>/edit")
@may("own_customer.edit")
def edit(customer_public_id: str) -> ResponseReturnValue:
    """The form with what is known."""
    customer = queries.get_customer(customer_public_id)
    return _form(customer, _values(customer), {})


@blueprint.post("/customers/<customer_public_id>/edit")
@may("own_customer.edit", as_house=True)
def save(customer_public_id: str) -> ResponseReturnValue:
    """Change a customer; who saves second is told who changed what meanwhile."""
    customer = queries.get_customer(customer_public_id)
    if customer.creditor_id != own_creditor_id():  # As the house, so no wall stands around it.
        raise NotFound
    wish, errors = load_form(CustomerSchema(), request.form, labels())
    if wish is None:
        return _form(customer, request.form, errors)
    try:
        with transaction():
            locked = customers.lock_customer(customer_public_id)
            record = ("customer", locked.id)
            require_unchanged(FORM, _values(locked), record, "customer.changed")
            customers.change_customer(customer_public_id, wish)
    except ChangedByOther as changed:
        return _form(customer, request.form, changed.errors)
    done(gettext("Saved."))
    return see_other("care_customers.show", customer_public_id=customer_public_id)


@blueprint.post("/customers/<customer_public_id>/people")
@may("own_customer.edit")
def add_person(customer_public_id: str) -> ResponseReturnValue:
    """Name somebody at a customer."""
    customer = queries.get_customer(customer_public_id)
    wish, errors = load_form(PersonSchema(), request.form, {"person_name": gettext("Name")})
    if wish is None:
        return _show(customer, request.form, errors)
    with transaction():
        people.add_person(customer_public_id, wish)
    done(gettext("Saved."))
    return see_other("care_customers.show", customer_public_id=customer_public_id)


@blueprint.post("/customers/<customer_public_id>/people/<customer_person_public_id>/end")
@may("own_customer.edit")
def end_person(customer_public_id: str, customer_person_public_id: str) -> ResponseReturnValue:
    """Somebody is no longer there."""
    with transaction():
        people.end_person(customer_public_id, customer_person_public_id)
    done(gettext("Ended. The name stays in the history."))
    return see_other("care_customers.show", customer_public_id=customer_public_id)


@blueprint.post("/customers/<customer_public_id>/accounts")
@may("own_customer.edit")
def see_account(customer_public_id: str) -> ResponseReturnValue:
    """Note bank details that were seen."""
    customer = queries.get_customer(customer_public_id)
    wish, errors = load_form(AccountSchema(), request.form, {"iban": gettext("IBAN")})
    if wish is None:
        return _show(customer, request.form, errors)
    try:
        with transaction():
            people.see_account(customer_public_id, wish)
    except (people.IbanWrong, people.SeenAhead) as refusal:
        return _show(customer, request.form, {REFUSED[type(refusal)]: [say(refusal)]})
    done(gettext("Saved."))
    return see_other("care_customers.show", customer_public_id=customer_public_id)


@blueprint.post("/customers/<customer_public_id>/bring-together")
@may("own_customer.edit")
def bring_together(customer_public_id: str) -> ResponseReturnValue:
    """Two customers are one: everything of this one goes over to the other."""
    with transaction():
        kept = customers.bring_together(customer_public_id, request.form.get("other", ""))
        key = kept.public_id
    done(gettext("Brought together. What was known of both stands here."))
    return see_other("care_customers.show", customer_public_id=key)


@blueprint.post("/customers/<customer_public_id>/lay-aside")
@may("own_customer.edit")
def lay_aside(customer_public_id: str) -> ResponseReturnValue:
    """Take a customer out of the lists."""
    with transaction():
        customers.lay_aside(customer_public_id)
    done(gettext("Laid aside. The customer stands under “Laid aside”."))
    return see_other("care_customers.index")


@blueprint.post("/customers/<customer_public_id>/take-up")
@may("own_customer.edit")
def take_up(customer_public_id: str) -> ResponseReturnValue:
    """Put a customer back into the lists."""
    with transaction():
        customers.take_up(customer_public_id)
    done(gettext("The customer stands in the lists again."))
    return see_other("care_customers.show", customer_public_id=customer_public_id)


def _values(customer: Customer) -> dict[str, Any]:
    return {name: getattr(customer, name) for name in customers.FIELDS}


def _form(customer: Customer | None, values: Any, errors: Errors) -> ResponseReturnValue:
    context = {
        "customer": customer,
        "ordered": is_ordered(own_creditor_id()),
        "values": values,
        "errors": errors,
        "kinds": choices(DebtorKind),
        "opened": opened(FORM, _values(customer)) if customer else "",
    }
    return (invalid if errors else page)("portal/care/form.html", **context)


def _show(customer: Customer, typed: Any, errors: Errors) -> ResponseReturnValue:
    merged = customer.merged_into_id
    return page(
        "portal/care/show.html",
        status=422 if errors else 200,
        customer=customer,
        ordered=is_ordered(customer.creditor_id),
        merged_into=queries.get_customer_by_id(merged) if merged else None,
        people=queries.list_people(customer.id),
        accounts=queries.list_accounts(customer.id),
        same=queries.list_same_number(customer),
        changes=queries.list_changes(customer.id),
        labels=labels(),
        roles=choices(PersonRole),
        sources=choices(AccountSource),
        values={"seen_on": clock.today(), "person_language": "de", **typed},
        errors=errors,
    )


def _after() -> tuple[str, int] | None:
    """The last customer seen, from the address; a damaged one begins anew."""
    name, number = request.args.get("name"), request.args.get("after", 0, type=position)
    return (name, number) if name and number else None
