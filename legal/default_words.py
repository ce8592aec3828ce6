"""The words for grounds of default."""

from legal.default import Ground
from legal.findings import N_, Words

GROUNDS: Words = {
    Ground.AGREED_DAY: N_("agreed payment day passed"),
    Ground.REMINDER: N_("reminder received"),
    Ground.REFUSAL: N_("final refusal"),
    Ground.THIRTY_DAYS: N_("30 days after due date and invoice"),
}

TABLES = (GROUNDS,)
