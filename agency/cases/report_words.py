"""Words about booking what a creditor reports."""

from flask_babel import gettext

from cases.claims.report_models import CreditorReport, ReportKind
from cases.costs.accepting import Counting
from legal.findings import N_, Words
from portal.shell.formatting import day, euro

COUNTINGS: Words = {
    Counting.LAW: N_("By law: costs, then interest, then principal (§ 367(1) BGB)"),
    Counting.PRINCIPAL_FIRST: N_(
        "As the debtor wanted it: the principal first, costs stay open (§ 367(2) BGB)"
    ),
    Counting.NEVER_OWED: N_("Never owed: from the day of the invoice; costs and interest follow"),
    Counting.GOODWILL: N_("Goodwill: from its own day; costs and interest until then stay owed"),
}


def suggested_answer(report: CreditorReport, currency: str) -> str:
    """What the creditor most often reads; whoever answers may change it."""
    values = {
        "amount": euro(report.amount_cents or 0, currency),
        "day": day(report.happened_on) if report.happened_on else "",
    }
    if report.kind is ReportKind.CREDIT_NOTE:
        return str(gettext("Your credit note of %(amount)s of %(day)s is booked.", **values))
    return str(gettext("The payment of %(amount)s to you of %(day)s is booked.", **values))
