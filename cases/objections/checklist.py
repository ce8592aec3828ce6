"""What to ask about each kind of objection, and what the answers speak for. No percentage, ever."""

from cases.objections.models import ObjectionKind
from legal.findings import N_

#: Code of a question -> the question.
QUESTIONS = {
    "first_raised": N_("When was it first raised?"),
    "creditor_told": N_("Was the creditor told?"),
    "paid_before": N_("Was something paid before?"),
    "occasion": N_("What was the occasion?"),
    "proof_of_payment": N_("Is there a proof of payment?"),
    "creditor_received": N_("Did the creditor receive the money?"),
    "order_proof": N_("Is there an order or a signature?"),
    "delivery_proof": N_("Was the delivery receipted?"),
    "used": N_("Was the performance used?"),
    "defect_named": N_("Was the defect named exactly?"),
    "defect_known": N_("Were there known faults?"),
    "chance_to_repair": N_("Could the creditor repair it?"),
    "agreed_price": N_("Which price was agreed?"),
    "part_admitted": N_("Is a part admitted?"),
    "withdrawal_received": N_("Was a withdrawal received, and when?"),
    "withdrawal_in_time": N_("Was it in time?"),
    "limitation_day": N_("When does the claim become time-barred?"),
    "limitation_events": N_("Did anything stop or restart the period?"),
    "right_person": N_("Do name, address and birthday fit?"),
    "contract_partner": N_("Who is the partner of the contract?"),
    "counterclaim": N_("Is there a counterclaim, and is it due?"),
    "facts_named": N_("Does it name facts that can be examined?"),
    "cancellation_received": N_("Was a cancellation received, and when?"),
    "end_of_contract": N_("When could the contract end at the earliest?"),
    "reported": N_("Was it reported to the police?"),
    "age": N_("How old was the debtor on the day of the contract?"),
    "consent": N_("Did the guardian consent, or was he asked?"),
    "heir": N_("Who is heir, and did he disclaim?"),
    "agreement": N_("Who agreed on what, and when?"),
    "instalments_kept": N_("Were the instalments paid so far?"),
    "invoice_address": N_("To which address did the invoice go?"),
    "reminder_answered": N_("Did the debtor answer a reminder?"),
    "default_ground": N_("Since when is the debtor in default, and why?"),
    "fee_amount": N_("Is the fee within what a lawyer would get?"),
    "authority_sent": N_("Was the power of attorney or assignment sent?"),
}
#: Asked about every objection, after those of its kind.
ALWAYS = ("first_raised", "creditor_told", "paid_before", "occasion")
BY_KIND = {
    ObjectionKind.PAID: ("proof_of_payment", "creditor_received"),
    ObjectionKind.NOT_ORDERED: ("order_proof", "used", "contract_partner"),
    ObjectionKind.NOT_DELIVERED: ("delivery_proof", "used"),
    ObjectionKind.DEFECT: ("defect_named", "defect_known", "chance_to_repair", "delivery_proof"),
    ObjectionKind.WRONG_AMOUNT: ("agreed_price", "part_admitted"),
    ObjectionKind.WITHDRAWN: ("withdrawal_received", "withdrawal_in_time"),
    ObjectionKind.TIME_BARRED: ("limitation_day", "limitation_events"),
    ObjectionKind.NOT_LIABLE: ("right_person", "contract_partner"),
    ObjectionKind.SET_OFF: ("counterclaim", "part_admitted"),
    ObjectionKind.PRICE_NOT_AGREED: ("agreed_price", "part_admitted"),
    ObjectionKind.CANCELLED: ("cancellation_received", "end_of_contract"),
    ObjectionKind.SUBSCRIPTION_TRAP: ("order_proof", "used"),
    ObjectionKind.IDENTITY_MISUSE: ("right_person", "contract_partner", "reported"),
    ObjectionKind.MINOR: ("age", "consent"),
    ObjectionKind.DECEASED_DEBT: ("heir", "contract_partner"),
    ObjectionKind.RETENTION: ("counterclaim", "part_admitted"),
    ObjectionKind.INSTALMENTS_AGREED: ("agreement", "instalments_kept"),
    ObjectionKind.INVOICE_NOT_RECEIVED: ("invoice_address", "reminder_answered"),
    ObjectionKind.COSTS_ONLY: ("default_ground", "fee_amount"),
    ObjectionKind.NO_AUTHORITY: ("authority_sent",),
    ObjectionKind.OTHER: ("facts_named",),
}


def questions_for(kind: ObjectionKind) -> tuple[str, ...]:
    """The questions of one kind, in the order in which they are asked."""
    return (*BY_KIND[kind], *ALWAYS)
