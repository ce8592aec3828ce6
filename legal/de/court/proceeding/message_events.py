"""What a court message means for the proceedings it names, as proposals to be confirmed."""

import datetime
from collections.abc import Iterator

from legal.court_papers import Proposal
from legal.de.court.eda.message_reading import SERVICE_EVENTS
from legal.de.court.eda.messages import (
    EnforcementOrderIssued,
    Message,
    Opposition,
    PaymentOrderIssued,
    Query,
    Referral,
    ServiceNote,
)
from legal.de.deadlines import court_post_received
from legal.proceeding import CourtEventKind, Event

#: What a message says where the court has given no number yet.
NO_NUMBER = "00000000000"


def list_proposals(
    message: Message, sent_on: datetime.date, *, posted: bool = False
) -> Iterator[Proposal]:
    """The events a message proposes; `sent_on` is the date of its file.

    A notice by post is deemed received on the fourth day after posting. Law: ZPO § 270 sentence 2.
    """
    learned = court_post_received(sent_on) if posted else sent_on
    match message:
        case PaymentOrderIssued():
            on = message.date or sent_on
            for index, gnr in enumerate(message.gnrs or ("",)):
                event = Event(CourtEventKind.ORDER_ISSUED, on)
                yield Proposal(_number(gnr), message.own_ref, index, event)
        case EnforcementOrderIssued():
            event = Event(CourtEventKind.ENFORCEMENT_ISSUED, message.issued or sent_on)
            yield Proposal(_number(message.gnr), message.own_ref, 0, event)
        case ServiceNote() if message.event in SERVICE_EVENTS.values():
            event = Event(CourtEventKind(message.event), message.date or sent_on)
            yield Proposal(_number(message.gnr), message.own_ref, 0, event)
        case Opposition():
            yield _opposition(message, sent_on, learned)
        case Referral():
            event = Event(CourtEventKind.REFERRED, message.date or sent_on, received_on=learned)
            yield Proposal(_number(message.gnr), message.own_ref, 0, event)
        case Query():
            event = Event(CourtEventKind.QUERIED, message.monition_date or sent_on)
            for index, gnr in enumerate(message.gnrs or (message.gnr,)):
                yield Proposal(_number(gnr), message.own_ref, index, event)
        case _:
            return


def _opposition(message: Opposition, sent_on: datetime.date, learned: datetime.date) -> Proposal:
    """An unknown extent counts as full: it is the careful reading for the enforcement order."""
    event = Event(
        CourtEventKind.OPPOSED,
        message.opposition_received or sent_on,
        partial=message.partial is True,
        received_on=learned,
    )
    return Proposal(_number(message.gnr), message.own_ref, 0, event)


def _number(gnr: str) -> str:
    return "" if gnr == NO_NUMBER else gnr
