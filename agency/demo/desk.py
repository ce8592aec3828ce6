"""What every story has at hand: the people, the bank, and the everyday steps of a case."""

import re
import time
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import select

from agency.demo.bank import Transfer, Tray, iban_of
from agency.demo.house import House
from agency.demo.later import EFFECT, leave_letters
from agency.demo.names import Person
from cases.claims.ending import Ending, Remainder, end_case
from cases.claims.models import Outcome, Phase
from cases.claims.queries import get_case_by_id
from cases.claims.services import accept_case
from cases.contacts.approach import obstacle_to
from cases.contacts.commitments import CommitmentGiven
from cases.contacts.hours import CallingHours
from cases.contacts.models import ContactChannel, ContactOutcome, NonPaymentReason
from cases.contacts.promises import PromiseGiven
from cases.contacts.services import ContactDetails, FollowUp, log_contact
from cases.core import audit, clock, outbox
from cases.core.database import db
from cases.core.outbox import Effect, EffectState
from cases.ledger.services import owed_on
from cases.letters.drafting import DemandWish
from cases.letters.models import LetterKind
from cases.letters.queries import list_letters
from cases.letters.services import release_first_demand, send_letter
from cases.letters.written.services import begin_letter, change_letter, release_written

Part = Generator[int, None, None]
#: What is let go when a case is paid.
SMALL_CENTS = 5_00
#: The line of a usual text in which its writer says what he has to say.
SAMPLE = re.compile(r"Bitte schreiben Sie hier[^\n]*")
#: So long the process that prints may take for what is waited for.
PRINTER_SECONDS = 60
#: Effects that a worker carries out after the start, each with its PDF.
LATER = ("letter.send", EFFECT, "remittance.statement", "cash.receipt")


@dataclass(slots=True)
class Desk:
    """One house at work."""

    house: House
    today: date  # The real one, up to which the stories are told.
    printed_beside: bool = False  # Another process sets the letters that cannot wait.
    near_deadline: bool = False  # Whether a case was chosen whose deadline is near today.
    tray: Tray = field(default_factory=Tray)
    #: Case -> its debtor as the list named him, filled as lists are handed in.
    people: dict[int, Person] = field(default_factory=dict)

    def worker(self, case_id: int = 0) -> int:
        """Whose case it is, now acting: cases are shared between two people."""
        people = self.house.people
        person = people["sachbearbeitung2" if case_id % 3 == 0 else "sachbearbeitung"]
        audit.set_actor(person)
        return person

    def act_as(self, login: str) -> int:
        """Let somebody else act."""
        audit.set_actor(self.house.people[login])
        return self.house.people[login]

    def accept(self, case_id: int) -> None:
        """Take the order on."""
        accept_case(case_id, self.worker(case_id))

    def demand(self, case_id: int) -> None:
        """Release the first demand letter."""
        worker = self.worker(case_id)
        release_first_demand(case_id, DemandWish(clock.today()), worker)

    def write(self, case_id: int, kind: LetterKind, words: str = "") -> None:
        """Write and release a further letter: its usual text, and our words where it asks."""
        worker = self.worker(case_id)
        draft = begin_letter(get_case_by_id(case_id), kind, "de", worker)
        text = SAMPLE.sub(words, draft.text) if words else draft.text
        change_letter(
            draft, text, term_days=draft.term_days, next_step=draft.next_step,
            contract_circumstances=draft.contract_circumstances,
        )  # fmt: skip
        release_written(draft.id, worker)

    def call(
        self,
        case_id: int,
        outcome: ContactOutcome,
        reason: NonPaymentReason | None = None,
        *,
        note: str = "",
        promise_cents: int = 0,
        days: int = 0,
    ) -> Part:
        """Call the debtor on the next day on which that is allowed."""
        while obstacle_to(get_case_by_id(case_id), clock.now(), CallingHours()) is not None:
            yield 1
        self.worker(case_id)
        personal = outcome not in {ContactOutcome.NOT_REACHED, ContactOutcome.WRONG_NUMBER}
        again = outcome is ContactOutcome.CALL_BACK
        log_contact(
            case_id,
            ContactDetails(
                ContactChannel.PHONE, outcome=outcome, identity_confirmed=personal,
                reason=reason, note=note or None, right_person=True if personal else None,
            ),
            promise=_promise(promise_cents, days) if promise_cents else None,
            commitment=CommitmentGiven("Rückruf", clock.now() + timedelta(days=days or 1))
            if again else None,
            follow_up=FollowUp(clock.today() + timedelta(days=days), note) if days and not
            (again or promise_cents) else None,
        )  # fmt: skip

    def pay(self, case_id: int, cents: int | None = None, purpose: str = "") -> int:
        """Let the debtor pay what is open, or a part; the next statement brings it."""
        case = get_case_by_id(case_id)
        amount = cents or owed_on(case, clock.today()).open_cents
        words = purpose or f"Aktenzeichen {case.number}"
        self.tray.book(clock.today(), self._transfer(case_id, amount, words))
        return amount

    def bounce(self, case_id: int, cents: int) -> None:
        """Let the bank take a payment back."""
        case = get_case_by_id(case_id)
        words = f"Rücküberweisung Aktenzeichen {case.number}"
        self.tray.book(
            clock.today(), replace(self._transfer(case_id, -cents, words), is_return=True)
        )

    def _transfer(self, case_id: int, cents: int, words: str) -> Transfer:
        """From the debtor's own account."""
        return Transfer(cents, words, self.people[case_id].name, iban=iban_of(case_id))

    def print_letters(self, case_id: int) -> None:
        """Have the letters of a case set: a court asks for the day on which they left."""
        unsent = _unsent(case_id)
        if self.printed_beside:
            leave_letters([key for key, _ in unsent])
        else:
            for key, letter_id in unsent:
                send_letter(key, letter_id)

    def await_letters(self, case_id: int) -> None:
        """Wait until the letters of a case are set; whose printer is silent sets them himself."""
        until = time.monotonic() + PRINTER_SECONDS
        while self.printed_beside and _unsent(case_id) and time.monotonic() < until:
            time.sleep(0.02)
        unsent = _unsent(case_id)
        self.printed_beside = self.printed_beside and not unsent  # Nobody waits for it again.
        for key, letter_id in unsent:
            send_letter(key, letter_id)

    def days_ago(self) -> int:
        """How many days lie between the day that is told and today."""
        return (self.today - clock.today()).days

    def finish_paid(self, case_id: int) -> None:
        """Close what is paid; a few cents of interest are let go."""
        self.worker(case_id)
        case = get_case_by_id(case_id)
        if case.phase is Phase.CLOSED:
            return
        owed = owed_on(case, clock.today()).open_cents
        if owed < SMALL_CENTS:
            rest = Remainder.WAIVED if owed > 0 else Remainder.NOTHING
            end_case(case_id, Ending(Outcome.PAID, rest, "Restbetrag erlassen"))


def _unsent(case_id: int) -> list[tuple[str, int]]:
    return [(f"letter:{each.id}", each.id) for each, sent in list_letters(case_id) if sent is None]


def _promise(cents: int, days: int) -> PromiseGiven:
    return PromiseGiven(cents, clock.today() + timedelta(days=days))


def carry_out_waiting() -> None:
    """Do at once what a worker would do; only what is a PDF waits until after the start."""
    query = select(Effect.id).where(Effect.state == EffectState.WAITING, Effect.kind.not_in(LATER))
    ids = list(db.session.scalars(query.order_by(Effect.id)))
    db.session.rollback()
    for effect_id in ids:
        outbox.carry_out(effect_id)
