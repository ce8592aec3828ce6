"""What stands around a call: whom to call, whether now, what was, what it is about, what to say.

Read once per page and in a fixed number of statements, however long a history is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app
from flask_babel import gettext

from agency.cases.file import CaseFile
from cases.claims.models import Claim
from cases.claims.reaching.allowed import Channel
from cases.contacts.approach import Approach, approach
from cases.contacts.behaviour import Payer, payer_of
from cases.contacts.guide import Guide, filled, resolve
from cases.contacts.models import Contact, NonPaymentReason, Promise
from cases.contacts.queries import Attempts, count_attempts, list_contacts, list_promises
from cases.contacts.requests import DebtorRequest, list_open_requests
from cases.core import clock
from cases.documents.models import DocumentKind
from cases.parties.clients import list_contacts as list_client_people
from cases.parties.debtor_contacts import list_debtor_contacts
from cases.parties.debtor_models import DebtorContact, DebtorProfile, Organisation
from cases.parties.models import ContactRole, CreditorContact
from cases.parties.profiles import find_profile, next_run, organisation_of
from cases.parties.queries import get_agency, get_debtor
from portal.login import require_user
from portal.shell.formatting import day as day_words
from portal.shell.formatting import euro

LATEST = 5


@dataclass(frozen=True, slots=True)
class Called:
    """Who is dialled: a person at the debtor, whoever speaks for him, or his own number."""

    name: str
    role: str
    phone: str | None
    person: DebtorContact | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """What the creditor did, for the one invoice it concerns."""

    claim: Claim
    delivered: bool  # A proof of delivery is among the documents.


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything on the screen besides the case file itself."""

    called: Called
    people: Sequence[DebtorContact]
    approach: Approach
    requests: Sequence[DebtorRequest]
    promises: Sequence[Promise]
    contacts: Sequence[Contact]
    attempts: Attempts
    payer: Payer
    organisation: Organisation
    profile: DebtorProfile | None
    guide: Guide
    said: Mapping[str, str]  # What the guide's rows may name.
    reason: NonPaymentReason
    arguments: Sequence[Argument]
    salespeople: Sequence[CreditorContact]
    head_office: str | None
    next_run: str | None

    def words(self, text: str) -> str:
        """A row of the guide with what is known."""
        return filled(text, self.said)

    def words_before(self, text: str) -> str:
        """The same before it is known who is there: neither amount nor creditor nor reason."""
        public = {name: self.said[name] for name in ("house", "caller", "person")}
        return filled(text, public)


def load_brief(file: CaseFile, chosen: str = "", reason: str = "", himself: bool = False) -> Brief:
    """The brief of a call; `chosen` is a person at the debtor, `reason` another way to talk."""
    party = file.debtors[0]
    profile = find_profile(party.debtor.id)
    people = list_debtor_contacts(party.debtor.id)
    contacts = list_contacts(file.case.id, limit=LATEST)
    payer = payer_of(party.debtor.id)
    organisation = organisation_of(party.debtor, profile)
    why = _reason(reason, contacts)
    called = _called(file, people, chosen, himself)
    hours = current_app.config["CALLING_HOURS"]
    run = next_run(profile, clock.today())
    return Brief(
        called=called,
        people=people,
        approach=approach(file.case, Channel.PHONE, clock.now(), hours, himself=himself),
        requests=list_open_requests(file.case.id),
        promises=list_promises(file.case.id, LATEST),
        contacts=contacts,
        attempts=count_attempts(file.case.id),
        payer=payer,
        organisation=organisation,
        profile=profile,
        guide=resolve(organisation, payer.payer_type, why),
        said=_said(file, called, run),
        reason=why,
        arguments=_arguments(file),
        salespeople=[
            one
            for one in list_client_people(file.case.creditor_id)
            if one.role is ContactRole.SALES
        ],
        head_office=_head_office(profile),
        next_run=day_words(run) if run else None,
    )


def _reason(wanted: str, contacts: Sequence[Contact]) -> NonPaymentReason:
    """As asked for, else as the debtor said last."""
    if wanted in set(NonPaymentReason):
        return NonPaymentReason(wanted)
    last = next((one.reason for one in contacts if one.reason is not None), None)
    return last or NonPaymentReason.UNKNOWN


def _called(file: CaseFile, people: Sequence[DebtorContact], chosen: str, himself: bool) -> Called:
    party = file.debtors[0]
    who = None if himself else party.spokesperson
    if who is not None:
        return Called(who.name, "spokesperson", who.phone)
    reached = [one for one in people if one.phone]
    person = next((one for one in reached if one.public_id == chosen), None)
    if person is None and chosen != "own" and reached:
        person = reached[0]
    if person is not None:
        return Called(person.name, person.role.value, person.phone, person)
    return Called(party.debtor.full_name, "debtor", party.debtor.phone)


def _said(file: CaseFile, called: Called, run: date | None) -> Mapping[str, str]:
    currency = file.case.currency
    return {
        "house": get_agency().name,
        "caller": require_user().name,
        "person": called.name,
        "open": euro(file.owed.open_cents, currency),
        "creditor": file.creditor.name,
        "invoices": ", ".join(
            one.claim.invoice_number for one in file.claims if not one.claim.excluded_reason
        ),
        "day": day_words(run) if run else gettext("Friday"),
    }


def _arguments(file: CaseFile) -> list[Argument]:
    """Per invoice, whether the creditor can prove what he delivered."""
    proven = {
        kept.document.claim_id
        for kept in file.papers.kept
        if kept.document.kind is DocumentKind.DELIVERY_NOTE
    }
    return [Argument(one.claim, None in proven or one.claim.id in proven) for one in file.claims]


def _head_office(profile: DebtorProfile | None) -> str | None:
    if profile is None or profile.head_office_id is None:
        return None
    return get_debtor(profile.head_office_id).full_name
