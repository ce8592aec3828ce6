"""The words for fields, parties and checks of an application to the court."""

from legal.findings import N_, Words

LABELS: Words = {
    "n1": N_("Name, first part"),
    "n2": N_("Name, second part"),
    "street": N_("Street and number"),
    "plz": N_("Postcode"),
    "place": N_("Place"),
    "country": N_("Country sign"),
    "anrede": N_("Salutation"),
    "rechtsform": N_("Legal form"),
    "pgm": N_("Kind of court"),
    "function": N_("Function, or company that represents"),
    "name": N_("First name and surname"),
    "no": N_("Catalogue number"),
    "ground": N_("Ground of the claim"),
    "invoice_no": N_("Invoice number"),
    "from": N_("From"),
    "to": N_("Until"),
    "text": N_("Description"),
    "contract_type": N_("Type of contract"),
    "inhalt": N_("Correct entry"),
    "order_date": N_("Day of the order"),
    "date": N_("Day"),
    "rate": N_("Rate"),
    "kind": N_("What is declared"),
    "service": N_("Service"),
    "olg_district": N_("District of the higher regional court"),
    "other_costs_reason": N_("Reason of other costs"),
}
#: Parts of an application that are no fields of their own.
FIELDS: Words = {
    "claims": N_("Main claims"),
    "representatives": N_("Statutory representative"),
    "prozessgericht": N_("Court for litigation"),
    "property": N_("Flat or building"),
    "interest": N_("Interest"),
    "amount": N_("Amount"),
    "edaid": N_("Number of the file"),
    "tkezi": N_("Kennziffer"),
    "INKB": N_("Collection costs"),
    "MAHNK": N_("Reminder costs"),
    "ANF": N_("Other ancillary claim"),
    "remuneration": N_("Remuneration"),
    "defendant": N_("Defendant"),
    "gnr": N_("Court number"),
}
OPTIONS: Words = {
    ("pgm", "1"): N_("Local court (Amtsgericht)"),
    ("pgm", "2"): N_("Regional court (Landgericht)"),
    ("anrede", "0"): N_("Not stated"),
    ("anrede", "1"): N_("Mr"),
    ("anrede", "2"): N_("Ms"),
    ("kind", "withdrawal"): N_("Application withdrawn"),
    ("kind", "resolved"): N_("Matter settled, claim fulfilled"),
}
PARTIES: Words = {
    "applicants[0]": N_("Applicant"),
    "defendants[0]": N_("Defendant"),
    "defendants[1]": N_("Second defendant"),
    "defendant": N_("Defendant"),
    "court": N_("Dunning court"),
}
#: Checks that passed, when none of their findings is there.
PASSED = (
    (N_("Court competent"), {"seat_unknown", "court_not_competent", "olg_district_missing"}),
    (N_("Catalogue number"), {"catalogue_number_unknown", "claim_kind_unknown"}),
    (N_("Address can be served"), {"publication_needed", "address_not_servable", "postcode_wrong"}),
    (N_("Not time-barred"), {"time_barred", "perhaps_time_barred", "limitation_unknown"}),
    (N_("No objection open"), {"objection_open", "objection_genuine", "objection_partly"}),
    (N_("Notice period over"), {"letter_missing", "notice_running", "notice_unknown"}),
)
