"""The words of customers, people at them, and their bank details."""

from cases.care.models import AccountSource, PersonRole
from legal.findings import N_, Words

ROLES: Words = {
    PersonRole.REPRESENTS: N_("represents by law"),
    PersonRole.LIABLE_PARTNER: N_("partner with full liability"),
    PersonRole.DECIDES: N_("decides"),
    PersonRole.BOOKKEEPING: N_("bookkeeping"),
    PersonRole.ORDERS: N_("orders"),
}
SOURCES: Words = {
    AccountSource.FORM: N_("from the account opening"),
    AccountSource.NOTICE: N_("told by the customer"),
    AccountSource.PAYMENT: N_("a payment came from there"),
}
TABLES = (ROLES, SOURCES)

#: Field of a customer -> its label.
FIELDS = {
    "kind": N_("What the customer is"),
    "name": N_("Name exactly as in the register"),
    "given_name": N_("Given name"),
    "number": N_("Customer number"),
    "legal_form": N_("Legal form"),
    "register_court": N_("Register court"),
    "register_number": N_("Register number"),
    "vat_id": N_("VAT identification number"),
    "street": N_("Street and number"),
    "postcode": N_("Postcode"),
    "city": N_("City"),
    "country": N_("Country"),
    "email": N_("E-mail address"),
    "phone": N_("Phone"),
    "language": N_("Language"),
    "sector": N_("Sector"),
    "payment_days": N_("Days to pay"),
    "discount_percent": N_("Early-payment discount"),
    "discount_days": N_("Days for the discount"),
    "credit_limit_cents": N_("Credit limit"),
    "iban": N_("IBAN"),
    "merged": N_("brought together with"),
}
