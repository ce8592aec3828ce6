"""What happens to all that hangs on a case when it ends or is opened again: the one table.

A test compares it with the database: each table that names a case is settled here, or stands in
`KEPT` with the reason why nothing happens to it.
"""

from typing import NamedTuple

from cases.claims.asking.services import withdraw_all
from cases.claims.ending import UNPAID, AtEnd, AtReopening, Consequences, Ending, connect
from cases.claims.models import Case, Outcome
from cases.contacts.ending import withdraw_commitments, withdraw_promises
from cases.contacts.meetings.services import cancel_meetings
from cases.contacts.requests import withdraw_requests
from cases.contacts.visits.planning import cancel_visits
from cases.core.mail import services as mails
from cases.filings.ending import drop_drafts, return_unfiled, tell_legal
from cases.ledger.remainder import bring_back_remainder, settle_remainder
from cases.letters.ending import cancel_unsent, drop_announcements
from cases.objections.ending import hold_undecided
from cases.plans.ending import end_plans, resume_plans
from cases.strategies.ending import end_strategy, resume_strategy
from cases.worklist.house_tasks import add_house_task, finish_house_task
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_all_items


def empty_worklist(case: Case, ending: Ending) -> None:
    """Nothing is to be done in a case that has ended."""
    finish_all_items(case)


def ask_for_next_step(case: Case, reason: str) -> None:
    """Somebody decides how a case goes on that was opened again."""
    add_item(
        case,
        WorkQueue.TASK,
        "case_unpaid_again" if reason == UNPAID else "case_reopened",
        f"case:{case.id}:reopened",
        owner_id=case.owner_id,
        why=reason,
    )


def tell_of_refused_mail() -> None:
    """A mail that was refused for good is a task of the house until somebody has looked."""
    if mails.count_refused():
        add_house_task("mail_refused", "mail_refused")
    else:
        finish_house_task("mail_refused")


class Row(NamedTuple):
    """One table of the database, and what is done with its rows of the case."""

    table: str
    at_end: AtEnd | None = None
    at_reopening: AtReopening | None = None
    only: frozenset[Outcome] = frozenset(Outcome)


#: In this order. Money first: where the remainder forbids the end, nothing else is touched.
SETTLED = (
    Row("ledger_entries", settle_remainder, bring_back_remainder),
    Row("plans", end_plans, resume_plans),
    Row("client_approvals", withdraw_all),
    Row("promises", withdraw_promises),
    Row("commitments", withdraw_commitments),
    Row("debtor_requests", withdraw_requests),
    Row("visits", cancel_visits),
    Row("meetings", cancel_meetings),
    Row("letters", cancel_unsent),
    Row("announcements", drop_announcements),
    Row("case_strategies", end_strategy, resume_strategy),
    Row("objections", None, hold_undecided),
    Row("filings", drop_drafts, return_unfiled),
    Row("work_items", empty_worklist, ask_for_next_step),
    Row("proceedings", tell_legal),  # After the worklist is empty: this item stays.
)
#: Table -> why the end of a case leaves its rows as they are.
KEPT = {
    "address_inquiries": "What was asked and what it cost stays on record.",
    "attempts": "What was tried stays on record.",
    "client_papers": "What shows our right stays on record.",
    "intentions": "Open ones are dropped with the strategy; what was intended stays on record.",
    "bill_lines": "A bill is paid and passed on whatever becomes of the case.",
    "complaints": "The creditor's answer is awaited whatever becomes of the money.",
    "root_causes": "Why it came to it does not change.",
    "cash_receipts": "What was taken in cash stays on record, with its number.",
    "case_debtors": "Who owes does not change.",
    "claim_documents": "Evidence stays with the claim.",
    "claims": "What was owed stays on record; the remainder is settled on the claim account.",
    "contacts": "What was said stays on record.",
    "court_declarations": "What was declared stays on record.",
    "court_memories": "What was learnt about the creditor holds for his other cases.",
    "court_messages": "What the court wrote stays on record.",
    "court_payables": "A court is owed its fees whatever becomes of the case.",
    "creditor_reports": "What the creditor reported is answered whatever becomes of the case.",
    "estates": "Who died and who was asked stays on record.",
    "fee_decisions": "What was decided about the fee stays on record.",
    "holds": "Lifted by the transition itself, in cases.claims.ending.",
    "journal_lines": "The trust accounts follow the claim account.",
    "legal_deadlines": "The law's clock runs on until the proceeding is withdrawn.",
    "liability_log": "A log.",
    "letter_mails": "What went by e-mail stays on record.",
    "returned_letters": "What post brought back stays on record.",
    "letter_drafts": "A closing letter is written when the case has ended.",
    "joint_defaults": "Since when each joint debtor was in default stays true.",
    "limitation_events": "What stopped or restarted limitation stays true.",
    "open_item_questions": "The client's answer counts whatever becomes of the case.",
    "payments": "Money that came stays allocated.",
    "plan_mandates": "Nothing is collected without a plan that runs; one that runs on has it.",
    "post_items": "What came in stays on record.",
    "remittance_cases": "What a pay-out settled stays settled.",
    "timeline_events": "A log.",
    "transfers": "What was paid too much goes back all the same.",
    "titles": "A title stays good for thirty years.",
}


def connect_consequences() -> None:
    """Hand the table over to the transitions; the shell does so once."""
    connect(
        Consequences(
            at_end={
                outcome: [row.at_end for row in SETTLED if row.at_end and outcome in row.only]
                for outcome in Outcome
            },
            at_reopening=[row.at_reopening for row in SETTLED if row.at_reopening],
        )
    )
    mails.REFUSALS_CHANGED[:] = [tell_of_refused_mail]
