"""The words for the kinds of work; why an item stands there is in `reasons`."""

from cases.worklist.house_dates.models import DateKind
from cases.worklist.models import WorkQueue
from legal.findings import N_, Words

QUEUES: Words = {
    WorkQueue.NEW_CASE: N_("New orders"),
    WorkQueue.FOLLOW_UP: N_("Follow-ups"),
    WorkQueue.COMMITMENT: N_("Call backs"),
    WorkQueue.BROKEN_PROMISE: N_("Broken promises"),
    WorkQueue.OBJECTION: N_("Objections"),
    WorkQueue.ANSWER: N_("New answers"),
    WorkQueue.PAYMENT: N_("Payments"),
    WorkQueue.STEP_DUE: N_("Steps due"),
    WorkQueue.LEGAL: N_("Court"),
    WorkQueue.LIMITATION: N_("Limitation"),
    WorkQueue.TASK: N_("Tasks"),
}

#: The kinds of runs, as they are called where they failed for a case and on the page of runs.
RUNS: Words = {
    "limitation.warnings": N_("Warnings of limitation"),
    "limitation.days": N_("Days of limitation"),
    "objections": N_("Objections that wait for an answer"),
    "promises": N_("Promises whose day has passed"),
    "plans": N_("Instalment plans watched to the day"),
    "fees": N_("Step of the collection fee"),
    "court.receipts": N_("Receipts of the court"),
    "court.finality": N_("Enforcement orders that become final"),
    "own_name": N_("Reminders in clients' names"),
    "rates": N_("New base rates"),
    "house.dates": N_("Days of the house that ring"),
    "client.approvals": N_("Questions to clients whose day has passed"),
    "reports.mail": N_("Reports by mail"),
    "cleaning": N_("Cleaning of technical tables"),
    "strategies.placing": N_("New cases find their strategy"),
    "strategies.steps": N_("Steps of the strategies"),
    "strategies.stranded": N_("Cases without a next step"),
    "audit.heads": N_("Note the head of the audit trail outside"),
}

HOUSE_DATES: Words = {
    DateKind.REGISTRATION: N_("Registration"),
    DateKind.INSURANCE: N_("Liability insurance"),
    DateKind.SUPERVISION: N_("Supervisory authority"),
    DateKind.OTHER: N_("Something else"),
}
TABLES = (QUEUES, HOUSE_DATES)
CODES = {"run_code": RUNS}
