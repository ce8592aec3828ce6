"""The words for objections, what speaks for them and how they were decided."""

from cases.objections.catalogue import Contests, Side, reasons
from cases.objections.indicators import SpeaksFor, Weight
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

TABLES = (OBJECTIONS, VERDICTS, SPEAKS_FOR, WEIGHTS, SIDES, CONTESTS)
CODES = {"kind_code": OBJECTIONS, "verdict_code": VERDICTS}
