"""Letters that came back: the address is not good, the case stands still, an inquiry is ordered.

The envelope is known by the mark in its window or by the number of the letter. A letter that went
to an address which is no longer the present one says nothing new.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from cases.claims import timeline
from cases.claims.debtors import move_debtor, post_came_back
from cases.claims.models import Case, CaseDebtor, Phase
from cases.claims.queries import list_debtors, lock_case
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound, Refusal
from cases.core.locks import lock_row
from cases.letters.inbox.models import AddressInquiry, InquiryState, ReturnedLetter
from cases.letters.mark import NUMBER
from cases.letters.models import Letter
from cases.parties.changes import CameBackInFuture, Place
from cases.parties.models import AddressSource, Debtor, DebtorAddress
from cases.parties.queries import find_address
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_items

#: How a returned letter was dealt with.
NOTED, UNKNOWN, OLD_ADDRESS, CLOSED, TWICE = "noted", "unknown", "old_address", "closed", "twice"
MOST = 500
COLUMNS = ("inquiry", "case", "name", "given_name", "street", "postcode", "city", "country")
ANSWER = ("inquiry", "street", "postcode", "city", "country")


class TooManyNumbers(Invalid):
    """At most {most} letters at a time."""


class ProviderMissing(Invalid):
    """Name whom you ask: letters have to say where a researched address is from."""


class InquiryRuns(Conflict):
    """An inquiry about this debtor is open already."""


class AnswersUnreadable(Invalid):
    """The file needs a line with the columns inquiry, street, postcode, city, country."""


@dataclass(frozen=True, slots=True)
class Returned:
    """One letter that came back, and what was done."""

    number: str
    what: str
    case: Case | None = None


def numbers_in(text: str) -> list[str]:
    """The numbers of letters in what was scanned or pasted, each once. Raises TooManyNumbers."""
    found = list(dict.fromkeys(NUMBER.findall(text.upper())))
    rest = [word for word in re.split(r"[\s;,]+", NUMBER.sub(" ", text.upper())) if word]
    if len(found) + len(rest) > MOST:
        raise TooManyNumbers(most=MOST)
    return [*found, *dict.fromkeys(rest)]


def note_returned(number: str, day: date) -> Returned:
    """One letter came back. Raises CameBackInFuture."""
    letter = db.session.scalar(select(Letter).where(Letter.number == number))
    if letter is None:
        return Returned(number, UNKNOWN)
    case = lock_case(letter.case_id)
    if day > clock.today():
        raise CameBackInFuture
    db.session.execute(
        insert(ReturnedLetter)
        .values(letter_id=letter.id, case_id=case.id, creditor_id=case.creditor_id,
                came_back_on=day)
        .on_conflict_do_nothing()
    )  # fmt: skip
    debtor = next((d for d in list_debtors(case.id) if d.debtor.id == letter.debtor_id), None)
    if debtor is None or case.phase is Phase.CLOSED:
        return Returned(number, CLOSED, case)
    address = find_address(letter.debtor_id)
    if address is None or address.valid_from > letter.dispatched_on:
        return Returned(number, OLD_ADDRESS, case)
    if address.undeliverable_on is not None:
        return Returned(number, TWICE, case)
    post_came_back(case.id, debtor.debtor.public_id, day)
    add_item(
        case, WorkQueue.TASK, "address_lost", f"debtor:{letter.debtor_id}:address:{case.id}",
        owner_id=case.owner_id, number=number, came_back_on=day.isoformat(),
    )  # fmt: skip
    return Returned(number, NOTED, case)


def order_inquiry(
    case: Case, debtor_id: int, provider: str, cost_cents: int, user_id: int
) -> AddressInquiry:
    """Ask somebody where a debtor lives. Raises ProviderMissing, InquiryRuns."""
    if not provider.strip():
        raise ProviderMissing
    lock_case(case.id)
    if find_open_inquiry(debtor_id) is not None:
        raise InquiryRuns
    inquiry = AddressInquiry(
        case_id=case.id, creditor_id=case.creditor_id, debtor_id=debtor_id,
        provider=provider.strip(), cost_cents=cost_cents, ordered_on=clock.today(),
        ordered_by=user_id,
    )  # fmt: skip
    db.session.add(inquiry)
    db.session.flush()
    timeline.record(case, "address.inquired", provider=inquiry.provider, cost_cents=cost_cents)
    audit.record("address.inquired", "debtor", debtor_id, creditor_id=case.creditor_id)
    return inquiry


def find_open_inquiry(debtor_id: int) -> AddressInquiry | None:
    """The inquiry about a debtor that waits for its answer."""
    return db.session.scalar(
        select(AddressInquiry).where(
            AddressInquiry.debtor_id == debtor_id, AddressInquiry.state == InquiryState.ORDERED
        )
    )


def list_open_inquiries() -> list[tuple[AddressInquiry, Case, Debtor]]:
    """All that wait, the oldest first."""
    rows = db.session.execute(
        select(AddressInquiry, Case, Debtor)
        .join(Case, Case.id == AddressInquiry.case_id)
        .join(Debtor, Debtor.id == AddressInquiry.debtor_id)
        .where(AddressInquiry.state == InquiryState.ORDERED)
        .order_by(AddressInquiry.ordered_on, AddressInquiry.id)
    )
    return [(inquiry, case, debtor) for inquiry, case, debtor in rows]


def list_answered(limit: int = 20) -> list[tuple[AddressInquiry, Debtor]]:
    """The inquiries that were answered last."""
    rows = db.session.execute(
        select(AddressInquiry, Debtor)
        .join(Debtor, Debtor.id == AddressInquiry.debtor_id)
        .where(AddressInquiry.state != InquiryState.ORDERED)
        .order_by(AddressInquiry.answered_on.desc(), AddressInquiry.id.desc())
        .limit(limit)
    )
    return [(inquiry, debtor) for inquiry, debtor in rows]


def list_lost() -> list[tuple[Case, Debtor]]:
    """Debtors whose address is not good and about whom nobody has been asked yet."""
    asked = select(AddressInquiry.id).where(
        AddressInquiry.debtor_id == Debtor.id, AddressInquiry.state == InquiryState.ORDERED
    )
    rows = db.session.execute(
        select(Case, Debtor)
        .join(CaseDebtor, CaseDebtor.case_id == Case.id)
        .join(Debtor, Debtor.id == CaseDebtor.debtor_id)
        .join(DebtorAddress, DebtorAddress.debtor_id == Debtor.id)
        .where(
            DebtorAddress.valid_until.is_(None), DebtorAddress.undeliverable_on.is_not(None),
            Case.phase != Phase.CLOSED, ~asked.exists(),
        )
        .order_by(DebtorAddress.undeliverable_on, Case.id)
        .limit(MOST)
    )  # fmt: skip
    return [(case, debtor) for case, debtor in rows]


def order_file() -> bytes:
    """The open inquiries as a file for the provider: who is looked for, and the last address."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for inquiry, case, debtor in list_open_inquiries():
        last = find_address(debtor.id)
        place = (last.street, last.postcode, last.city, last.country) if last else ("", "", "", "")
        writer.writerow(
            [inquiry.public_id, case.number, debtor.name, debtor.given_name or "", *place]
        )
    return made.getvalue().encode("utf-8-sig")


