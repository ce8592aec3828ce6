"""The words for objections, what speaks for them and how they were decided."""

from cases.objections.indicators import SpeaksFor
from cases.objections.models import ObjectionKind, Verdict
from legal.findings import N_, Words

OBJECTIONS: Words = {
    ObjectionKind.PAID: N_("Already paid"),
    ObjectionKind.NOT_ORDERED: N_("Not ordered"),
    ObjectionKind.NOT_DELIVERED: N_("Not delivered"),
    ObjectionKind.DEFECT: N_("Goods or work defective"),
    ObjectionKind.WRONG_AMOUNT: N_("Amount wrong"),
    ObjectionKind.WITHDRAWN: N_("Contract withdrawn or cancelled"),
    ObjectionKind.TIME_BARRED: N_("Claim time-barred"),
    ObjectionKind.NOT_LIABLE: N_("Wrong person"),
    ObjectionKind.SET_OFF: N_("Set-off against a counterclaim"),
    ObjectionKind.OTHER: N_("Something else"),
}
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

TABLES = (OBJECTIONS, VERDICTS, SPEAKS_FOR)
CODES = {"kind_code": OBJECTIONS, "verdict_code": VERDICTS}
