"""Who is reached at a debtor, what the organisation needs, and records that were one debtor."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import load_file
from agency.cases.similar import load_similar
from agency.contacts.people_schemas import REFUSABLE, CardSchema, PayerSchema, PersonSchema
from agency.refusals import at_field
from agency.wording import channel_word
from cases.claims import debtors
from cases.claims.merging import list_merges, merge_debtors, unmerge_debtors
from cases.claims.queries import DebtorInCase, get_case, list_debtors
from cases.claims.services import ReasonMissing
from cases.core.database import db, transaction
from cases.core.errors import Invalid, NotFound, Refusal
from cases.parties import debtor_contacts, profiles
from cases.parties.debtor_models import (
    DebtorProfile,
    DebtorRisk,
    DebtorRole,
    DebtorSize,
    Organisation,
    PayerType,
    PaymentOrder,
)
from cases.parties.models import Debtor
from cases.parties.phones import NumberWrong
from cases.parties.queries import find_debtor, get_debtor
from portal.access import may
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import choices

blueprint = Blueprint("debtor_people", __name__)

FIELDS: dict[type[Refusal], str] = {
    debtor_contacts.ContactNameMissing: "person_name",
    debtor_contacts.NoWayToReach: "person_phone",
    debtor_contacts.ContactEmailWrong: "person_email",
    debtor_contacts.ContactSourceMissing: "person_how_known",
    NumberWrong: "person_phone",
    profiles.RunDayWrong: "payment_run_days",
    profiles.HeadOfficeWrong: "head_office",
    profiles.PayerTypeReasonMissing: "payer_type_reason",
    ReasonMissing: "merge_why",
}
PEOPLE = "/cases/<case_public_id>/debtors/<debtor_public_id>/people"


@blueprint.get(PEOPLE)
@may("contact.log")
def show(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """People, card and records of a debtor."""
    return _show(case_public_id, _party(case_public_id, debtor_public_id), {}, {})


@blueprint.post(PEOPLE)
@may("contact.log")
def add(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """Note somebody to talk to; answers 422 if something is missing."""
    party = _party(case_public_id, debtor_public_id)
    wish, errors = load_form(PersonSchema(), request.form)
    if wish is not None:
        try:
            with transaction():
                debtors.add_person(get_case(case_public_id).id, debtor_public_id, wish)
        except Invalid as refusal:
            errors = at_field(refusal, FIELDS)
        else:
            done(gettext("Noted: %(name)s.", name=wish.name))
            return _back(case_public_id, debtor_public_id)
    return _show(case_public_id, party, request.form, errors)


@blueprint.post(f"{PEOPLE}/<person_public_id>/end")
@may("contact.log")
def end(case_public_id: str, debtor_public_id: str, person_public_id: str) -> ResponseReturnValue:
    """Somebody is not reached there any more."""
    with transaction():
        contact = debtor_contacts.get_debtor_contact(person_public_id)
        debtors.end_person(get_case(case_public_id).id, debtor_public_id, contact)
    done(gettext("Noted. The entry stays in the history."))
    return _back(case_public_id, debtor_public_id)


@blueprint.post("/cases/<case_public_id>/debtors/<debtor_public_id>/card")
@may("contact.log")
def save_card(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """Take over class and organisation; answers 422 if something cannot be read."""
    party = _party(case_public_id, debtor_public_id)
    card, errors = load_form(CardSchema(), request.form)
    if card is not None:
        try:
            with transaction():
                case_id = get_case(case_public_id).id
                debtors.lock_cases_of_debtor(case_id, debtor_public_id)
                db.session.expire_all()
                record = ("debtor", party.debtor.id)
                now = _card_values(party.debtor.id)
                require_unchanged("card", now, record, "debtor.profile_changed")
                debtors.set_debtor_card(case_id, debtor_public_id, card)
        except ChangedByOther as changed_by:
            errors = changed_by.errors
        except Invalid as refusal:
            errors = at_field(refusal, FIELDS)
        else:
            done(gettext("Card saved. It counts in all cases against this debtor."))
            return _back(case_public_id, debtor_public_id)
    return _show(case_public_id, party, request.form, errors)


@blueprint.post("/cases/<case_public_id>/debtors/<debtor_public_id>/payer-type")
@may("contact.log")
def save_payer_type(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """Say against the rules how the debtor pays, with the reason."""
    party = _party(case_public_id, debtor_public_id)
    wish, errors = load_form(PayerSchema(), request.form)
    if wish is not None:
        try:
            with transaction():
                case_id = get_case(case_public_id).id
                debtors.set_payer_type(case_id, debtor_public_id, *wish)
        except Invalid as refusal:
            errors = at_field(refusal, FIELDS)
        else:
            done(gettext("Payer type noted."))
            return _back(case_public_id, debtor_public_id)
    return _show(case_public_id, party, request.form, errors)


@blueprint.get("/cases/<case_public_id>/debtors/<debtor_public_id>/same")
@may("contact.log")
def compare(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """Two records side by side, before they are put together."""
    party = _party(case_public_id, debtor_public_id)
    return _compare(case_public_id, party, _other(request.args.get("other", "")), {}, {})


@blueprint.post("/cases/<case_public_id>/debtors/<debtor_public_id>/same")
@may("contact.log")
def merge(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """Put the other record into this one; answers 422 with why that cannot be."""
    party, other = _party(case_public_id, debtor_public_id), _other(request.form.get("other", ""))
    try:
        with transaction():
            merge_debtors(party.debtor.id, other.id, request.form.get("merge_why", ""))
    except Refusal as refusal:
        errors = at_field(refusal, FIELDS)
        return _compare(case_public_id, party, other, request.form, errors)
    done(gettext("Put together. It can be taken apart again, with everything as it was."))
    return _back(case_public_id, debtor_public_id)


@blueprint.post("/debtor-merges/<merge_public_id>/undo")
@may("contact.log")
def unmerge(merge_public_id: str) -> ResponseReturnValue:
    """Take two records apart; every row goes back to where it came from."""
    why = request.form.get("why", "").strip()
    with transaction():
        merged = unmerge_debtors(merge_public_id, why or gettext("Not the same debtor"))
        name = get_debtor(merged.merged_id).full_name
    done(gettext("Taken apart: the cases of %(name)s are that record's again.", name=name))
    return see_other("cases.index", q=name)


def _party(case_public_id: str, debtor_public_id: str) -> DebtorInCase:
    parties = list_debtors(get_case(case_public_id).id)
    found = next((one for one in parties if one.debtor.public_id == debtor_public_id), None)
    if found is None:
        raise NotFound
    return found


def _other(public_id: str) -> Debtor:
    found = find_debtor(public_id)
    if found is None:
        raise NotFound
    return found


def _back(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    return see_other(
        "debtor_people.show", case_public_id=case_public_id, debtor_public_id=debtor_public_id
    )


def _card_values(debtor_id: int) -> dict[str, Any]:
    profile = profiles.find_profile(debtor_id) or DebtorProfile(
        payment_run_days=[], opted_out=[], head_office_pays=False, minor=False,
        consent_reserved=False,
    )  # fmt: skip
    names = (
        "sector", "departments", "invoice_way", "portal_used", "order_number", "approver",
        "routing_id", "payment_order_reason",
    )  # fmt: skip
    codes = ("size", "risk", "organisation", "payment_order")
    head = get_debtor(profile.head_office_id) if profile.head_office_id else None
    public = {True: "1", False: "0", None: None}[profile.is_public]
    return {
        **{name: getattr(profile, name) for name in names},
        **{name: getattr(profile, name) and getattr(profile, name).value for name in codes},
        "is_public": public,
        "payment_run_days": ", ".join(str(day) for day in profile.payment_run_days) or None,
        "head_office": head.public_id if head else None,
        "head_office_pays": "1" if profile.head_office_pays else None,
        "minor": "1" if profile.minor else None,
        "consent_reserved": "1" if profile.consent_reserved else None,
        **{
            f"no_{channel.value}": "1" if channel.value in profile.opted_out else None
            for channel in REFUSABLE
        },
    }


def _show(
    case_public_id: str, party: DebtorInCase, values: Any, errors: Errors
) -> ResponseReturnValue:
    debtor = party.debtor
    profile = profiles.find_profile(debtor.id)
    shown = _card_values(debtor.id)
    merges = [(one, get_debtor(one.merged_id)) for one in list_merges(debtor.id)]
    return page(
        "agency/contacts/people.html",
        status=422 if errors else 200,
        file=load_file(case_public_id),
        party=party,
        profile=profile,
        people=debtor_contacts.list_debtor_contacts(debtor.id, earlier=True),
        organisation=profiles.organisation_of(debtor, profile),
        head_office=get_debtor(profile.head_office_id)
        if profile and profile.head_office_id
        else None,
        similar=load_similar([debtor.id]),
        merges=merges,
        opened=opened("card", shown),
        values=values or {**shown, "payer_type": profile and profile.payer_type},
        errors=errors,
        roles=choices(DebtorRole),
        sizes=choices(DebtorSize),
        risks=choices(DebtorRisk),
        organisations=choices(Organisation),
        payers=choices(PayerType),
        payment_orders=choices(PaymentOrder),
        channels=[(one.value, channel_word(one)) for one in REFUSABLE],
    )


def _compare(
    case_public_id: str, party: DebtorInCase, other: Debtor, values: Any, errors: Errors
) -> ResponseReturnValue:
    similar = load_similar([party.debtor.id])
    found = next((one for one in similar if one.found.debtor.id == other.id), None)
    return page(
        "agency/contacts/same.html",
        status=422 if errors else 200,
        file=load_file(case_public_id),
        party=party,
        other=other,
        other_address=found.found.address if found else None,
        other_cases=found.cases if found else [],
        values=values,
        errors=errors,
    )
