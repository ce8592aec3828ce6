"""The words of the comparison with a client's open items."""

from cases.recoveries.open_items.models import (
    CheckState,
    ClientAnswer,
    Difference,
    QuestionState,
)
from legal.findings import N_, Words

CHECKS: Words = {
    CheckState.WAITING: N_("being compared"),
    CheckState.DONE: N_("compared"),
    CheckState.REFUSED: N_("could not be read"),
}
DIFFERENCES: Words = {
    Difference.MISSING: N_("not open with him any more"),
    Difference.LESS: N_("less open with him"),
    Difference.MORE: N_("more open with him: what we collected is not booked there yet"),
}
QUESTIONS: Words = {
    QuestionState.OPEN: N_("asked"),
    QuestionState.ANSWERED: N_("answered"),
    QuestionState.NOTED: N_("only noted"),
    QuestionState.GONE: N_("settled by a later list"),
}
ANSWERS: Words = {
    ClientAnswer.PAID: N_("was paid to him"),
    ClientAnswer.CREDITED: N_("was credited"),
    ClientAnswer.STILL_OPEN: N_("is still open"),
}
TABLES = (CHECKS, DIFFERENCES, QUESTIONS, ANSWERS)
