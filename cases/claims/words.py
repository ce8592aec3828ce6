"""The words for where a case is, what holds it and what it is about."""

from cases.claims.asking.models import Asked, AskedFor
from cases.claims.models import DueBasis, HoldReason, Outcome, Phase, Purpose
from cases.claims.report_models import ReportKind
from legal.findings import N_, Words

PHASES: Words = {
    Phase.NEW: N_("New"),
    Phase.AMICABLE: N_("Out of court"),
    Phase.COURT: N_("In court"),
    Phase.ENFORCEMENT: N_("Enforcement"),
    Phase.CLOSED: N_("Closed"),
}
OUTCOMES: Words = {
    Outcome.PAID: N_("paid"),
    Outcome.SETTLED: N_("settled"),
    Outcome.WITHDRAWN: N_("withdrawn"),
    Outcome.UNFOUNDED: N_("unfounded"),
    Outcome.UNCOLLECTIBLE: N_("uncollectible"),
    Outcome.INSOLVENT: N_("insolvent"),
    Outcome.TIME_BARRED: N_("time-barred"),
    Outcome.REFUSED: N_("order not accepted"),
}
HOLDS: Words = {
    HoldReason.OBJECTION: N_("an objection is being verified"),
    HoldReason.DECEASED: N_("the debtor has died"),
    HoldReason.INSOLVENCY: N_("insolvency was opened"),
    HoldReason.ADDRESS_UNKNOWN: N_("the address is unknown"),
    HoldReason.CREDITOR: N_("the creditor asked us to wait"),
    HoldReason.REQUEST: N_("the debtor waits for our answer"),
    HoldReason.HOSPITAL: N_("the debtor is in hospital"),
    HoldReason.PLAN: N_("an instalment plan runs"),
    HoldReason.OTHER: N_("another reason"),
}
DUE_BASES: Words = {
    DueBasis.CONTRACT: N_("agreed in the contract"),
    DueBasis.INVOICE: N_("printed on the invoice"),
    DueBasis.STATUTE: N_("due at once by law"),
}
PURPOSES: Words = {Purpose.CONSUMER: N_("Consumer"), Purpose.BUSINESS: N_("Business")}

REPORTS: Words = {
    ReportKind.DIRECT_PAYMENT: N_("payment made to the creditor"),
    ReportKind.CREDIT_NOTE: N_("credit note"),
    ReportKind.WITHDRAWAL: N_("withdrawal of the order"),
    ReportKind.MESSAGE: N_("message"),
}
ASKED_FOR: Words = {
    AskedFor.COURT: N_("to court"),
    AskedFor.VISIT: N_("a visit"),
    AskedFor.PLAN: N_("instalments or a settlement"),
}
ASKED: Words = {
    Asked.OPEN: N_("not answered yet"),
    Asked.AGREED: N_("agreed"),
    Asked.REFUSED: N_("refused"),
    Asked.SILENT: N_("not answered in time"),
    Asked.WITHDRAWN: N_("no longer asked"),
}
TABLES = (ASKED_FOR, ASKED, REPORTS, PHASES, OUTCOMES, HOLDS, DUE_BASES, PURPOSES)
CODES = {
    "asked_code": ASKED_FOR,
    "report_code": REPORTS,
    "reason_code": HOLDS,
    "ending_code": OUTCOMES,
}
