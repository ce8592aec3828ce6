"""Calls, visits and messages: what was said, and what came of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from agency.calls.brief import load_brief
from agency.cases.contact_schemas import (
    NOTHING,
    WRITTEN_OUTCOMES,
    ContactSchema,
    Logged,
    MessageSchema,
)
from agency.cases.file import CaseFile, load_file
from agency.contacts.attachments import FILE_FIELDS, Attached, attached, keep_file
from agency.refusals import at_field
from cases.claims.queries import get_case, get_case_by_id, list_debtors
from cases.contacts import errors as refused
from cases.contacts.catalogue import outcomes_of
from cases.contacts.commitments import keep_commitment
from cases.contacts.learning import learn
from cases.contacts.models import (
    ContactChannel,
    ContactDirection,
    ContactOutcome,
    NonPaymentReason,
)
from cases.contacts.queries import last_objection_of, list_open_commitments
from cases.contacts.requests import RequestKind
from cases.contacts.services import ContactDetails, log_contact
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.core.positions import iso_moment
from cases.ledger.queries import statement
from cases.parties.debtor_contacts import find_debtor_contact
from cases.parties.debtor_models import DebtorContact, DebtorRole
from cases.parties.phones import NumberWrong
from cases.parties.profiles import find_profile, next_run
from cases.payments.cash.errors import CashAmountMissing
from cases.payments.cash.services import CashGiven
from cases.people.policy import Permission
from cases.worklist.services import take_next
from portal.access import may
from portal.login import require_user
from portal.shell.formatting import day as day_words
from portal.shell.forms import Errors, load_form
from portal.shell.pages import done, page, see_other
from portal.wording import choices, word

blueprint = Blueprint("contacts", __name__)

FRIDAY = 4
#: A call may take this long; the hours count when it began.
LONGEST_CALL = timedelta(hours=2)
FIELDS: dict[type[Refusal], str] = {
    refused.OutcomeMissing: "outcome",
    refused.NonPaymentReasonMissing: "reason",
    refused.IdentityNotConfirmed: "identity",
    refused.PromiseIncomplete: "promise_amount",
    refused.PromiseTooHigh: "promise_amount",
    refused.PromiseInPast: "promise_on",
    refused.CallBackIncomplete: "call_back_on",
    refused.DueInPast: "call_back_on",
    refused.ApproachNotAllowed: "direction",
    refused.OverrideNotAllowed: "override_because",
    refused.AddressUnfinished: "new_street",
    NumberWrong: "new_phone",
    CashAmountMissing: "cash_amount",
    refused.HappenedLater: "happened_on",
    **FILE_FIELDS,
}


@blueprint.get("/cases/<case_public_id>/call")
@may("contact.log")
def call(case_public_id: str) -> ResponseReturnValue:
    """A call: who is on the phone first, then what comes of it."""
    return _call(case_public_id, {}, _prefilled(case_public_id))


@blueprint.post("/cases/<case_public_id>/call")
@may("contact.log")
def save_call(case_public_id: str) -> ResponseReturnValue:
    """Log a call; answers 422 when something is missing, or when nobody may be called now."""
    schema = ContactSchema(ContactChannel.PHONE, gettext("Call back"))
    logged, errors = load_form(schema, request.form, _labels())
    if logged is not None:
        began_at = _began_at()
        took = int((clock.now() - began_at).total_seconds())
        began = replace(logged.details, happened_at=began_at, seconds=took or None)
        errors = _log(case_public_id, replace(logged, details=began))
    if errors or logged is None:
        return _call(case_public_id, errors, request.form)
    return _onward(case_public_id, logged)


@blueprint.get("/cases/<case_public_id>/visit")
@may("contact.log")
def visit(case_public_id: str) -> ResponseReturnValue:
    """A visit at the debtor's."""
    return _visit(case_public_id, {}, _prefilled(case_public_id))


