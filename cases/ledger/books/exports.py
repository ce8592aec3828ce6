"""Taking the journals of a period out for the tax adviser."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from cases.claims.queries import list_cases_by_id
from cases.claims.search import first_debtor_names
from cases.core import audit, clock
from cases.core.database import db
from cases.ledger.books.datev import MEMORANDUM, Booking, Stack, encode_stack
from cases.ledger.books.datev_settings import get_datev
from cases.ledger.errors import PeriodSpansYears
from cases.ledger.models import Account, Journal, JournalLine

#: What a journal is called in the tax adviser's list.
GERMAN_TEXTS = {
    "bank_entry": "Bankumsatz",
    "payment": "Zahlungseingang zugeordnet",
    "refund_noted": "Erstattung vorgemerkt",
    "refund_ordered": "Erstattung angewiesen",
    "advance": "Kostenvorschuss",
    "share_settled": "Abrechnung Vergütung",
    "share_withdrawn": "Entnahme Vergütung",
    "paid_out": "Auskehrung",
    "topped_up": "Ausgleich Fremdgeld",
    "court_fee_owed": "Gerichtskosten",
    "court_fee_paid": "Zahlung Gerichtskosten",
    "bank_fee": "Bankentgelt",
    "refund_paid": "Erstattung gezahlt",
    "transfer_seen": "Geldtransit",
}
#: Cases looked up in one query.
MOST_AT_ONCE = 10_000


def export_datev(first_day: date, last_day: date, made_by: str) -> bytes:
    """The journals of a period as a DATEV file; a period lies within one calendar year.

    Raises:
        PeriodSpansYears: the document dates carry no year, so one file holds one.
    """
    if first_day.year != last_day.year or last_day < first_day:
        raise PeriodSpansYears
    house = get_datev()
    stack = Stack(
        first_day,
        last_day,
        clock.local(clock.now()),
        made_by,
        consultant=house.consultant,
        client=house.client,
        chart=house.chart,
        account_length=house.account_length,
    )
    bookings = list_bookings(first_day, last_day)
    audit.record("ledger.exported", "journal", None, first_day=first_day, last_day=last_day)
    return encode_stack(stack, bookings, house.accounts, house.stop_key)


def list_bookings(first_day: date, last_day: date) -> list[Booking]:
    """The journals that move money, oldest first; memorandum bookings stay out."""
    query = (
        select(Journal, JournalLine)
        .join(JournalLine, JournalLine.journal_id == Journal.id)
        .where(
            Journal.booked_on.between(first_day, last_day),
            JournalLine.account.not_in(sorted(MEMORANDUM)),
            JournalLine.currency == "EUR",
        )
        .order_by(Journal.booked_on, Journal.id, JournalLine.id)
    )
    found: dict[int, tuple[Journal, list[tuple[Account, int]]]] = {}
    case_of: dict[int, int] = {}
    for journal, line in db.session.execute(query):
        found.setdefault(journal.id, (journal, []))[1].append((line.account, line.amount_cents))
        if line.case_id is not None:
            case_of[journal.id] = line.case_id
    about = _about_cases(sorted(set(case_of.values())))
    return [
        _booking(journal, lines, about.get(case_of.get(journal.id, 0), ""))
        for journal, lines in found.values()
    ]


def _about_cases(case_ids: Sequence[int]) -> dict[int, str]:
    """Number and first debtor of cases, for the text of their bookings."""
    found: dict[int, str] = {}
    for at in range(0, len(case_ids), MOST_AT_ONCE):
        some = case_ids[at : at + MOST_AT_ONCE]
        names, cases = first_debtor_names(some), list_cases_by_id(some)
        found |= {i: f"{case.number} {names.get(i, '')}".strip() for i, case in cases.items()}
    return found


def _booking(journal: Journal, lines: list[tuple[Account, int]], about: str) -> Booking:
    kind = journal.kind.removesuffix(".reversed")
    words = GERMAN_TEXTS.get(kind, kind)
    prefix = "Storno " if journal.reverses_id else ""
    # The case comes first: what is too long for the text is cut at its end.
    text = f"{about} {prefix}{words}".strip() if about else prefix + words
    return Booking(journal.id, journal.booked_on, text, journal.reference or "", tuple(lines))
