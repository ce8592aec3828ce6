"""What the clients hand in: a list each, read and opened as a worker would do it."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from random import Random

from sqlalchemy import select

from agency.demo.desk import Desk, carry_out_waiting
from agency.demo.names import GOODS, PREFIX, Person, invent
from cases.claims.models import Claim, DueBasis
from cases.core import audit, clock
from cases.core.database import db, transaction
from cases.intake.declaration import Declaration
from cases.intake.services import hand_in, hand_over

COLUMNS = (
    "Kundennummer", "Kunde", "Straße", "PLZ", "Ort", "Land", "Telefon", "Rechnungsnummer",
    "Rechnungsdatum", "Fällig am", "Offener Betrag", "Erste Mahnung am", "Vertragsdatum",
    "Leistung", "Kundenart",
)  # fmt: skip
#: Each of so many debtors owes for two invoices.
TWO_EACH = 6
DECLARED = Declaration(
    due_basis=DueBasis.CONTRACT, reminder="list", performed=True, undisputed=True
)


@dataclass(frozen=True, slots=True)
class Row:
    """One invoice in a list."""

    person: Person
    invoice: str
    invoiced_on: date
    cents: int
    goods: str


def write_list(rows: Sequence[Row]) -> bytes:
    """The list as the client's program exports it."""
    out = StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows(_cells(row) for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cells(row: Row) -> Iterator[str]:
    person, due_on = row.person, row.invoiced_on + timedelta(days=14)
    yield from (person.number, person.name, person.street, person.postcode, person.city)
    yield from (person.country, person.phone, row.invoice)
    yield from (_german(row.invoiced_on), _german(due_on))
    yield f"{row.cents // 100},{row.cents % 100:02}"
    yield from (_german(due_on + timedelta(days=10)), _german(row.invoiced_on - timedelta(days=90)))
    yield from (row.goods, person.kind)


def _german(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def make_rows(luck: Random, client: int, first: int, how_many: int) -> list[Row]:
    """Invoices that are some two months old today; every sixth debtor has two."""
    rows = []
    for serial in range(first, first + how_many):
        person = invent(luck, client, serial)
        for part in range(2 if serial % TWO_EACH == 0 else 1):
            invoiced_on = clock.today() - timedelta(days=luck.randint(50, 80) - 7 * part)
            invoice = f"{PREFIX[client]}-{clock.today().year}-{serial:04}{part + 1}"
            cents = _amount(luck, client)
            rows.append(Row(person, invoice, invoiced_on, cents, luck.choice(GOODS[client])))
    return rows


def _amount(luck: Random, client: int) -> int:
    low, high = {0: (60_00, 1_900_00), 1: (400_00, 14_000_00), 2: (35_00, 900_00)}[client]
    return int(low * (high / low) ** luck.random())


def deliver(desk: Desk, client: int, rows: Sequence[Row], name: str) -> int:
    """Hand a list in and have it read; answers the upload."""
    client_id = desk.house.clients[client]
    person = desk.house.person_of(client_id)
    with transaction():
        audit.set_actor(person)
        upload = hand_in(client_id, person, write_list(rows), name, "text/csv").id
    carry_out_waiting()
    return upload


def hand_over_all(desk: Desk, client: int, upload: int, rows: Sequence[Row]) -> list[int]:
    """Hand over what is ready and open the cases; answers them in the order of the list."""
    with transaction():
        audit.set_actor(desk.house.person_of(desk.house.clients[client]))
        hand_over(upload, DECLARED)
    carry_out_waiting()
    audit.set_actor(None)
    with transaction():
        query = select(Claim.invoice_number, Claim.case_id).where(
            Claim.invoice_number.in_([row.invoice for row in rows])
        )
        known = {row.invoice_number: row.case_id for row in db.session.execute(query)}
    desk.people |= {known[row.invoice]: row.person for row in rows if row.invoice in known}
    return list(dict.fromkeys(known[row.invoice] for row in rows if row.invoice in known))
