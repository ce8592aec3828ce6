"""What happens once a day: limitation and the step of the collection fee. Idempotent per date."""

from agency.effects import worker_app
from cases.dunning.fee_watch import watch_fees
from cases.dunning.limitation_watch import watch_limitation


def limitation_job() -> int:
    """Warn of claims that come near their limitation."""
    with worker_app().app_context():
        return watch_limitation()


def fee_job() -> int:
    """Raise the fee where the window has passed unpaid, take it back where it has not."""
    with worker_app().app_context():
        return watch_fees()
