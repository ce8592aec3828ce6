"""The words for what happens in court: applications, states, events, deadlines."""

from cases.filings.applications.case_state import Obstacle
from cases.filings.applications.models import BatchState, FilingKind, FilingState
from cases.filings.court_mail.models import MessageState
from cases.filings.trial_courts.models import DirectoryState
from legal.findings import N_, Words
from legal.proceeding import CourtEventKind, State

FILINGS: Words = {
    FilingKind.PAYMENT_ORDER: N_("Application for the payment order"),
    FilingKind.ORDER_NEW_SERVICE: N_("New service of the payment order"),
    FilingKind.ENFORCEMENT_ORDER: N_("Application for the enforcement order"),
    FilingKind.ENFORCEMENT_NEW_SERVICE: N_("New service of the enforcement order"),
    FilingKind.QUERY_ANSWER: N_("Answer to a court query"),
    FilingKind.WITHDRAWAL: N_("Withdrawal or settlement"),
    FilingKind.LITIGATION: N_("Transfer to litigation"),
}
FILING_STATES: Words = {
    FilingState.DRAFT: N_("in preparation"),
    FilingState.BATCHED: N_("released"),
    FilingState.HANDED_OVER: N_("handed over"),
    FilingState.DROPPED: N_("dropped"),
}
BATCH_STATES: Words = {
    BatchState.MAKING: N_("is being made"),
    BatchState.RELEASED: N_("waits for a second person"),
    BatchState.CONFIRMED: N_("ready to be handed over"),
    BatchState.HANDED_OVER: N_("handed over, receipt is missing"),
    BatchState.RECEIVED: N_("received by the court"),
    BatchState.SENT_BACK: N_("sent back, never handed over"),
}
DIRECTORY_STATES: Words = {
    DirectoryState.PROPOSED: N_("read, not taken"),
    DirectoryState.CURRENT: N_("counts today"),
    DirectoryState.REPLACED: N_("replaced"),
}
PROCEEDINGS: Words = {
    State.APPLIED: N_("Applied for"),
    State.ORDER_ISSUED: N_("Payment order issued"),
    State.ORDER_NOT_SERVED: N_("Payment order not served"),
    State.ORDER_NEW_SERVICE: N_("New service applied for"),
    State.ORDER_SERVED: N_("Payment order served"),
    State.PARTLY_OPPOSED: N_("Opposed in part"),
    State.ENFORCEMENT_APPLIED: N_("Enforcement order applied for"),
    State.ENFORCEMENT_ISSUED: N_("Enforcement order issued"),
    State.ENFORCEMENT_NOT_SERVED: N_("Enforcement order not served"),
    State.ENFORCEMENT_NEW_SERVICE: N_("New service of the enforcement order"),
    State.ENFORCEMENT_SERVED: N_("Enforcement order served"),
    State.OPPOSED: N_("Opposed"),
    State.PROTESTED: N_("Protested"),
    State.REFERRAL_REQUESTED: N_("Transfer to litigation requested"),
    State.REFERRED: N_("With the court for litigation"),
    State.FINAL: N_("Final title"),
    State.REFUSED: N_("Application refused"),
    State.LAPSED: N_("Payment order lapsed"),
    State.WITHDRAWN: N_("Withdrawn"),
    State.RESOLVED: N_("Resolved"),
}
EVENTS: Words = {
    CourtEventKind.QUERIED: N_("Court query"),
    CourtEventKind.QUERY_ANSWERED: N_("Court query answered"),
    CourtEventKind.REFUSED: N_("Application refused"),
    CourtEventKind.ACTION_FILED: N_("Action filed"),
    CourtEventKind.ORDER_ISSUED: N_("Payment order issued"),
    CourtEventKind.FEE_PAID: N_("Court fee paid"),
    CourtEventKind.ORDER_NOT_SERVED: N_("Payment order not served"),
    CourtEventKind.ORDER_NEW_SERVICE: N_("New service applied for"),
    CourtEventKind.ORDER_SERVED: N_("Payment order served"),
    CourtEventKind.OPPOSED: N_("Opposition"),
    CourtEventKind.ENFORCEMENT_APPLIED: N_("Enforcement order applied for"),
    CourtEventKind.ENFORCEMENT_REFUSED: N_("Enforcement order refused"),
    CourtEventKind.ENFORCEMENT_ISSUED: N_("Enforcement order issued"),
    CourtEventKind.ENFORCEMENT_NOT_SERVED: N_("Enforcement order not served"),
    CourtEventKind.ENFORCEMENT_NEW_SERVICE: N_("New service of the enforcement order"),
    CourtEventKind.ENFORCEMENT_SERVED: N_("Enforcement order served"),
    CourtEventKind.PROTESTED: N_("Protest"),
    CourtEventKind.REFERRAL_REQUESTED: N_("Transfer to litigation requested"),
    CourtEventKind.REFERRED: N_("Transferred to the court for litigation"),
    CourtEventKind.STATEMENT_REQUESTED: N_("Statement of claim requested"),
    CourtEventKind.STATEMENT_FILED: N_("Statement of claim filed"),
    CourtEventKind.BECAME_FINAL: N_("Enforcement order final"),
    CourtEventKind.LAPSED: N_("Payment order lapsed"),
    CourtEventKind.WITHDRAWN: N_("Application withdrawn"),
    CourtEventKind.RESOLVED: N_("Matter resolved"),
}
MESSAGE_STATES: Words = {
    MessageState.PROPOSED: N_("waits for confirmation"),
    MessageState.APPLIED: N_("booked"),
    MessageState.PARKED: N_("no case found"),
    MessageState.REFUSED: N_("refused"),
    MessageState.SET_ASIDE: N_("set aside"),
}
#: Name of a deadline rule -> words.
DEADLINES: Words = {
    "action_after_refusal": N_("Action after the refusal"),
    "query_answer": N_("Answer to the court query"),
    "new_service": N_("New service"),
    "opposition": N_("Opposition of the debtor"),
    "enforcement_order_earliest": N_("Enforcement order possible from"),
    "enforcement_order_latest": N_("Enforcement order at the latest"),
    "limitation_after_opposition": N_("End of the suspension of limitation"),
    "statement_of_claim": N_("Statement of claim"),
    "protest": N_("Protest of the debtor"),
    "title_limitation": N_("Limitation of the title"),
}
OBSTACLES: Words = {
    Obstacle.CLOSED: N_("case closed"),
    Obstacle.NOT_IN_COURT: N_("case not in court"),
    Obstacle.PAID: N_("case paid"),
    Obstacle.HELD: N_("a hold stands"),
    Obstacle.MONEY: N_("unmatched money"),
    Obstacle.MOVED: N_("proceeding has gone on"),
    Obstacle.BOOKED: N_("something was booked"),
}
#: Names of parameters of events and work items -> the words of their codes.
CODES: dict[str, Words] = {
    "filing_code": {kind.value: words for kind, words in FILINGS.items()},
    "court_event_code": {kind.value: words for kind, words in EVENTS.items()},
    "deadline_code": DEADLINES,
    "why_code": {obstacle.value: words for obstacle, words in OBSTACLES.items()},
}
TABLES = (
    FILINGS, FILING_STATES, BATCH_STATES, PROCEEDINGS, EVENTS, MESSAGE_STATES, OBSTACLES,
    DIRECTORY_STATES,
)  # fmt: skip
