"""What happens once a day: limitation, fee step, broken promises, court. Idempotent per date."""

from agency.effects import worker_app
from cases.contacts.services import mark_broken_promises
from cases.core import clock
from cases.core.database import transaction
from cases.dunning.fee_watch import watch_fees
from cases.dunning.limitation_watch import watch_limitation
from cases.filings.completeness import watch as watch_filings


def limitation_job() -> int:
    """Warn of claims that come near their limitation."""
    with worker_app().app_context():
        return watch_limitation()


def fee_job() -> int:
    """Raise the fee where the window has passed unpaid, take it back where it has not."""
    with worker_app().app_context():
        return watch_fees()


def promises_job() -> int:
    """Settle promises whose day has passed: kept if the money came, else broken."""
    with worker_app().app_context(), transaction():
        return mark_broken_promises(clock.today())


def court_job() -> int:
    """Alarm about files without a receipt, and orders that have become final."""
    with worker_app().app_context(), transaction():
        return watch_filings()
