"""The words of the client's screens: codes of contract terms, fields and changes."""

from cases.parties.models import DirectPaymentOrder, MandateType, PayoutRhythm, ReportRhythm
from cases.remittances.contract import CostsOwner, Share, Steps, VatTreatment
from legal.findings import N_, Words

MANDATES: Words = {
    MandateType.ONE_OFF: N_("Single order"),
    MandateType.CAMPAIGN: N_("Campaign"),
    MandateType.CONTINUOUS: N_("Continuous"),
}
RHYTHMS: Words = {
    PayoutRhythm.EACH: N_("with every receipt"),
    PayoutRhythm.WEEKLY: N_("weekly"),
    PayoutRhythm.MONTHLY: N_("monthly"),
}
REPORTS: Words = {
    ReportRhythm.NONE: N_("never: read in the portal"),
    ReportRhythm.DAILY: N_("daily"),
    ReportRhythm.WEEKLY: N_("weekly"),
    ReportRhythm.MONTHLY: N_("monthly"),
}
ORDERS: Words = {
    DirectPaymentOrder.LAW: N_("as the law counts it: costs, interest, principal"),
    DirectPaymentOrder.PRINCIPAL_FIRST: N_("on the principal first"),
}
READINGS: Words = {
    Steps.MARGINAL: N_("each rate on its part"),
    Steps.WHOLE: N_("one rate on all of it"),
}
SHARES: Words = {
    Share.PRINCIPAL: N_("principal"),
    Share.INTEREST: N_("interest"),
    Share.COSTS: N_("collection costs"),
}
OWNERS: Words = {
    CostsOwner.AGENCY: N_("assigned to the house"),
    CostsOwner.CREDITOR: N_("the client's"),
}
TREATMENTS: Words = {
    VatTreatment.DOMESTIC: N_("domestic: with VAT"),
    VatTreatment.EU_BUSINESS: N_("business in the EU: the client owes it"),
    VatTreatment.THIRD_COUNTRY: N_("third country: no German VAT"),
}
TABLES = (MANDATES, RHYTHMS, REPORTS, ORDERS, READINGS, SHARES, OWNERS, TREATMENTS)

#: Field of the master data -> its label.
FIELDS = {
    "name": N_("Name"),
    "legal_form": N_("Legal form"),
    "street": N_("Street and number"),
    "postcode": N_("Postcode"),
    "city": N_("City"),
    "country": N_("Country"),
    "email": N_("E-mail address"),
    "phone": N_("Phone"),
    "register_court": N_("Register court"),
    "register_number": N_("Register number"),
    "vat_id": N_("VAT identification number"),
    "sector": N_("Sector"),
    "language": N_("Language"),
    "house_contact": N_("Contact person in our house"),
    "house_contact_phone": N_("Phone of the contact person"),
    "house_contact_email": N_("E-mail address of the contact person"),
    "iban": N_("IBAN"),
}
#: Action of the audit trail -> what happened.
ACTIONS = {
    "creditor.created": N_("Entered"),
    "creditor.changed": N_("Master data changed"),
    "creditor.archived": N_("Archived"),
    "creditor.taken_back": N_("Taken back from the archive"),
    "creditor.bank_changed": N_("Bank details changed"),
    "creditor.contact_added": N_("Contact person added"),
    "creditor.contact_ended": N_("Contact person ended"),
    "creditor.representative_added": N_("Representative added"),
    "creditor.representative_ended": N_("Representative ended"),
    "contract.signed": N_("Contract version signed"),
    "own_name.set": N_("Reminders in his name agreed or changed"),
    "own_name.list": N_("List for reminders in his name taken in"),
    "own_name.list_read": N_("List for reminders in his name read"),
}