@blueprint.post("/cases/<case_public_id>/visit")
@may("contact.log")
def save_visit(case_public_id: str) -> ResponseReturnValue:
    """Log a visit; answers 422 when something is missing."""
    schema = ContactSchema(ContactChannel.VISIT, gettext("Call back"))
    logged, errors = load_form(schema, request.form, _labels())
    errors = errors or (_log(case_public_id, logged) if logged else {})
    if errors or logged is None:
        return _visit(case_public_id, errors, request.form)
    return _onward(case_public_id, logged)


@blueprint.get("/cases/<case_public_id>/message")
@may("contact.log")
def message(case_public_id: str) -> ResponseReturnValue:
    """A letter, e-mail or SMS that came in."""
    came_in = {"direction": ContactDirection.INBOUND.value}
    return _message(case_public_id, {}, {**_prefilled(case_public_id), **came_in})


@blueprint.post("/cases/<case_public_id>/message")
@may("contact.log")
def save_message(case_public_id: str) -> ResponseReturnValue:
    """Log a message; answers 422 when something is missing."""
    logged, errors = load_form(MessageSchema(), request.form, _labels())
    errors = errors or (_log(case_public_id, logged, attached()) if logged else {})
    if errors or logged is None:
        return _message(case_public_id, errors, request.form)
    done(gettext("Message logged."))
    if logged.details.outcome is ContactOutcome.OBJECTION:
        return _to_objection(case_public_id)
    return see_other("cases.show", case_public_id=case_public_id)


def _log(case_public_id: str, logged: Logged, file: Attached | None = None) -> Errors:
    try:
        with transaction():
            case = get_case(case_public_id)
            details = replace(
                logged.details, file_id=keep_file(file), contact=_person_called(case.id)
            )
            _require_may_override(details)
            if logged.learned:
                how = gettext("Call of %(day)s", day=day_words(clock.today()))
                learn(case.id, list_debtors(case.id)[0].debtor, logged.learned, how)
            log_contact(
                case.id,
                details,
                promise=logged.promise,
                commitment=logged.commitment,
                follow_up=logged.follow_up,
                cash=CashGiven(logged.cash_cents or 0, logged.details.person or ""),
                hours=current_app.config["CALLING_HOURS"],
            )
            kept = set(request.form.getlist("kept"))
            for commitment in list_open_commitments(case.id):
                if commitment.public_id in kept:
                    keep_commitment(commitment)
    except Refusal as refusal:
        fields = FIELDS
        if isinstance(refusal, refused.DueInPast) and logged.commitment is None:
            fields = {**fields, refused.DueInPast: "follow_up_on"}
        if logged.details.channel is ContactChannel.VISIT:
            fields = {**fields, refused.ApproachNotAllowed: "happened_on"}
        elif logged.details.channel is not ContactChannel.PHONE:
            fields = {
                **fields,
                refused.HappenedLater: "received_on",
                refused.ApproachNotAllowed: "direction",
            }
        return at_field(refusal, fields)
    return {}


def _require_may_override(details: ContactDetails) -> None:
    """A soft rule is set aside by those who may, and by nobody else."""
    if details.overridden_because and not require_user().may(Permission.CONTACT_OVERRIDE):
        raise refused.OverrideNotAllowed


def _person_called(case_id: int) -> DebtorContact | None:
    """The person at the debtor whom the form names; one of another debtor is nobody."""
    public_id = request.form.get("called", "")
    debtor_ids = {party.debtor.id for party in list_debtors(case_id)}
    found = find_debtor_contact(public_id) if public_id else None
    return found if found and found.debtor_id in debtor_ids else None


def _onward(case_public_id: str, logged: Logged) -> Response:
    """After an objection its details; else the next case, or back to this one."""
    if logged.details.outcome is ContactOutcome.OBJECTION:
        return _to_objection(case_public_id)
    done(gettext("Contact logged: %(outcome)s.", outcome=word(logged.details.outcome)))
    if request.form.get("then") != "next":
        return see_other("cases.show", case_public_id=case_public_id)
    with transaction():
        item = take_next(require_user().user_id)
        case_id = item.case_id if item else None
    if case_id is None:
        return see_other("worklist.show")
    return see_other("cases.show", case_public_id=get_case_by_id(case_id).public_id)


