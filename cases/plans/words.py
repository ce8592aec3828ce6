"""Plans in words."""

from cases.plans.models import AcceptedBy, EndedBy, PlanKind, PlanState
from cases.plans.progress import Standing
from legal.findings import N_, Words
from legal.instalments import Rhythm

PLAN_KINDS: Words = {
    PlanKind.FORBEARANCE: N_("Forbearance"),
    PlanKind.AGREEMENT: N_("Agreement"),
}
PLAN_STATES: Words = {
    PlanState.ASKED: N_("waits for approval"),
    PlanState.OFFERED: N_("offered, not accepted yet"),
    PlanState.RUNNING: N_("running"),
    PlanState.BROKEN: N_("broken"),
    PlanState.FULFILLED: N_("fulfilled"),
    PlanState.ENDED: N_("ended"),
}
RHYTHMS: Words = {
    Rhythm.MONTH: N_("every month"),
    Rhythm.TWO_WEEKS: N_("every two weeks"),
    Rhythm.WEEK: N_("every week"),
}
ACCEPTED: Words = {
    AcceptedBy.LETTER: N_("by letter"),
    AcceptedBy.EMAIL: N_("by e-mail"),
    AcceptedBy.FAX: N_("by fax"),
}
ENDED_BY: Words = {
    EndedBy.REVOKED: N_("revoked by us"),
    EndedBy.DEBTOR: N_("the debtor does not want it any more"),
    EndedBy.LAPSED: N_("not accepted in time"),
    EndedBy.CLIENT_REFUSED: N_("the client refused"),
    EndedBy.SECOND_REFUSED: N_("the second person refused"),
    EndedBy.CASE_ENDED: N_("the case ended before"),
}
STANDINGS: Words = {
    Standing.PAID: N_("paid"),
    Standing.AHEAD: N_("to come"),
    Standing.WAITED_FOR: N_("waited for"),
    Standing.MISSED: N_("missed"),
}
TABLES = (PLAN_KINDS, PLAN_STATES, RHYTHMS, ACCEPTED, ENDED_BY, STANDINGS)
CODES = {"ended_code": ENDED_BY, "plan_code": PLAN_KINDS}
MESSAGES = {
    "limitation_before_end": N_(
        "Claim {invoice_number} may be time-barred after {limitation_on}, before the last "
        "instalment of {last_on}. Each instalment that is paid begins its period anew (§ 212 BGB); "
        "a forbearance itself suspends nothing."
    ),
    "agreement_suspends": N_(
        "The agreement suspends limitation while the debtor may refuse (§ 205 BGB); legal confirms "
        "that."
    ),
    "rate_may_change": N_(
        "No base rate is known after {known_until_on}: the last instalment moves with a new one."
    ),
    "several_debtors": N_(
        "All joint debtors get the letter. Who pays restarts limitation for himself only (§ 425 "
        "BGB)."
    ),
    "disputed": N_(
        "An objection is being verified. A plan could be read as an acknowledgement: the letter "
        "says which objections stay open."
    ),
    "in_court": N_("The matter is in court; the proceeding goes on while the plan runs."),
    "too_many_months": N_(
        "The client's contract lets us grant {months} months; this plan takes longer."
    ),
    "no_instalments": N_("The client's contract lets us grant no instalments without asking him."),
    "lets_go_too_much": N_(
        "The client's contract lets us let go of {limit_cents}; this is {client_cents} of his."
    ),
    "not_alone": N_(
        "{let_go_cents} are let go; one person may let go of {limit_cents}: a second person "
        "confirms."
    ),
    "house_lets_go_too_much": N_(
        "Of our own costs {house_cents} are let go, the house's limit is {limit_cents}: a second "
        "person confirms."
    ),
}
