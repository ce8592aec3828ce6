"""Papers of clients and days of the house for tests."""

from datetime import timedelta

from cases.core import clock
from cases.documents.client_papers.models import ClientPaper, PaperKind
from cases.documents.client_papers.services import keep_paper
from cases.parties.models import Creditor
from cases.worklist.house_dates.models import DateKind, HouseDate
from cases.worklist.house_dates.services import enter_date
from tests.factories.documents import PDF


def make_client_paper(creditor: Creditor) -> ClientPaper:
    """A power of attorney that was signed today."""
    return keep_paper(creditor.id, PaperKind.POWER_OF_ATTORNEY, PDF, "vollmacht.pdf", clock.today())


def make_house_date() -> HouseDate:
    """An insurance that has to be renewed in a month."""
    due_on = clock.today() + timedelta(days=30)
    return enter_date(DateKind.INSURANCE, "Versicherung erneuern", due_on, 30, 500_000_00)
