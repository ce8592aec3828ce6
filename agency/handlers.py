"""Which function carries out which kind of effect."""

from agency.settings import Settings
from cases.core.outbox import Handler
from cases.letters import services as letters


def handlers(settings: Settings) -> dict[str, Handler]:
    """Kind of effect -> how it is carried out."""
    return {
        "letter.send": Handler(letters.send_letter, inside=True),
    }
