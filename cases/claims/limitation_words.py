"""The words for kinds of claims and events of limitation."""

from cases.claims.limitation import OTHER
from legal.de.limitation import LimitationKind
from legal.findings import N_, Words
from legal.limitation_events import EventKind

KIND_WORDS: Words = {
    LimitationKind.REGULAR: N_("Regular: three years from the end of the year (§ 195 BGB)"),
    LimitationKind.TITLE: N_("Titled: thirty years (§ 197(1) no. 3 to 6 BGB)"),
    LimitationKind.TITLE_INTEREST: N_("Interest due after the title (§ 197(2) BGB)"),
    LimitationKind.CONSUMER_LOAN: N_("Consumer loan (§ 497(3) BGB)"),
    OTHER: N_("Another period, such as freight or rent: legal sets the day"),
}
EVENTS: Words = {
    EventKind.PART_PAYMENT: N_("Part payment"),
    EventKind.ACKNOWLEDGEMENT: N_("Acknowledgement"),
    EventKind.NEGOTIATIONS: N_("Negotiations"),
    EventKind.DEFERRAL: N_("Agreed deferral"),
    EventKind.PAYMENT_ORDER: N_("Payment order"),
    EventKind.REJECTED_APPLICATION: N_("Rejected application"),
    EventKind.ACTION: N_("Court action"),
    EventKind.INSOLVENCY: N_("Claim filed in insolvency"),
    EventKind.ENFORCEMENT: N_("Act of enforcement"),
    EventKind.FORCE_MAJEURE: N_("Force majeure"),
}
TABLES = (EVENTS,)
CODES = {"event_code": EVENTS, "limitation_kind_code": KIND_WORDS}
