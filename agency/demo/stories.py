"""What becomes of a case out of court. Each story begins on the day after its case was opened."""

from datetime import timedelta

from agency.demo.agenda import Story
from agency.demo.desk import Desk
from cases.claims.debtors import post_came_back
from cases.claims.ending import Ending, Remainder, end_case, refuse_case
from cases.claims.holds import HoldWish, hold_case, lift_by_hand
from cases.claims.models import HoldReason, Outcome
from cases.claims.notes import add_note
from cases.claims.queries import get_case_by_id, list_debtors, list_open_holds, lock_case
from cases.contacts.models import ContactOutcome, NonPaymentReason
from cases.contacts.promises import settle_promises
from cases.core import clock
from cases.ledger.services import owed_on
from cases.ledger.write_offs import write_off
from cases.letters.models import LetterKind


def open_of(case_id: int) -> int:
    """What is open today."""
    return owed_on(get_case_by_id(case_id), clock.today()).open_cents


def _first_letter(desk: Desk, case_id: int) -> Story:
    """Accepted and demanded; the fortnight passes."""
    yield 2
    desk.accept(case_id)
    yield 3
    desk.demand(case_id)


def pays_at_once(desk: Desk, case_id: int) -> Story:
    """The letter is enough."""
    yield from _first_letter(desk, case_id)
    yield 12
    desk.pay(case_id)
    yield 16
    desk.finish_paid(case_id)


def keeps_promise(desk: Desk, case_id: int) -> Story:
    """A call, a promise, a confirmation, the money."""
    yield from _first_letter(desk, case_id)
    yield 21
    yield from desk.call(
        case_id, ContactOutcome.PROMISE, NonPaymentReason.FORGOT, note="zahlt nach Gehaltseingang",
        promise_cents=open_of(case_id), days=10,
    )  # fmt: skip
    yield 16
    desk.pay(case_id)
    yield 16
    settle_promises(case_id, clock.today())
    desk.finish_paid(case_id)


