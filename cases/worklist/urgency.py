"""How urgent work is by its queue; lower comes first."""

from cases.worklist.models import WorkQueue

#: Queue -> how urgent it is whatever the amount.
URGENCY = {
    WorkQueue.LIMITATION: 0,
    WorkQueue.LEGAL: 0,
    WorkQueue.COMMITMENT: 1,
    WorkQueue.BROKEN_PROMISE: 2,
    WorkQueue.OBJECTION: 3,
    WorkQueue.ANSWER: 3,
    WorkQueue.PAYMENT: 3,
}
ORDINARY = 5
