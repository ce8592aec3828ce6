"""Reminders in a client's own name: terms, list, invoices, and the page that would go out."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.own_name.schemas import ListSchema, TermsSchema, shown
from agency.refusals import at_field
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.core.files import FileTooLarge
from cases.core.mail.transport import is_set_up
from cases.parties.models import Creditor
from cases.parties.queries import find_creditor
from cases.strategies.own_name import services
from cases.strategies.own_name.letter import Invoice, html_of, set_letter
from cases.strategies.own_name.models import OwnNameItem
from cases.strategies.own_name.nightly import client_of
from cases.strategies.own_name.queries import count_items, list_items
from cases.strategies.own_name.rules import FRESH, LONGEST, Rules, Stage, read_rules
from portal.access import may
from portal.limits import costly
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("own_name", __name__)
FIELDS: dict[type[Refusal], str] = {
    services.AgreementMissing: "agreed_on",
    services.ClientMailMissing: "active",
    services.ListMissing: "file",
    services.ListDayWrong: "as_of",
    FileTooLarge: "file",
}
#: What a page that would go out is filled with.
EXAMPLE_CENTS = 119_00


@blueprint.get("/clients/<creditor_public_id>/own-name")
@may("client.view")
def show(creditor_public_id: str) -> ResponseReturnValue:
    """What was agreed, the latest list, what went out and what comes next."""
    return _show(_creditor(creditor_public_id), {}, {})


@blueprint.post("/clients/<creditor_public_id>/own-name")
@may("client.edit")
def save(creditor_public_id: str) -> ResponseReturnValue:
    """Say when reminders go out; answers 422 without an agreement."""
    creditor = _creditor(creditor_public_id)
    wish, errors = load_form(TermsSchema(), request.form)
    if wish is None:
        return _show(creditor, request.form, errors)
    try:
        with transaction():
            services.terms_of(creditor.id)
            require_unchanged("own_name", _values(creditor), ("creditor", creditor.id),
                              "own_name.set")  # fmt: skip
            services.set_terms(creditor, wish["agreed_on"], wish["rules"], active=wish["active"])
    except ChangedByOther as changed:
        return _show(creditor, request.form, changed.errors)
    except Refusal as refusal:
        return _show(creditor, request.form, at_field(refusal, FIELDS))
    done(gettext("Saved. It counts from the next night on."))
    return see_other("own_name.show", creditor_public_id=creditor_public_id)


@blueprint.post("/clients/<creditor_public_id>/own-name/list")
@may("client.edit")
def take_in(creditor_public_id: str) -> ResponseReturnValue:
    """Keep the client's list of open items; a worker reads it."""
    creditor = _creditor(creditor_public_id)
    wish, errors = load_form(ListSchema(), request.form, {"as_of": gettext("Day of the list")})
    if wish is None:
        return _show(creditor, request.form, errors)
    upload = request.files.get("file")
    data, name = (upload.stream.read(), upload.filename or "") if upload else (b"", "")
    as_of: date = wish["as_of"]
    try:
        with transaction():
            services.take_in_list(creditor.id, data, name, as_of)
    except Refusal as refusal:
        return _show(creditor, request.form, at_field(refusal, FIELDS))
    done(gettext("Taken in. A worker reads it; what it holds stands here in a moment."))
    return see_other("own_name.show", creditor_public_id=creditor_public_id)


@blueprint.post("/clients/<creditor_public_id>/own-name/<own_item_public_id>/ask")
@may("client.edit")
def ask(creditor_public_id: str, own_item_public_id: str) -> ResponseReturnValue:
    """The customer has a question: nothing goes out; answers 422 without it."""
    item, field = _item(creditor_public_id, own_item_public_id), f"note-{own_item_public_id}"
    try:
        with transaction():
            services.note_question(item, request.form.get(field, ""))
    except services.QuestionMissing as refusal:
        creditor = _creditor(creditor_public_id)
        return _show(creditor, request.form, at_field(refusal, {type(refusal): field}))
    done(gettext("Noted. Nothing goes out for this invoice until you let it go on."))
    return see_other("own_name.show", creditor_public_id=creditor_public_id)


@blueprint.post("/clients/<creditor_public_id>/own-name/<own_item_public_id>/rest")
@may("client.edit")
def rest(creditor_public_id: str, own_item_public_id: str) -> ResponseReturnValue:
    """Nothing goes out for this invoice."""
    with transaction():
        services.let_rest(_item(creditor_public_id, own_item_public_id))
    done(gettext("Nothing goes out for this invoice."))
    return see_other("own_name.show", creditor_public_id=creditor_public_id)


@blueprint.post("/clients/<creditor_public_id>/own-name/<own_item_public_id>/go-on")
@may("client.edit")
def go_on(creditor_public_id: str, own_item_public_id: str) -> ResponseReturnValue:
    """Reminders go on."""
    with transaction():
        services.go_on(_item(creditor_public_id, own_item_public_id))
    done(gettext("Reminders of this invoice go on."))
    return see_other("own_name.show", creditor_public_id=creditor_public_id)


@blueprint.get("/clients/<creditor_public_id>/own-name/preview")
@costly
@may("client.view")
def preview(creditor_public_id: str) -> Response:
    """The page as it would go out, with an invented invoice."""
    creditor, today = _creditor(creditor_public_id), clock.today()
    stage = Stage.AFTER if request.args.get("stage") == Stage.AFTER else Stage.BEFORE
    invoice = Invoice("RE-0000", today, today, EXAMPLE_CENTS, "EUR", gettext("Example customer"))
    pdf = set_letter(html_of(client_of(creditor), invoice, stage, creditor.language, today))
    return Response(pdf, mimetype="application/pdf")


def _creditor(public_id: str) -> Creditor:
    creditor = find_creditor(public_id)
    if creditor is None:
        raise NotFound
    return creditor


def _item(creditor_public_id: str, public_id: str) -> OwnNameItem:
    return services.get_item(_creditor(creditor_public_id).id, public_id)


def _values(creditor: Creditor) -> dict[str, Any]:
    terms = services.find_terms(creditor.id)
    if terms is None:
        return shown(None, Rules(), active=False)
    return shown(terms.agreed_on, read_rules(terms.rules), active=terms.active)


def _show(creditor: Creditor, typed: Any, errors: Errors) -> ResponseReturnValue:
    terms = services.find_terms(creditor.id)
    rules = read_rules(terms.rules) if terms else Rules()
    today = clock.today()
    return page(
        "agency/own_name/show.html",
        status=422 if errors else 200,
        creditor=creditor,
        terms=terms,
        is_fresh=bool(terms and terms.list_as_of and terms.list_as_of >= today - FRESH),
        may_mail=is_set_up(),
        values={**_values(creditor), "as_of": today, **typed},
        opened=opened("own_name", _values(creditor)),
        errors=errors,
        items=list_items(creditor.id, rules, today),
        counts=count_items(creditor.id),
        longest=LONGEST,
    )