def read_answers(data: bytes) -> list[tuple[str, Place | None]]:
    """What a provider answers: inquiry and address, none where nothing was found.

    Raises:
        AnswersUnreadable.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    if not set(ANSWER) <= set(rows.fieldnames or ()):
        raise AnswersUnreadable
    found = []
    for row in rows:
        values = {name: (row.get(name) or "").strip() for name in ANSWER}
        place = None
        if values["postcode"] and values["city"]:
            place = Place(values["street"], values["postcode"], values["city"],
                          values["country"] or "DE")  # fmt: skip
        found.append((values["inquiry"], place))
    return found


def note_answer(public_id: str, place: Place | None) -> AddressInquiry:
    """What became of an inquiry: with a new address the case goes on. Raises NotFound."""
    found = db.session.scalar(select(AddressInquiry).where(AddressInquiry.public_id == public_id))
    if found is None:
        raise NotFound
    case = lock_case(found.case_id)
    inquiry = lock_row(AddressInquiry, found.id)
    if inquiry.state is not InquiryState.ORDERED:
        raise NotFound
    inquiry.answered_on = clock.today()
    inquiry.state = InquiryState.FOUND if place else InquiryState.NOTHING
    if place is not None:
        debtor = next(d for d in list_debtors(case.id) if d.debtor.id == inquiry.debtor_id)
        move_debtor(case.id, debtor.debtor.public_id, place, inquiry.provider, AddressSource.TRACED)
        finish_items(case, f"debtor:{inquiry.debtor_id}:address:{case.id}")
    audit.record("address.answered", "debtor", inquiry.debtor_id, creditor_id=case.creditor_id)
    return inquiry


def note_answers(answers: Sequence[tuple[str, Place | None]]) -> tuple[int, int, list[str]]:
    """Many answers: how many addresses were found, how many not, and which lines say nothing."""
    found, nothing, wrong = 0, 0, []
    for public_id, place in answers:
        try:
            with db.session.begin_nested():
                note_answer(public_id, place)
        except Refusal:
            wrong.append(public_id)
        else:
            found, nothing = found + bool(place), nothing + (place is None)
    return found, nothing, wrong
