"""The words for kinds of claims and events of limitation."""

from cases.claims.limitation import OTHER
from legal.findings import N_, Words
from legal.jurisdiction import limitation_words
from legal.limitation_events import LimitationEventKind

KIND_WORDS: Words = {
    **limitation_words(),
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