def _to_objection(case_public_id: str) -> Response:
    """The form of the objection; it finds the words in the log, no address carries them."""
    said = last_objection_of(get_case(case_public_id).id)
    source = f"contact:{said.public_id}" if said and said.public_id else None
    return see_other("objections.new", case_public_id=case_public_id, source=source)


def _call(case_public_id: str, errors: Errors, values: Any) -> ResponseReturnValue:
    file = load_file(case_public_id)
    asked = request.values
    brief = load_brief(
        file,
        asked.get("called", ""),
        asked.get("guide_reason", ""),
        himself=asked.get("himself") == "1",
    )
    return page(
        "agency/calls/call.html",
        status=422 if errors else 200,
        brief=brief,
        obstacle=brief.approach.obstacle,
        began_at=values.get("began_at") or clock.now().isoformat(),
        requests=choices(RequestKind),
        roles=choices(DebtorRole),
        **_contact_context(file, errors, values),
    )


def _visit(case_public_id: str, errors: Errors, values: Any) -> ResponseReturnValue:
    return page(
        "agency/cases/visit.html",
        status=422 if errors else 200,
        **_contact_context(load_file(case_public_id), errors, values, ContactChannel.VISIT),
    )


def _message(case_public_id: str, errors: Errors, values: Any) -> ResponseReturnValue:
    written = (
        ContactChannel.EMAIL, ContactChannel.LETTER, ContactChannel.SMS, ContactChannel.PORTAL,
        ContactChannel.PAGE,
    )  # fmt: skip
    return page(
        "agency/cases/message.html",
        status=422 if errors else 200,
        channels=[(channel.value, word(channel)) for channel in written],
        said=[
            *((outcome.value, word(outcome), None) for outcome in WRITTEN_OUTCOMES),
            (NOTHING, gettext("nothing to do, only to be kept"), None),
        ],
        roles=choices(DebtorRole),
        requests=choices(RequestKind),
        **_contact_context(load_file(case_public_id), errors, values),
    )


def _contact_context(
    file: CaseFile, errors: Errors, values: Any, channel: ContactChannel = ContactChannel.PHONE
) -> dict[str, Any]:
    return {
        "file": file,
        "errors": errors,
        "values": values,
        "outcomes": [(outcome.value, word(outcome), None) for outcome in outcomes_of(channel)],
        "reasons": choices(NonPaymentReason),
        "directions": choices(ContactDirection),
    }


def _prefilled(case_public_id: str) -> dict[str, Any]:
    """A promise usually covers everything, by next Friday."""
    case_id = get_case(case_public_id).id
    # Where the days of the payment run are known, money comes on one of them.
    run = next_run(find_profile(list_debtors(case_id)[0].debtor.id), clock.today())
    friday = run or next_friday(clock.today())
    owed = statement(case_id, friday)
    outcome = request.args.get("outcome", "")
    return {
        "direction": ContactDirection.OUTBOUND.value,
        "outcome": outcome if outcome in set(ContactOutcome) else None,
        "promise_amount": owed.open_cents,
        "promise_on": friday,
    }


def next_friday(today: date) -> date:
    """The Friday that people mean by it: never today."""
    return today + timedelta(days=(FRIDAY - today.weekday() - 1) % 7 + 1)


def _began_at() -> datetime:
    """When the call began, as its page says; never in the future or long ago."""
    now = clock.now()
    try:
        began_at = iso_moment(request.form.get("began_at", ""))
        known = began_at.tzinfo is not None and now - LONGEST_CALL <= began_at <= now
    except ValueError:
        known = False
    return began_at if known else now


def _labels() -> dict[str, str]:
    return {"outcome": gettext("Outcome"), "channel": gettext("Channel"), "note": gettext("Note")}