def breaks_promise(desk: Desk, case_id: int) -> Story:
    """A promise without money, a reminder, a refusal."""
    yield from _first_letter(desk, case_id)
    yield 20
    yield from desk.call(
        case_id, ContactOutcome.PROMISE, NonPaymentReason.CANNOT_PAY, note="wartet auf Geld",
        promise_cents=max(open_of(case_id) // 2, 1), days=14,
    )  # fmt: skip
    yield 19
    settle_promises(case_id, clock.today())
    yield 2
    desk.write(case_id, LetterKind.REMINDER)
    yield 25
    yield from desk.call(
        case_id, ContactOutcome.REFUSES, NonPaymentReason.REFUSES, note="will nicht zahlen"
    )
    yield 45
    desk.worker(case_id)
    end_case(case_id, Ending.usual(Outcome.UNCOLLECTIBLE, "Mandant verzichtet auf eine Klage"))


def pays_in_parts(desk: Desk, case_id: int) -> Story:
    """Instalments asked for on the phone, a part each month."""
    yield from _first_letter(desk, case_id)
    yield 18
    part = max(open_of(case_id) // 6, 5_00)
    yield from desk.call(
        case_id, ContactOutcome.INSTALMENTS, NonPaymentReason.CANNOT_PAY,
        note="möchte in sechs Raten zahlen", days=20,
    )  # fmt: skip
    for _ in range(7):
        yield 30
        if open_of(case_id) > part:
            desk.pay(case_id, part)
    yield 30
    desk.pay(case_id)
    yield 16
    desk.finish_paid(case_id)


def is_never_reached(desk: Desk, case_id: int) -> Story:
    """Nobody answers, the post comes back, nothing can be had."""
    yield from _first_letter(desk, case_id)
    yield 22
    yield from desk.call(case_id, ContactOutcome.NOT_REACHED, note="Mailbox", days=6)
    yield 6
    yield from desk.call(case_id, ContactOutcome.WRONG_NUMBER, note="Nummer gehört jemand anderem")
    yield 8
    desk.worker(case_id)
    post_came_back(case_id, list_debtors(case_id)[0].debtor.public_id, clock.today())
    yield 90
    desk.worker(case_id)
    end_case(case_id, Ending.usual(Outcome.UNCOLLECTIBLE, "Anschrift nicht zu ermitteln"))


def calls_back(desk: Desk, case_id: int) -> Story:
    """The debtor wants to be called again; then he pays."""
    yield from _first_letter(desk, case_id)
    yield 19
    yield from desk.call(
        case_id, ContactOutcome.CALL_BACK, NonPaymentReason.INTERNAL_DELAY,
        note="Buchhaltung ist erst nächste Woche da", days=5,
    )  # fmt: skip
    yield 40
    yield from desk.call(
        case_id, ContactOutcome.REACHED_PAYS, NonPaymentReason.INTERNAL_DELAY,
        note="Überweisung ist angewiesen", days=10,
    )  # fmt: skip
    yield 6
    desk.pay(case_id)
    yield 16
    desk.finish_paid(case_id)


def is_held(desk: Desk, case_id: int) -> Story:
    """The client wants us to wait; then the work goes on."""
    yield from _first_letter(desk, case_id)
    yield 15
    desk.worker(case_id)
    reason = (HoldReason.CREDITOR, HoldReason.HOSPITAL, HoldReason.OTHER)[case_id % 3]
    until = clock.today() + timedelta(days=30)
    hold_case(case_id, HoldWish(reason, until, "bittet um Aufschub"))
    yield 33
    desk.worker(case_id)
    lift_by_hand(list_open_holds(case_id)[0].id, "Frist ist um")
    yield 3
    desk.write(case_id, LetterKind.REMINDER)
    yield 14
    desk.pay(case_id)
    yield 16
    desk.finish_paid(case_id)


def becomes_insolvent(desk: Desk, case_id: int) -> Story:
    """Insolvency or death: the case stands still and ends."""
    yield from _first_letter(desk, case_id)
    yield 30
    desk.worker(case_id)
    reason = HoldReason.INSOLVENCY if case_id % 2 else HoldReason.DECEASED
    hold_case(case_id, HoldWish(reason, clock.today() + timedelta(days=60), "laut Schreiben"))
    yield 61
    desk.worker(case_id)
    if reason is HoldReason.INSOLVENCY:
        end_case(case_id, Ending.usual(Outcome.INSOLVENT, "Forderung zur Tabelle angemeldet"))
    else:
        end_case(case_id, Ending.usual(Outcome.UNCOLLECTIBLE, "Nachlass ist dürftig"))


def settles(desk: Desk, case_id: int) -> Story:
    """A part at once, the rest let go with the client's consent."""
    yield from _first_letter(desk, case_id)
    yield 24
    desk.pay(case_id, max(open_of(case_id) * 7 // 10, 1))
    yield 16
    desk.worker(case_id)
    add_note(case_id, "Mandant ist mit 70 Prozent einverstanden.")
    end_case(case_id, Ending(Outcome.SETTLED, Remainder.SETTLED, "Vergleich über 70 Prozent"))


def is_withdrawn(desk: Desk, case_id: int) -> Story:
    """The client takes it back."""
    yield from _first_letter(desk, case_id)
    yield 26
    desk.worker(case_id)
    end_case(case_id, Ending.usual(Outcome.WITHDRAWN, "Mandant hat sich direkt geeinigt"))


def is_refused(desk: Desk, case_id: int) -> Story:
    """The order is not taken on."""
    yield 3
    desk.worker(case_id)
    refuse_case(case_id, "Der Schuldner ist minderjährig.")


def is_given_up(desk: Desk, case_id: int) -> Story:
    """A small part came, the rest is written off."""
    yield from _first_letter(desk, case_id)
    yield 30
    desk.pay(case_id, max(open_of(case_id) // 5, 1))
    yield 40
    desk.worker(case_id)
    write_off(lock_case(case_id), "Vermögensauskunft ohne Ergebnis")
    end_case(case_id, Ending.usual(Outcome.UNCOLLECTIBLE, "Vermögenslos"))


def bounces(desk: Desk, case_id: int) -> Story:
    """The bank takes the payment back; it comes again later."""
    yield from _first_letter(desk, case_id)
    yield 13
    paid = desk.pay(case_id)
    yield 3
    desk.bounce(case_id, paid)
    yield 28
    yield from desk.call(
        case_id, ContactOutcome.REACHED_PAYS, NonPaymentReason.CANNOT_PAY,
        note="Konto war nicht gedeckt", days=9,
    )  # fmt: skip
    yield 12
    desk.pay(case_id)
    yield 16
    desk.finish_paid(case_id)


def pays_without_number(desk: Desk, case_id: int) -> Story:
    """Money without a word of what it is for waits for accounts."""
    yield from _first_letter(desk, case_id)
    yield 14
    desk.pay(case_id, purpose="Zahlung wie besprochen")
    yield 25
    yield from desk.call(
        case_id, ContactOutcome.REACHED_PAYS, NonPaymentReason.UNKNOWN, note="hat längst gezahlt"
    )
    yield 60
    desk.finish_paid(case_id)


STORIES = (
    pays_at_once, keeps_promise, breaks_promise, pays_in_parts, is_never_reached, calls_back,
    is_held, pays_at_once, becomes_insolvent, settles, is_withdrawn, is_given_up, bounces,
    is_refused, keeps_promise, pays_without_number,
)  # fmt: skip
