"""Effects: what the outbox can carry out, registered here for web and worker alike."""

from agency.settings import Settings
from cases.core import outbox
from cases.core.jobs import Waker
from cases.core.outbox import HANDLERS, WAKE, Handler
from cases.dunning.fee_watch import review_fee
from cases.filings.applications import handing_over, releasing
from cases.intake.documents import tell_document
from cases.intake.opening import open_submission
from cases.intake.reading_in import read_submission
from cases.letters import services as letters
from cases.payments.importing import import_file


def register_effects(settings: Settings) -> None:
    """Say how each kind of effect is carried out, and how workers are woken."""
    HANDLERS.clear()
    HANDLERS.update(handlers())
    outbox.LEASE_SECONDS = settings.lease_seconds
    WAKE[:] = [Waker(settings.redis_url).wake]


def handlers() -> dict[str, Handler]:
    """Kind of effect -> how it is carried out."""
    return {
        "bank.import": Handler(import_file, inside=False),
        "costs.review": Handler(review_fee, inside=True),
        releasing.EFFECT: Handler(releasing.make_file, inside=False),
        handing_over.EFFECT: Handler(handing_over.hand_over_file, inside=False),
        "intake.document_added": Handler(tell_document, inside=True),
        "intake.open": Handler(open_submission, inside=False),
        "intake.read": Handler(read_submission, inside=False),
        "letter.send": Handler(letters.send_letter, inside=True),
    }
