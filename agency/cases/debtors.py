"""A debtor's data, changed from the case: who he is, how he is reached, and what stood before."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load

from agency.cases.file import load_file
from agency.refusals import at_field
from cases.claims.debtors import (
    change_debtor,
    end_spokesperson,
    lock_cases_of_debtor,
    name_spokesperson,
    post_came_back,
)
from cases.claims.queries import DebtorInCase, get_case, list_debtors
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.errors import Invalid, NotFound, Refusal
from cases.parties import changes, spokespersons
from cases.parties.models import AddressSource, SpokespersonKind
from portal.access import may
from portal.shell.forms import Day, Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import choices

blueprint = Blueprint("debtors", __name__)

FIELDS: dict[type[Refusal], str] = {
    changes.NameMissing: "name",
    changes.EmailWrong: "email",
    changes.SourceMissing: "how_known",
    changes.AddressIncomplete: "postcode",
    changes.CameBackInFuture: "came_back_on",
    spokespersons.SpokespersonIncomplete: "spokesperson_name",
    spokespersons.SpokespersonSourceMissing: "spokesperson_how_known",
}
#: Fields of this form begin with it, because the debtor's own have the same names.
OWN = "spokesperson_"


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody knows of a debtor now, and from where."""

    person: changes.Person
    place: changes.Place
    how_known: str
    source: AddressSource


class DebtorSchema(Schema):
    """The whole form; what did not change is left as it is."""

    name = fields.String(load_default="")
    given_name = fields.String(load_default=None)
    salutation = fields.String(load_default=None)
    legal_form = fields.String(load_default=None)
    representative = fields.String(load_default=None)
    contact = fields.String(load_default=None)
    email = fields.String(load_default=None)
    phone = fields.String(load_default=None)
    street = fields.String(load_default="")
    postcode = fields.String(load_default="")
    city = fields.String(load_default="")
    country = fields.String(load_default="DE")
    care_of = fields.String(load_default=None)
    how_known = fields.String(load_default="")
    source = fields.Enum(AddressSource, by_value=True, load_default=AddressSource.CREDITOR)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Known:
        how_known, source = data.pop("how_known"), data.pop("source")
        place = {name: data.pop(name) for name in ("street", "postcode", "city", "care_of")}
        country = str(data.pop("country")).strip().upper()[:2]
        return Known(
            changes.Person(**data), changes.Place(country=country, **place), how_known, source
        )


class CameBackSchema(Schema):
    """The day on which post came back."""

    came_back_on = Day(required=True)


