"""The words for how people were reached, what came of it and what was promised."""

from cases.claims.reaching.allowed import Reason
from cases.contacts.client_orders import ClientOrder
from cases.contacts.meetings.models import MeetingState
from cases.contacts.models import (
    CommitmentKind,
    ContactChannel,
    ContactDirection,
    ContactOutcome,
    NonPaymentReason,
    PromiseState,
)
from cases.contacts.requests import RequestKind
from cases.contacts.visits.models import PaperKind, VisitPurpose, VisitState
from legal.findings import N_, Words

CHANNELS: Words = {
    ContactChannel.LETTER: N_("Letter"),
    ContactChannel.EMAIL: N_("E-mail"),
    ContactChannel.SMS: N_("SMS"),
    ContactChannel.PHONE: N_("Phone"),
    ContactChannel.VISIT: N_("Visit"),
    ContactChannel.MEETING: N_("Meeting"),
    ContactChannel.PORTAL: N_("Through the creditor"),
    ContactChannel.PAGE: N_("Debtor's page"),
}
DIRECTIONS: Words = {
    ContactDirection.OUTBOUND: N_("we to the debtor"),
    ContactDirection.INBOUND: N_("the debtor to us"),
}
CONTACT_OUTCOMES: Words = {
    ContactOutcome.REACHED_PAYS: N_("reached, pays"),
    ContactOutcome.PROMISE: N_("payment promised"),
    ContactOutcome.INSTALMENTS: N_("asks for instalments"),
    ContactOutcome.OBJECTION: N_("objects"),
    ContactOutcome.CALL_BACK: N_("call back agreed"),
    ContactOutcome.WRONG_NUMBER: N_("wrong number"),
    ContactOutcome.NOT_REACHED: N_("not reached"),
    ContactOutcome.REFUSES: N_("refuses to pay"),
    ContactOutcome.QUESTION: N_("asks something"),
    ContactOutcome.CASH: N_("paid in cash"),
    ContactOutcome.MOVED: N_("moved away"),
}
NON_PAYMENT: Words = {
    NonPaymentReason.CANNOT_PAY: N_("Cannot pay at the moment"),
    NonPaymentReason.FORGOT: N_("Forgot it"),
    NonPaymentReason.NOT_RECEIVED: N_("Says the invoice did not arrive"),
    NonPaymentReason.INTERNAL_DELAY: N_("Internal delay, approval missing"),
    NonPaymentReason.DISPUTE: N_("Disputes something"),
    NonPaymentReason.REFUSES: N_("Refuses without a reason"),
    NonPaymentReason.UNKNOWN: N_("Did not say"),
}
PROMISES: Words = {
    PromiseState.OPEN: N_("open"),
    PromiseState.KEPT: N_("kept"),
    PromiseState.PART_KEPT: N_("kept in part"),
    PromiseState.BROKEN: N_("broken"),
    PromiseState.REPLACED: N_("replaced"),
    PromiseState.WITHDRAWN: N_("no longer waited for"),
}

COMMITMENTS: Words = {
    CommitmentKind.CALL_BACK: N_("Call back"),
    CommitmentKind.COPY: N_("Copy of a document"),
    CommitmentKind.CLARIFICATION: N_("Clarification"),
    CommitmentKind.ANSWER: N_("Answer"),
}
REQUESTS: Words = {
    RequestKind.INFORMATION: N_("information on the claim (§ 13a(2) RDG)"),
    RequestKind.COPY: N_("copy of a document"),
    RequestKind.QUESTION: N_("question"),
    RequestKind.INSOLVENCY_STATEMENT: N_("statement of claims (§ 305(2) InsO)"),
    RequestKind.COUNSELLOR_PLAN: N_("answer to a plan of the debt counsellor"),
}
VISIT_STATES: Words = {
    VisitState.PLANNED: N_("planned"),
    VisitState.ASKED: N_("waits for the client"),
    VisitState.REFUSED: N_("not wanted by the client"),
    VisitState.REPORTED: N_("reported"),
    VisitState.CANCELLED: N_("cancelled"),
}
VISIT_PURPOSES: Words = {
    VisitPurpose.PAYMENT: N_("Settle payment or instalments"),
    VisitPurpose.CLARIFY: N_("Clarify what is not agreed on"),
    VisitPurpose.DOCUMENTS: N_("Hand papers over or fetch them"),
    VisitPurpose.ADDRESS: N_("See who lives or trades there"),
}
MEETING_STATES: Words = {
    MeetingState.PLANNED: N_("planned"),
    MeetingState.HELD: N_("held"),
    MeetingState.CANCELLED: N_("cancelled"),
}
PAPERS: Words = {
    PaperKind.RECEIPT: N_("Signed receipt"),
    PaperKind.PAYMENT_PROOF: N_("Proof of a payment"),
    PaperKind.DOCUMENT: N_("Contract, invoice, delivery note"),
    PaperKind.LETTER: N_("Letter of the debtor"),
}
ORDERS: Words = {
    ClientOrder.WAIT: N_("wait"),
    ClientOrder.STOP: N_("stop"),
    ClientOrder.WITHDRAW: N_("withdraw"),
}
#: Rules of contact that may be set aside, by what they protect.
RULES: Words = {
    Reason.OPTED_OUT: N_("not wanted by this way"),
    Reason.CLIENT_WISH: N_("the client does not want this way"),
    Reason.CLIENT_DECIDES: N_("the client has to agree first"),
    Reason.REPRESENTED: N_("somebody speaks for the debtor"),
    Reason.DECEASED: N_("the debtor has died"),
    Reason.INSOLVENT: N_("insolvency was opened"),
    Reason.GUARDIAN: N_("a guardian must consent"),
    Reason.MINOR: N_("the debtor is a minor"),
    Reason.TOO_LATE: N_("too late in the day"),
    Reason.TOO_EARLY: N_("too early in the day"),
    Reason.SUNDAY: N_("Sunday"),
    Reason.HOLIDAY: N_("public holiday"),
    Reason.SATURDAY: N_("Saturday"),
    Reason.TOO_OFTEN: N_("too often in seven days"),
    Reason.HOUSE_CLOSED: N_("closed day of the house"),
}

TABLES = (
    CHANNELS, DIRECTIONS, CONTACT_OUTCOMES, NON_PAYMENT, PROMISES, COMMITMENTS, REQUESTS, RULES,
    VISIT_STATES, VISIT_PURPOSES, PAPERS, MEETING_STATES, ORDERS,
)  # fmt: skip
CODES = {
    "outcome_code": CONTACT_OUTCOMES,
    "channel_code": CHANNELS,
    "request_code": REQUESTS,
    "rule_code": RULES,
    "order_code": ORDERS,
}
