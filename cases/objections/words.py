"""The words for objections, what speaks for them and how they were decided."""

from cases.objections.catalogue import Contests, Side, reasons
from cases.objections.complaints.models import Cause
from cases.objections.evidence_models import ObjectionPhase
from cases.objections.indicators import SpeaksFor, Weight
from cases.objections.mentions import Again
from cases.objections.models import ObjectionKind, Verdict
from legal.findings import N_, Words

OBJECTIONS: Words = {kind: reasons()[kind.value].words for kind in ObjectionKind}
VERDICTS: Words = {
    Verdict.PRETEXT: N_("Pretext"),
    Verdict.GENUINE: N_("Genuine"),
    Verdict.PARTLY_GENUINE: N_("Partly genuine"),
    Verdict.UNDECIDED: N_("Undecided"),
}
SPEAKS_FOR: Words = {
    SpeaksFor.PRETEXT: N_("Pretext"),
    SpeaksFor.GENUINE: N_("Genuine"),
    SpeaksFor.OPEN: N_("Still open"),
}

WEIGHTS: Words = {
    Weight.STRONG: N_("weighs heavily"),
    Weight.MEDIUM: N_("weighs noticeably"),
    Weight.WEAK: N_("weighs lightly"),
}
SIDES: Words = {Side.CREDITOR: N_("Creditor"), Side.DEBTOR: N_("Debtor")}
CONTESTS: Words = {
    Contests.CLAIM: N_("the claim"),
    Contests.AMOUNT: N_("the amount"),
    Contests.DUE: N_("only that it is due"),
    Contests.NOTHING: N_("nothing of the principal"),
}
PHASES: Words = {
    ObjectionPhase.AGENCY: N_("To us"),
    ObjectionPhase.CREDITOR: N_("As a complaint to the creditor"),
    ObjectionPhase.QUERY: N_("Before the claim was due"),
    ObjectionPhase.COURT: N_("In court"),
}

AGAIN: Words = {
    Again.SOMETHING_NEW: N_("Yes: the earlier objection is taken up again"),
    Again.NOTHING_NEW: N_("No: we refer to our first answer"),
    Again.ANOTHER: N_("It is another matter: a new objection"),
}

CAUSES: Words = {
    Cause.INVOICE_NEVER_ARRIVED: N_("Invoice never arrived"),
    Cause.WRONG_ADDRESS: N_("Wrong address"),
    Cause.WRONG_ORDER_NUMBER: N_("Wrong order number"),
    Cause.DELIVERY_FAULT: N_("Fault of the delivery"),
    Cause.PRICE: N_("Price"),
    Cause.ADVICE: N_("Something else was said at the sale"),
    Cause.OTHER: N_("Another cause"),
}
#: What the facts of a file are called, as the panel names the source of an indicator.
FACTS: Words = {
    "accepted_on": N_("Work accepted on"),
    "animal": N_("A living animal was bought"),
    "cancel_button": N_("The page had a cancellation button"),
    "authority_shown_on": N_("Power of attorney or assignment shown on"),
    "counterclaim_due_on": N_("Counterclaim due on"),
    "cancelled_on": N_("Cancellation received on"),
    "contract_ends_on": N_("Earliest end of the contract"),
    "creditor_asked_on": N_("Creditor asked on"),
    "default_on": N_("Default since"),
    "delivered_on": N_("Delivered on"),
    "delivery_note_signed": N_("Delivery note signed"),
    "direct_payment_reported_cents": N_("Direct payment reported by the creditor"),
    "discovered_on": N_("Hidden defect discovered on"),
    "due_on": N_("Due on"),
    "goods": N_("It is about goods (no: work or service)"),
    "guardian_asked_on": N_("Guardian received our request to consent on"),
    "guardian_consented": N_("Guardian consented"),
    "heir_named": N_("Heir is known"),
    "hidden": N_("The defect was hidden"),
    "instructed_on": N_("Instructed about withdrawal on"),
    "invoice_received": N_("Receipt of the invoice is shown"),
    "invoice_returned_on": N_("Invoice came back on"),
    "known_dispute": N_("Dispute known at hand-over"),
    "limitation_day": N_("Last day before limitation"),
    "merchants": N_("Both sides are merchants"),
    "minor_at_contract": N_("Minor on the day of the contract"),
    "notice_sent_on": N_("Defect notified on"),
    "order_button": N_("Order button named the payment"),
    "our_letters": N_("Our letters"),
    "order_proven": N_("Order or contract is shown"),
    "own_carrier": N_("Buyer chose the carrier himself"),
    "payments": N_("Payments"),
    "perishable": N_("Perishable goods"),
    "plan_agreed_on": N_("Instalments agreed on"),
    "police_report": N_("Reported to the police"),
    "price_agreed": N_("Agreed price is shown"),
    "proof_cents": N_("Cost of proof"),
    "promised_on": N_("Delivery promised for"),
    "promises": N_("Promises"),
    "reminders": N_("Reminders of the creditor"),
    "repair_cents": N_("Cost of repair"),
    "same_kind_of_creditor_percent": N_("The same objection from others of this creditor's cases"),
    "same_reason_elsewhere": N_("The same reason given to other creditors"),
    "suspense_cents": N_("Unmatched payments"),
    "terms_included": N_("Terms are part of the contract"),
    "withdrawal_sent_on": N_("Withdrawal sent on"),
}

TABLES = (OBJECTIONS, VERDICTS, SPEAKS_FOR, WEIGHTS, SIDES, CONTESTS, PHASES, AGAIN, CAUSES)
CODES = {"kind_code": OBJECTIONS, "verdict_code": VERDICTS, "from_code": SIDES}
