"""Entries of the contact log, people at debtors and records that were put together."""

from itertools import count

from cases.claims.merging import merge_debtors
from cases.claims.models import Case
from cases.claims.queries import list_debtors
from cases.contacts.models import Contact, ContactChannel, ContactDirection
from cases.contacts.requests import DebtorRequest, RequestKind, RequestWish, note_request
from cases.contacts.services import ContactDetails, log_contact
from cases.core.files import store_file
from cases.parties.debtor_contacts import ContactWish, add_debtor_contact
from cases.parties.debtor_models import DebtorContact, DebtorMerge, DebtorRole
from cases.worklist.arrangement import HandoverNote, SavedView, hand_over, save_view
from tests.factories.documents import PDF
from tests.factories.records import debtor_details, make_case, make_user

_serial = count(1)


def make_contact_of(case: Case) -> Contact:
    """A letter that came in, with its scan."""
    file = store_file(PDF, "Schreiben.pdf", "application/pdf", case.creditor_id)
    details = ContactDetails(
        ContactChannel.LETTER, ContactDirection.INBOUND, note="Bitte um Geduld", file_id=file.id
    )
    return log_contact(case.id, details)


def make_person_of(case: Case) -> DebtorContact:
    """Somebody at the first debtor."""
    wish = ContactWish(DebtorRole.PAYABLES, "Petra Hartwig", "040 5550182", how_known="Anruf")
    return add_debtor_contact(list_debtors(case.id)[0].debtor.id, wish)


def make_merge_of(case: Case) -> DebtorMerge:
    """Another record of the first debtor, put into it."""
    other, _ = make_case(debtors=[debtor_details(f"Webber-{next(_serial)}")])
    kept, merged = (list_debtors(one.id)[0].debtor.id for one in (case, other))
    return merge_debtors(kept, merged, "Gleiches Geburtsdatum")


def make_request_of(case: Case) -> DebtorRequest:
    """The debtor asks for a copy."""
    return note_request(case, RequestWish(RequestKind.COPY, "Bitte die Rechnung noch einmal"))


def make_view() -> SavedView:
    """A view of somebody's."""
    return save_view(make_user().id, "Große Beträge", {"least": "1000"})


def make_note() -> HandoverNote:
    """What one person tells another."""
    return hand_over(make_user().id, make_user().id, "Frau Hartwig ruft Freitag an")
