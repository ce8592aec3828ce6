"""The words for kinds of claims and events of limitation."""

from cases.claims.limitation import OTHER
from legal.de.limitation import LimitationKind
from legal.findings import N_, Words
from legal.limitation_events import LimitationEventKind

KIND_WORDS: Words = {
    LimitationKind.REGULAR: N_("Regular: three years from the end of the year (§ 195 BGB)"),
    LimitationKind.TITLE: N_("Titled: thirty years (§ 197(1) no. 3 to 6 BGB)"),
    LimitationKind.TITLE_INTEREST: N_("Interest due after the title (§ 197(2) BGB)"),
    LimitationKind.CONSUMER_LOAN: N_("Consumer loan (§ 497(3) BGB)"),
    OTHER: N_("Another period, such as freight or rent: legal sets the day"),
}
EVENTS: Words = {
    LimitationEventKind.PART_PAYMENT: N_("Part payment"),
    LimitationEventKind.ACKNOWLEDGEMENT: N_("Acknowledgement"),
    LimitationEventKind.NEGOTIATIONS: N_("Negotiations"),
    LimitationEventKind.DEFERRAL: N_("Agreed deferral"),
    LimitationEventKind.PAYMENT_ORDER: N_("Payment order"),
    LimitationEventKind.REJECTED_APPLICATION: N_("Rejected application"),
    LimitationEventKind.ACTION: N_("Court action"),
    LimitationEventKind.INSOLVENCY: N_("Claim filed in insolvency"),
    LimitationEventKind.ENFORCEMENT: N_("Act of enforcement"),
    LimitationEventKind.FORCE_MAJEURE: N_("Force majeure"),
}
TABLES = (EVENTS,)
CODES = {"event_code": EVENTS, "limitation_kind_code": KIND_WORDS}