class SpokespersonSchema(Schema):
    """Who speaks for the debtor from now on."""

    kind = fields.Enum(SpokespersonKind, by_value=True, required=True)
    name = fields.String(load_default="")
    street = fields.String(load_default="")
    postcode = fields.String(load_default="")
    city = fields.String(load_default="")
    country = fields.String(load_default="DE")
    phone = fields.String(load_default=None)
    email = fields.String(load_default=None)
    reference = fields.String(load_default=None)
    papers_seen_on = Day(load_default=None)
    how_known = fields.String(load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> spokespersons.SpokespersonWish:
        return spokespersons.SpokespersonWish(**data)


@blueprint.get("/cases/<case_public_id>/debtors/<debtor_public_id>")
@may("contact.log")
def edit(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """What we know of a debtor, to be changed."""
    party = _party(case_public_id, debtor_public_id)
    return _form(case_public_id, party, _values(party), {})


@blueprint.post("/cases/<case_public_id>/debtors/<debtor_public_id>")
@may("contact.log")
def save(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """Take over what changed; answers 422 if something is missing."""
    party = _party(case_public_id, debtor_public_id)
    known, errors = load_form(DebtorSchema(), request.form)
    if known is None:
        return _form(case_public_id, party, request.form, errors)
    try:
        with transaction():
            case_id = get_case(case_public_id).id
            lock_cases_of_debtor(case_id, debtor_public_id)
            db.session.expire_all()
            now = _shown(_party(case_public_id, debtor_public_id))
            require_unchanged("debtor", now, ("debtor", party.debtor.id), "debtor.changed")
            changed = change_debtor(
                case_id, debtor_public_id, known.person, known.place, known.how_known, known.source
            )
    except ChangedByOther as changed_by:
        return _form(case_public_id, party, request.form, changed_by.errors)
    except Invalid as refusal:
        return _form(case_public_id, party, request.form, at_field(refusal, FIELDS))
    done(gettext("Debtor changed. What stood before is kept.") if changed
         else gettext("Nothing has changed."))  # fmt: skip
    return see_other("cases.show", case_public_id=case_public_id)


@blueprint.post("/cases/<case_public_id>/debtors/<debtor_public_id>/post-came-back")
@may("contact.log")
def came_back(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """Note that post came back; the case stands still until an address is known."""
    party = _party(case_public_id, debtor_public_id)
    labels = {"came_back_on": gettext("Post came back on")}
    wish, errors = load_form(CameBackSchema(), request.form, labels)
    day: date | None = wish["came_back_on"] if wish else None
    if day is not None:
        try:
            with transaction():
                post_came_back(get_case(case_public_id).id, debtor_public_id, day)
        except Invalid as refusal:
            errors = at_field(refusal, FIELDS)
        else:
            done(gettext("Noted. The case stands still until the address is known."))
            return see_other("cases.show", case_public_id=case_public_id)
    return _form(case_public_id, party, {**_values(party), **request.form}, errors)


@blueprint.post("/cases/<case_public_id>/debtors/<debtor_public_id>/spokesperson")
@may("contact.log")
def speak(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """Letters and calls go to whoever speaks for the debtor; 422 if something is missing."""
    party = _party(case_public_id, debtor_public_id)
    typed = {key.removeprefix(OWN): v for key, v in request.form.items() if key.startswith(OWN)}
    wish, wrong = load_form(SpokespersonSchema(), typed)
    errors: Errors = {f"{OWN}{name}": said for name, said in (wrong or {}).items()}
    if wish is not None:
        try:
            with transaction():
                name_spokesperson(get_case(case_public_id).id, debtor_public_id, wish)
        except Invalid as refusal:
            errors = at_field(refusal, FIELDS)
        else:
            done(gettext("Noted. Letters and calls go there from now on."))
            return see_other("cases.show", case_public_id=case_public_id)
    return _form(case_public_id, party, {**_values(party), **request.form}, errors)


@blueprint.post("/cases/<case_public_id>/debtors/<debtor_public_id>/speaks-himself")
@may("contact.log")
def speak_himself(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """Nobody speaks for the debtor any more."""
    with transaction():
        end_spokesperson(get_case(case_public_id).id, debtor_public_id)
    done(gettext("Noted. Letters and calls go to the debtor again."))
    return see_other("cases.show", case_public_id=case_public_id)


@blueprint.post("/cases/<case_public_id>/debtors/<debtor_public_id>/mailbox-good")
@may("contact.log")
def mailbox_good(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """Somebody knows better: the mailbox that mail came back from takes it again."""
    party = _party(case_public_id, debtor_public_id)
    with transaction():
        lock_cases_of_debtor(get_case(case_public_id).id, debtor_public_id)
        changes.mark_mailbox(party.debtor.id, party.debtor.email or "", None)
    done(gettext("Noted. E-mails go there again."))
    return see_other("debtors.edit", case_public_id=case_public_id,
                     debtor_public_id=debtor_public_id)  # fmt: skip


def _party(case_public_id: str, debtor_public_id: str) -> DebtorInCase:
    parties = list_debtors(get_case(case_public_id).id)
    found = next((one for one in parties if one.debtor.public_id == debtor_public_id), None)
    if found is None:
        raise NotFound
    return found


def _values(party: DebtorInCase) -> dict[str, Any]:
    return {**_shown(party), "came_back_on": clock.today()}


def _shown(party: DebtorInCase) -> dict[str, Any]:
    names = (
        "name", "given_name", "salutation", "legal_form", "representative", "contact", "email",
        "phone",
    )  # fmt: skip
    values = {name: getattr(party.debtor, name) for name in names}
    if party.address is not None:
        parts = ("street", "postcode", "city", "country", "care_of")
        values |= {name: getattr(party.address, name) for name in parts}
    return values


def _form(
    case_public_id: str, party: DebtorInCase, values: Any, errors: Errors
) -> ResponseReturnValue:
    return page(
        "agency/cases/debtor.html",
        status=422 if errors else 200,
        file=load_file(case_public_id),
        party=party,
        opened=opened("debtor", _shown(party)),
        sources=choices(AddressSource),
        spokesperson_kinds=choices(SpokespersonKind),
        history=changes.list_changes(party.debtor.id),
        values=values,
        errors=errors,
    )
