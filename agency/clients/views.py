"""Clients: the list, a client's page with master data, people, bank details and history."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.clients import words
from agency.clients.schemas import BankSchema, ClientSchema, ContactSchema, RepresentativeSchema
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.core.positions import number_of
from cases.parties import clients
from cases.parties.client_history import Change, list_changes
from cases.parties.models import ContactRole, Creditor
from cases.parties.queries import find_creditor
from cases.people.approvals import find_open
from cases.people.services import get_user
from cases.remittances.versions import list_versions
from portal.access import may
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import choices, word

blueprint = Blueprint("clients", __name__)
PAGE = 50


@blueprint.get("/clients")
@may("client.view")
def index() -> ResponseReturnValue:
    """All clients by name, found by name, city, register number, VAT number or IBAN."""
    archived = request.args.get("show") == "archived"
    name, _sign, last = request.args.get("after", "").rpartition("_")
    number = number_of(last)
    after = None if number is None else (name, number)
    query = request.args.get("q", "")[:100]
    found = clients.list_clients(query, archived=archived, after=after, limit=PAGE + 1)
    shown = found[:PAGE]
    return page(
        "agency/clients/index.html",
        clients=shown,
        versions={one.id: list_versions(one.id) for one in shown},
        query=query,
        archived=archived,
        counts=[clients.count_clients(archived=each) for each in (False, True)],
        after=f"{shown[-1].sort_name}_{shown[-1].id}" if len(found) > PAGE else None,
    )


@blueprint.get("/clients/new")
@may("client.edit")
def new() -> ResponseReturnValue:
    """The form for a new client."""
    return page("agency/clients/new.html", values={"country": "DE", "language": "de"}, errors={})


@blueprint.post("/clients/new")
@may("client.edit")
def create() -> ResponseReturnValue:
    """Enter a client; its contract comes next."""
    fields, errors = load_form(ClientSchema(), request.form)
    if fields is not None:
        try:
            with transaction():
                public_id = clients.add_client(**fields).public_id
        except clients.ClientKnown as refusal:
            errors = {"name": [say(refusal)]}
        else:
            done(gettext("Entered. Next comes the contract: without one no claim can be worked."))
            return see_other("client_contracts.show", creditor_public_id=public_id)
    return page("agency/clients/new.html", status=422, values=request.form, errors=errors)


@blueprint.get("/clients/<creditor_public_id>")
@may("client.view")
def show(creditor_public_id: str) -> ResponseReturnValue:
    """Everything about one client but the contract."""
    return client_page(wanted(creditor_public_id))


@blueprint.post("/clients/<creditor_public_id>")
@may("client.edit")
def save(creditor_public_id: str) -> ResponseReturnValue:
    """Change master data."""
    creditor = wanted(creditor_public_id)
    fields, errors = load_form(ClientSchema(), request.form)
    if fields is None:
        return client_page(creditor, errors, request.form)
    return _act(
        creditor,
        lambda: _change(creditor.id, fields),
        gettext("Saved."),
        "name",
        request.form,
    )


@blueprint.post("/clients/<creditor_public_id>/bank")
@may("client.edit", proved=True)
def propose_bank(creditor_public_id: str) -> ResponseReturnValue:
    """Propose new bank details; a second person confirms them."""
    creditor = wanted(creditor_public_id)
    form, errors = load_form(BankSchema(), request.form)
    if form is None:
        return client_page(creditor, errors, request.form)
    return _act(
        creditor,
        lambda: clients.propose_bank(creditor.id, form["iban"], form["reason"]),
        gettext("Proposed. A second person has to confirm it; until then the old account counts."),
        "iban",
        request.form,
    )


@blueprint.post("/clients/<creditor_public_id>/contacts")
@may("client.edit")
def add_contact(creditor_public_id: str) -> ResponseReturnValue:
    """Note a person to talk to."""
    creditor = wanted(creditor_public_id)
    form, errors = load_form(ContactSchema(), request.form)
    if form is None:
        return client_page(creditor, errors, request.form)
    return _act(
        creditor,
        lambda: clients.add_contact(
            creditor.id, form["contact_role"], form["contact_name"], form["contact_phone"],
            form["contact_email"],
        ),
        gettext("Saved."),
    )  # fmt: skip


@blueprint.post("/clients/<creditor_public_id>/contacts/<person_public_id>/end")
@may("client.edit")
def end_contact(creditor_public_id: str, person_public_id: str) -> ResponseReturnValue:
    """Note that a person is no longer to be talked to."""
    creditor = wanted(creditor_public_id)
    return _act(
        creditor, lambda: clients.end_contact(creditor.id, person_public_id), gettext("Ended.")
    )


@blueprint.post("/clients/<creditor_public_id>/representatives")
@may("client.edit")
def add_representative(creditor_public_id: str) -> ResponseReturnValue:
    """Note who represents the client by law."""
    creditor = wanted(creditor_public_id)
    form, errors = load_form(RepresentativeSchema(), request.form)
    if form is None:
        return client_page(creditor, errors, request.form)
    return _act(
        creditor,
        lambda: clients.set_representative(
            creditor.id, form["representative_name"], form["function"]
        ),
        gettext("Saved. Letters and court name the representatives of today."),
    )


@blueprint.post("/clients/<creditor_public_id>/representatives/<person_public_id>/end")
@may("client.edit")
def end_representative(creditor_public_id: str, person_public_id: str) -> ResponseReturnValue:
    """Note that somebody no longer represents the client."""
    creditor = wanted(creditor_public_id)
    return _act(
        creditor,
        lambda: clients.end_representative(creditor.id, person_public_id),
        gettext("Ended."),
    )


@blueprint.post("/clients/<creditor_public_id>/archive")
@may("client.edit")
def archive(creditor_public_id: str) -> ResponseReturnValue:
    """Take no new claims of this client."""
    creditor = wanted(creditor_public_id)
    sentence = gettext("Archived. What runs goes on; new claims are no longer taken.")
    return _act(creditor, lambda: clients.archive_client(creditor.id), sentence)


@blueprint.post("/clients/<creditor_public_id>/take-back")
@may("client.edit")
def take_back(creditor_public_id: str) -> ResponseReturnValue:
    """Take claims of an archived client again."""
    creditor = wanted(creditor_public_id)
    return _act(creditor, lambda: clients.take_back_client(creditor.id), gettext("Taken back."))


def _change(creditor_id: int, fields: dict[str, Any]) -> None:
    now = _master(clients.lock_client(creditor_id))
    require_unchanged("client", now, ("creditor", creditor_id), "creditor.changed")
    clients.change_client(creditor_id, fields)


def _master(creditor: Creditor) -> dict[str, Any]:
    return {name: getattr(creditor, name) for name in clients.MASTER}


def wanted(creditor_public_id: str) -> Creditor:
    """The client of the address; raises NotFound."""
    creditor = find_creditor(creditor_public_id)
    if creditor is None:
        raise NotFound
    return creditor


def _act(
    creditor: Creditor, act: Callable[[], Any], sentence: str, field: str = "_form",
    values: Any = None,
) -> ResponseReturnValue:  # fmt: skip
    public_id = creditor.public_id
    try:
        with transaction():
            act()
    except NotFound:
        raise
    except ChangedByOther as changed:
        return client_page(wanted(public_id), changed.errors, values)
    except Refusal as refusal:
        return client_page(wanted(public_id), {field: [say(refusal)]}, values)
    done(sentence)
    return see_other("clients.show", creditor_public_id=public_id)


def client_page(
    creditor: Creditor, errors: Errors | None = None, values: Any = None
) -> ResponseReturnValue:
    """The page of one client, perhaps with what could not be taken."""
    return page(
        "agency/clients/show.html",
        status=422 if errors else 200,
        creditor=creditor,
        values=values or _master(creditor),
        opened=opened("client", _master(creditor)),
        errors=errors or {},
        contacts=clients.list_contacts(creditor.id),
        representatives=clients.list_representatives(creditor.id),
        contact_roles=choices(ContactRole),
        role_word=word,
        waiting=find_open(clients.CLIENT_BANK, creditor.id),
        is_paid_to=clients.is_paid_to(creditor),
        waiting_days=clients.WAITING_DAYS,
        versions=list_versions(creditor.id),
        changes=[_shown(change) for change in list_changes(creditor.id)],
    )


def _shown(change: Change) -> dict[str, Any]:
    """One line of the history in words: pairs of before and after, field by field."""
    return {
        "at": change.at,
        "who": get_user(change.actor_id).name if change.actor_id else gettext("The program"),
        "what": gettext(words.ACTIONS.get(change.action, change.action)),
        "fields": [
            (gettext(words.FIELDS[name]), value[0] or "–", value[1] or "–")
            for name, value in sorted(change.detail.items())
            if name in words.FIELDS and isinstance(value, list)
        ],
    }
