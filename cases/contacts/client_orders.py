"""A client's order by phone (stop, wait, withdraw): taken at once, and confirmed to him by mail.

To wait or to stop holds the case; a withdrawal is his report, as he makes it in his portal: it
holds the case by itself, and somebody closes it or answers.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cases.claims import timeline
from cases.claims.holds import HoldWish, hold_case
from cases.claims.models import HoldReason
from cases.claims.queries import lock_case
from cases.claims.report_models import ReportKind
from cases.claims.reports import Report, report
from cases.claims.services import require_open
from cases.contacts.status_mail import address_of, language_of
from cases.core import audit, clock
from cases.core.errors import Invalid
from cases.core.mail.services import MailText, send_mail
from cases.parties.queries import get_creditor
from legal.errors import InvariantBroken
from legal.findings import N_

KIND = "client.order"
#: So long a case that a client stopped stands still before somebody asks him again (our choice).
REVIEW = timedelta(days=28)


class ClientOrder(StrEnum):
    """What a client asks of us on the phone."""

    WAIT = "wait"
    STOP = "stop"
    WITHDRAW = "withdraw"


class OrderFromMissing(Invalid):
    """Say who at the client gave this order."""


class OrderDayMissing(Invalid):
    """Say until which day we wait; it lies ahead."""


_LINK = N_("Look at the case")
_CLOSING = N_("If this is not what you told us, please call us or write to us in the portal.")
#: Kind of mail -> its words; the assembly takes them over.
TEXTS = {
    f"{KIND}.{ClientOrder.WAIT.value}": MailText(
        N_("Your order in case {number}: we wait"),
        (
            N_("{name} asked us on the phone on {day} to wait in case {number}."),
            N_("Until {until} we take no step of pressure. Then the case comes up again."),
            _CLOSING,
        ),
        _LINK,
    ),
    f"{KIND}.{ClientOrder.STOP.value}": MailText(
        N_("Your order in case {number}: we stop"),
        (
            N_("{name} asked us on the phone on {day} to stop in case {number}."),
            N_("We take no step of pressure. On {until} we ask you how it goes on."),
            _CLOSING,
        ),
        _LINK,
    ),
    f"{KIND}.{ClientOrder.WITHDRAW.value}": MailText(
        N_("Your order in case {number}: withdrawn"),
        (
            N_("{name} withdrew case {number} on the phone on {day}."),
            N_("We take no step of pressure, close the case and tell you what was settled."),
            _CLOSING,
        ),
        _LINK,
    ),
}


@dataclass(frozen=True, slots=True)
class OrderTaken:
    """What somebody at the client told us."""

    order: ClientOrder
    from_whom: str
    words: str = ""
    until_on: date | None = None  # Only where we are to wait.


def take_order(case_id: int, taken: OrderTaken) -> str | None:
    """Take an order at once; answers the address it is confirmed to, None where none is known.

    Raises:
        CaseClosed, OrderFromMissing, OrderDayMissing.
    """
    case, user_id = lock_case(case_id), audit.actor_id()
    require_open(case)
    if user_id is None:
        raise InvariantBroken("an order is taken by somebody")
    who = taken.from_whom.strip()
    if not who:
        raise OrderFromMissing
    until = _until(taken)
    said = ": ".join(part for part in (who, taken.words.strip()) if part)
    if taken.order is ClientOrder.WITHDRAW:
        report(case, user_id, Report(ReportKind.WITHDRAWAL, words=said))
    else:
        hold_case(case.id, HoldWish(HoldReason.CREDITOR, until, said))
    timeline.record(case, "client_order.taken", order_code=taken.order.value, name=who)
    creditor = get_creditor(case.creditor_id)
    address, language = address_of(creditor), language_of(creditor)
    if address:
        told = {
            "number": case.number,
            "name": who,
            "day": _day(clock.today(), language),
            "until": _day(until, language),
        }
        path = f"/my-cases/{case.public_id}"
        send_mail(f"{KIND}.{taken.order.value}", address, language, told, path=path)
    return address


def _until(taken: OrderTaken) -> date:
    if taken.order is not ClientOrder.WAIT:
        return clock.today() + REVIEW
    if taken.until_on is None or taken.until_on <= clock.today():
        raise OrderDayMissing
    return taken.until_on


def _day(day: date, language: str) -> str:
    return f"{day:%d.%m.%Y}" if language == "de" else f"{day:%d/%m/%Y}"
