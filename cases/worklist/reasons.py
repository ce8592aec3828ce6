"""Why a row stands in the worklist: codes with a title and a sentence; the edge words them."""

from typing import NamedTuple

from legal.findings import N_


class Reason(NamedTuple):
    """What the column "Why now" says: what it is, and the facts behind it."""

    title: str
    detail: str
    ahead: str | None = None  # What to do before its day comes, where the title would be untrue.


REASONS = {
    "new_case": Reason(N_("Review new order"), N_("claims: {claims}")),
    "first_demand_due": Reason(
        N_("Send first demand letter"), N_("Order accepted, nothing sent yet")
    ),
    "deadline_passed": Reason(
        N_("Payment day has passed"),
        N_("{pay_by_on}, not paid in full"),
        N_("Wait for the payment until {pay_by_on}"),
    ),
    "follow_up": Reason(N_("Follow-up"), N_("for {due_on}: {note}")),
    "call_back": Reason(N_("Call back promised"), N_("for {due_on}: {what}")),
    "promise_broken": Reason(N_("Promise broken"), N_("{amount_cents} promised by {due_on}")),
    "objection_open": Reason(N_("Verify objection"), N_("{kind_code}")),
    "objection_undecided": Reason(N_("Objection still open"), N_("{kind_code}")),
    "objection_decided": Reason(N_("Reply to objection"), N_("decided: {verdict_code}")),
    "objection_repeated": Reason(
        N_("Refer to the first answer"), N_("{kind_code}, said again without anything new")
    ),
    "objection_limitation": Reason(
        N_("Decide the objection before limitation"), N_("time-barred after {last_day_on}")
    ),
    "objection_answer_late": Reason(N_("Answer to the debtor is late"), N_("was due on {due_on}")),
    "evidence_arrived": Reason(N_("Look at the answer about the evidence"), N_("{from_code}")),
    "evidence_silent": Reason(
        N_("No answer about the evidence: decide how it goes on"), N_("reminded, due on {due_on}")
    ),
    "evidence_letter": Reason(N_("Ask the debtor for evidence"), N_("until {due_on}")),
    "complaint_answered": Reason(
        N_("Pass the answer to the complaint on"), N_("the creditor answered")
    ),
    "court_after_verdict": Reason(N_("Recommended for court after a verdict"), N_("{kind_code}")),
    "paid_in_full": Reason(N_("Close case"), N_("everything is paid")),
    "objection_unrecorded": Reason(
        N_("Record the objection"), N_("said on {happened_on}; until then the case stands still")
    ),
    "instalments_asked": Reason(
        N_("Answer the wish for instalments"), N_("wished on {happened_on}")
    ),
    "plan_broken": Reason(N_("Plan broken"), N_("{amount_cents}, due on {due_on}, did not come")),
    "plan_waits": Reason(
        N_("Ask the client about the plan"), N_("{amount_cents} by instalments, beyond his limits")
    ),
    "client_agreed": Reason(N_("Go on: the client agreed"), N_("{asked_code}")),
    "client_refused": Reason(N_("The client refused: decide how it goes on"), N_("{asked_code}")),
    "client_silent": Reason(
        N_("No answer of the client: ask him by phone, or decide"), N_("{asked_code}")
    ),
    "plan_refused": Reason(N_("Answer the debtor: no plan"), N_("{ended_code}")),
    "plan_lapsed": Reason(N_("Plan was not accepted"), N_("offered until {valid_until_on}")),
    "plan_returned": Reason(
        N_("An instalment went back"), N_("{amount_cents} are due again, until {until_on}")
    ),
    "plan_overpaid": Reason(N_("Paid above the plan"), N_("{amount_cents} more than agreed")),
    "plan_to_offer": Reason(
        N_("Offer the plan anew"), N_("agreed to, but it could not be offered as it is")
    ),
    "plan_rest": Reason(
        N_("Rest after the last instalment"), N_("{amount_cents} are open, the plan is over")
    ),
    "refuses_to_pay": Reason(N_("Decide how it goes on"), N_("refused to pay on {happened_on}")),
    "payment_expected": Reason(
        N_("Look whether the payment came"),
        N_("said on {happened_on} that he pays"),
        N_("Wait for the payment"),
    ),
    "rest_after_cash": Reason(
        N_("Ask for the rest"),
        N_("part was paid in cash on {happened_on}"),
        N_("Wait for the rest"),
    ),
    "not_reached": Reason(
        N_("Try again to reach the debtor"),
        N_("not reached on {happened_on}"),
        N_("Try again to reach the debtor"),
    ),
    "number_wrong": Reason(
        N_("Find the right number"), N_("wrong number, called on {happened_on}")
    ),
    "question_asked": Reason(
        N_("Answer the debtor"), N_("{request_code}, asked on {happened_on}, by {due_on}")
    ),
    "promise_part_kept": Reason(
        N_("Promise kept in part"), N_("{paid_cents} of {amount_cents} came by {due_on}")
    ),
    "address_gone": Reason(N_("Find out the address"), N_("gone, as seen on {happened_on}")),
    "contact_after_end": Reason(
        N_("Read what came after the end"), N_("on {happened_on}; the case is closed")
    ),
    "tell_moved": Reason(N_("Tell the debtor the new time"), N_("moved to {due_on}: {what}")),
    "hold_ends": Reason(
        N_("Decide on the hold"), N_("{reason_code}, until {until_on}"), N_("Hold until {until_on}")
    ),
    "case_unpaid_again": Reason(N_("Paid case opened again"), N_("The payment was taken back.")),
    "case_reopened": Reason(N_("Case opened again"), N_("{why}")),
    "court_runs_on": Reason(
        N_("Withdraw from the court"), N_("the case has ended ({ending_code}), the court goes on")
    ),
    "document_arrived": Reason(N_("Look at the creditor's document"), N_("{name}")),
    "report_arrived": Reason(
        N_("Answer the creditor's report"), N_("{report_code} {amount_cents}")
    ),
    "limitation_over": Reason(
        N_("Claim is time-barred"), N_("over since the end of {last_day_on}")
    ),
    "limitation_near": Reason(N_("Limitation is near"), N_("time-barred after {last_day_on}")),
    "limitation_day_needed": Reason(
        N_("Set the day of limitation"), N_("no rule for the kind of {invoice_number}")
    ),
    "payment_designated": Reason(
        N_("Keep or return the payment"),
        N_("{amount_cents} in the debtor's own order (§ 367(2) BGB)"),
    ),
    "legal_deadline": Reason(N_("Deadline in court"), N_("{deadline_code}, until {last_day_on}")),
    "court_query": Reason(N_("Answer the court's query"), N_("asked on {happened_on}")),
    "address_inquiry": Reason(N_("Find out the address"), N_("the court could not serve: {why}")),
    "opposition_decide": Reason(N_("Decide on the opposition"), N_("received on {happened_on}")),
    "court_fee_due": Reason(N_("Pay the court"), N_("{amount_cents}, payable by {due_on}")),
    "receipt_missing": Reason(
        N_("Receipt of the court is missing"), N_("file {file_number} of {happened_on}")
    ),
    "filed_although": Reason(
        N_("Withdraw at the court"), N_("sent with file {file_number}, although: {why_code}")
    ),
    "enforcement_possible": Reason(
        N_("Apply for the enforcement order"), N_("possible from {earliest_on} on")
    ),
    "finality_due": Reason(N_("Note that the order is final"), N_("since {final_on}")),
    "run_failed": Reason(
        N_("Look at this case: the nightly work failed"),
        N_("{run_code}; it is tried again every night"),
    ),
    "strategy_call": Reason(
        N_("Call the debtor"), N_("next step of the strategy, until {until_on}")
    ),
    "strategy_visit": Reason(
        N_("Visit the debtor"), N_("next step of the strategy, until {until_on}")
    ),
    "visit_due": Reason(
        N_("Visit the debtor and report"), N_("planned for {due_on}"), N_("Visit on {due_on}")
    ),
    "visit_waits": Reason(N_("Ask the client about the visit"), N_("planned for {due_on}")),
    "visit_unwanted": Reason(
        N_("Decide how it goes on without a visit"), N_("the client does not want it: {why}")
    ),
    "heirs_awaited": Reason(
        N_("Ask the probate court again"),
        N_("{court}, asked on {happened_on}"),
        N_("Wait for the probate court"),
    ),
    "heirs_to_write": Reason(N_("Write to the heirs"), N_("heirs: {count}")),
    "meeting_due": Reason(
        N_("Hold the meeting and write its minutes"), N_("on {due_on}"), N_("Meeting on {due_on}")
    ),
    "meeting_cancelled": Reason(
        N_("Decide how it goes on without a meeting"), N_("cancelled for {due_on}: {why}")
    ),
    "visit_cancelled": Reason(
        N_("Decide how it goes on without a visit"), N_("cancelled for {due_on}: {why}")
    ),
    "court_recommended": Reason(N_("Recommended to court"), N_("{why}")),
    "post_arrived": Reason(N_("Read what came in"), N_("{name}")),
    "address_lost": Reason(
        N_("Find out the address"), N_("letter {number} came back on {came_back_on}")
    ),
    "strategy_over": Reason(N_("Decide how it goes on"), N_("the strategy is through {why}")),
    "letter_refused": Reason(
        N_("Complete what the next letter lacks"), N_("the strategy could not send it")
    ),
    "no_next_step": Reason(
        N_("Decide how it goes on"), N_("the case is open and has no next step")
    ),
    "lawyer_hand_over": Reason(
        N_("Hand the case over to the lawyer"), N_("referred on {happened_on}")
    ),
    "title_follow_up": Reason(N_("Enforce the title"), N_("title of {issued_on}")),
}
