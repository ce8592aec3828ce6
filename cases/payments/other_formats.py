"""What files of other formats have brought of the same account and days already."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import any_, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.types import BigInteger, Date

from cases.core.database import db
from cases.formats.bank.statement import BankEntry as ReadEntry
from cases.payments.models import BankEntry, BankFile, BankImport, EntryState
from cases.payments.same_booking import Booking, sort_out


@dataclass(frozen=True, slots=True)
class Compared:
    """Fingerprints of new entries that are known, and whom the doubtful ones may repeat."""

    same: Collection[str]
    twins: dict[str, int]


def compare_with_other_formats(
    bank_file: BankFile,
    noted: BankImport,
    new: Sequence[tuple[str, ReadEntry]],
    delivered: Collection[str],
) -> Compared:
    """Which of the new entries another format has brought; `delivered` are all of the statement.

    What the statement names by its own fingerprint is no candidate for another of its entries.
    """
    bookings = [_booking(key, entry) for key, entry in new if entry.booked_on or entry.value_on]
    if not bookings:
        return Compared((), {})
    known = _list_known(noted, family(bank_file.format or ""), bookings)
    found = sort_out(bookings, (each for each, _ in known if each.key not in delivered))
    ids = {each.key: entry_id for each, entry_id in known}
    return Compared(found.same, {key: ids[twin] for key, twin in found.doubtful.items()})


def family(name: str) -> str:
    """Formats that name entries alike: all camt, MT940 with MT942, one layout of CSV."""
    for start in ("camt", "mt94"):
        if name.startswith(start):
            return start
    return name


def _list_known(
    noted: BankImport, own_family: str, bookings: Sequence[Booking]
) -> list[tuple[Booking, int]]:
    """Bookings of the account on the same days with the same amounts, whole batches as one."""
    days = sorted({day for each in bookings for day in (each.booked_on, each.value_on)})
    on_days = literal(days, ARRAY(Date))
    amount = func.sum(BankEntry.amount_cents)
    words = func.string_agg(BankEntry.purpose, aggregate_order_by(literal(" "), BankEntry.part))
    query = (
        select(
            BankEntry.fingerprint, BankFile.format, func.min(BankEntry.booked_on),
            func.min(BankEntry.value_on), amount, func.min(BankEntry.counterparty_name),
            func.min(BankEntry.counterparty_iban), func.min(BankEntry.end_to_end), words,
            func.min(BankEntry.id), func.count(),
        )
        .join(BankImport, BankImport.id == BankEntry.import_id)
        .join(BankFile, BankFile.id == BankImport.bank_file_id)
        .where(
            BankEntry.iban == noted.iban,
            BankEntry.currency == noted.currency,
            BankEntry.import_id != noted.id,
            BankEntry.state.not_in([EntryState.TAKEN_BACK, EntryState.SAME]),
            or_(BankEntry.booked_on == any_(on_days), BankEntry.value_on == any_(on_days)),
        )
        .group_by(BankEntry.fingerprint, BankFile.format)
        .having(amount == any_(literal([e.amount_cents for e in bookings], ARRAY(BigInteger))))
        .order_by(func.min(BankEntry.id))
    )  # fmt: skip
    return [
        (_known_booking(*row[:1], *row[2:9], parts=row[10]), row[9])
        for row in db.session.execute(query)
        if family(row[1] or "") != own_family
    ]


def _known_booking(
    key: str, booked_on: date, value_on: date, cents: int, name: str | None, iban: str | None,
    end_to_end: str | None, purpose: str, *, parts: int,
) -> Booking:  # fmt: skip
    """A booking as it is kept; that of a batch names nobody in particular."""
    if parts > 1:
        return Booking(key, booked_on, value_on, int(cents), purpose=purpose)
    return Booking(key, booked_on, value_on, int(cents), name or "", iban or "", end_to_end or "",
                   purpose)  # fmt: skip


def _booking(key: str, entry: ReadEntry) -> Booking:
    """A booking as a file brings it."""
    booked_on = entry.booked_on or entry.value_on or date.min
    alone = len(entry.details) <= 1
    purposes: Iterable[str] = dict.fromkeys((entry.purpose, *(d.purpose for d in entry.details)))
    return Booking(
        key=key,
        booked_on=booked_on,
        value_on=entry.value_on or booked_on,
        amount_cents=entry.amount_cents,
        name=(entry.counterparty.name or "") if alone else "",
        iban=(entry.counterparty.iban or "") if alone else "",
        end_to_end=(entry.references.end_to_end or "") if alone else "",
        purpose=" ".join(filter(None, purposes)),
    )
