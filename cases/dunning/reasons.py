"""Why a row stands in the worklist: codes with their English sentence; the edge words them."""

from legal.findings import N_

REASONS = {
    "new_case": N_("New order, {claims} claims"),
    "first_demand_due": N_("Order accepted, first demand letter not sent yet"),
    "deadline_passed": N_("Payment day {pay_by_on} has passed without payment in full"),
    "follow_up": N_("Follow-up for {due_on}: {note}"),
    "call_back": N_("Call back promised for {due_on}"),
    "promise_broken": N_("Promise of {amount_cents} for {due_on} was not kept"),
    "objection_open": N_("Objection to be verified: {kind_code}"),
    "objection_decided": N_("Objection decided, reply to the debtor"),
    "paid_in_full": N_("Everything is paid; close the case"),
    "limitation_near": N_("Time-barred after {last_day_on}"),
}
