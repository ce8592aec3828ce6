"""Where a case stands, in the words for its creditor: no codes, nothing about the debtor."""

from cases.claims.models import Outcome, Phase
from legal.findings import N_, Words

#: Stages in the order that a case goes through them.
STAGES: Words = {
    "new": N_("Being checked by us"),
    "amicable": N_("Out of court"),
    "objection": N_("Objection under review"),
    "court": N_("In court"),
    "enforcement": N_("Enforcement"),
    "closed": N_("Closed"),
}
PHASES: Words = {
    Phase.NEW: N_("Being checked by us"),
    Phase.AMICABLE: N_("Out of court"),
    Phase.COURT: N_("In court"),
    Phase.ENFORCEMENT: N_("Enforcement"),
    Phase.CLOSED: N_("Closed"),
}
OUTCOMES: Words = {
    Outcome.PAID: N_("Paid"),
    Outcome.SETTLED: N_("Settled"),
    Outcome.WITHDRAWN: N_("Withdrawn"),
    Outcome.UNFOUNDED: N_("Claim not founded"),
    Outcome.UNCOLLECTIBLE: N_("Cannot be collected"),
    Outcome.INSOLVENT: N_("Debtor insolvent"),
    Outcome.TIME_BARRED: N_("Time-barred"),
    Outcome.REFUSED: N_("Order not accepted"),
}
#: Stage -> what happens next, so that nobody has to ask.
NEXT: Words = {
    "new": N_("We check your order and then send the first demand letter."),
    "amicable": N_("We work for payment out of court."),
    "objection": N_("The debtor objects. We check whether the objection holds."),
    "court": N_("The matter is with the court; its deadlines are running."),
    "enforcement": N_("There is an enforceable title; we have it enforced."),
    "closed": N_("Nothing more is done in this case."),
}
