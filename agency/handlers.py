"""Which function carries out which kind of effect."""

from agency.settings import Settings
from cases.core.outbox import Handler
from cases.dunning.fee_watch import review_fee
from cases.intake.documents import tell_document
from cases.intake.opening import open_submission
from cases.intake.reading_in import read_submission
from cases.letters import services as letters
from cases.payments.importing import import_file


def handlers(settings: Settings) -> dict[str, Handler]:
    """Kind of effect -> how it is carried out."""
    return {
        "bank.import": Handler(import_file, inside=False),
        "costs.review": Handler(review_fee, inside=True),
        "intake.document_added": Handler(tell_document, inside=True),
        "intake.open": Handler(open_submission, inside=False),
        "intake.read": Handler(read_submission, inside=False),
        "letter.send": Handler(letters.send_letter, inside=True),
    }
