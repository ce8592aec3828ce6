"""The words for kinds of debtors and of the people at a client."""

from cases.parties.models import AddressSource, ContactRole, DebtorKind, SpokespersonKind
from legal.findings import N_, Words

DEBTORS: Words = {
    DebtorKind.NATURAL_PERSON: N_("Private person"),
    DebtorKind.SOLE_TRADER: N_("Sole trader"),
    DebtorKind.COMPANY: N_("Company"),
    DebtorKind.PUBLIC_BODY: N_("Public body"),
}

ADDRESS_SOURCES: Words = {
    AddressSource.CREDITOR: N_("the creditor told us"),
    AddressSource.DEBTOR: N_("the debtor told us"),
    AddressSource.TRACED: N_("we found it out"),
}
CONTACTS: Words = {
    ContactRole.DECIDES: N_("Decides"),
    ContactRole.BOOKKEEPING: N_("Bookkeeping"),
    ContactRole.SALES: N_("Sales"),
    ContactRole.IT: N_("IT"),
}
SPOKESPERSONS: Words = {
    SpokespersonKind.LAWYER: N_("lawyer"),
    SpokespersonKind.COUNSELLOR: N_("debt counselling"),
    SpokespersonKind.GUARDIAN: N_("guardian"),
}
#: Field of a debtor -> how it is called.
FIELDS: Words = {
    "name": N_("Name"),
    "given_name": N_("Given name"),
    "salutation": N_("Salutation"),
    "legal_form": N_("Legal form"),
    "representative": N_("Statutory representative"),
    "contact": N_("Contact person"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "address": N_("Address"),
}

TABLES = (DEBTORS, ADDRESS_SOURCES, CONTACTS, SPOKESPERSONS)
