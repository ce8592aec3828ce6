"""The words for kinds of debtors and of the people at a client."""

from cases.parties.debtor_models import (
    DebtorRisk,
    DebtorRole,
    DebtorSize,
    Organisation,
    PayerType,
    PaymentOrder,
)
from cases.parties.models import AddressSource, ContactRole, DebtorKind, SpokespersonKind
from cases.parties.relationship import Tone, Way
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
ROLES: Words = {
    DebtorRole.DECIDES: N_("decides on the payment"),
    DebtorRole.PAYABLES: N_("accounts payable"),
    DebtorRole.PURCHASING: N_("purchasing"),
    DebtorRole.AUTHORISES: N_("authorising officer"),
    DebtorRole.HEAD_OFFICE: N_("head office"),
    DebtorRole.LAWYER: N_("lawyer"),
    DebtorRole.OTHER: N_("somebody else"),
}
SIZES: Words = {
    DebtorSize.MICRO: N_("up to 9 people"),
    DebtorSize.SMALL: N_("10 to 49 people"),
    DebtorSize.MEDIUM: N_("50 to 249 people"),
    DebtorSize.LARGE: N_("250 people and more"),
}
RISKS: Words = {
    DebtorRisk.LOW: N_("low"),
    DebtorRisk.NORMAL: N_("normal"),
    DebtorRisk.HIGH: N_("high"),
}
ORGANISATIONS: Words = {
    Organisation.PERSON: N_("Private person"),
    Organisation.SMALL: N_("Small business"),
    Organisation.LARGE: N_("Large company"),
    Organisation.PUBLIC: N_("Public institution"),
    Organisation.MULTI_SITE: N_("Several sites"),
}
PAYERS: Words = {
    PayerType.PROMPT: N_("pays on time"),
    PayerType.FORGETFUL: N_("forgets, pays after a reminder"),
    PayerType.LATE: N_("always pays late"),
    PayerType.DISPUTING: N_("disputes"),
    PayerType.CANNOT: N_("cannot pay"),
    PayerType.WILL_NOT: N_("does not want to pay"),
}
PAYMENT_ORDERS: Words = {
    PaymentOrder.UNKNOWN: N_("not known"),
    PaymentOrder.MISSING: N_("not issued yet"),
    PaymentOrder.ISSUED: N_("order issued"),
    PaymentOrder.REJECTED: N_("rejected"),
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
    "size": N_("Size"),
    "sector": N_("Sector"),
    "is_public": N_("Public sector"),
    "risk": N_("Risk"),
    "organisation": N_("Who pays there"),
    "departments": N_("Departments"),
    "invoice_way": N_("Way of an invoice"),
    "portal_used": N_("Portal used"),
    "payment_run_days": N_("Days of the payment run"),
    "order_number": N_("Order number"),
    "approver": N_("Who approves"),
    "routing_id": N_("Routing id"),
    "payment_order": N_("Payment order"),
    "payment_order_reason": N_("Reason of the rejection"),
    "head_office_id": N_("Head office"),
    "head_office_pays": N_("The head office pays"),
    "opted_out": N_("Not wanted by"),
    "minor": N_("Minor"),
    "consent_reserved": N_("Consent of the guardian needed"),
    "payer_type": N_("Payer type"),
}

TONES: Words = {
    Tone.SOFT: N_("soft"),
    Tone.BALANCED: N_("balanced"),
    Tone.FIRM: N_("firm"),
}
WAYS: Words = {
    Way.PHONE: N_("Phone calls"),
    Way.VISIT: N_("Visits"),
    Way.EMAIL: N_("E-mails"),
    Way.SMS: N_("Text messages"),
}
TABLES = (
    TONES, WAYS, DEBTORS, ADDRESS_SOURCES, CONTACTS, SPOKESPERSONS, ROLES, SIZES, RISKS,
    ORGANISATIONS, PAYERS, PAYMENT_ORDERS,
)  # fmt: skip
