"""The words for the kinds of work; why an item stands there is in `reasons`."""

from cases.worklist.models import WorkQueue
from legal.findings import N_, Words

QUEUES: Words = {
    WorkQueue.NEW_CASE: N_("New orders"),
    WorkQueue.FOLLOW_UP: N_("Follow-ups"),
    WorkQueue.COMMITMENT: N_("Call backs"),
    WorkQueue.BROKEN_PROMISE: N_("Broken promises"),
    WorkQueue.OBJECTION: N_("Objections"),
    WorkQueue.PAYMENT: N_("Payments"),
    WorkQueue.STEP_DUE: N_("Steps due"),
    WorkQueue.LEGAL: N_("Court"),
    WorkQueue.LIMITATION: N_("Limitation"),
    WorkQueue.TASK: N_("Tasks"),
}

TABLES = (QUEUES,)
