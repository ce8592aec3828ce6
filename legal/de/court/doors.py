"""The German court dunning proceeding behind the doors of a court. Law: ZPO §§ 688-703d."""

import datetime
import hashlib
from collections.abc import Sequence
from typing import Any

from legal.court import ProceedingDeadline
from legal.court_papers import (
    CourtBill,
    CourtCosts,
    Incoming,
    IncomingFile,
    Outgoing,
    TrialCourtNamed,
    TypedApplication,
)
from legal.de.costs.fee_tables import fee_law
from legal.de.costs.fees import Item, Matter, court_fee
from legal.de.court import typing_aid
from legal.de.court.courts import dunning_courts
from legal.de.court.eda import excerpts, render
from legal.de.court.eda.framing import Record, split_records
from legal.de.court.eda.grouping import RECEIPT
from legal.de.court.eda.layouts import known_belarts
from legal.de.court.eda.messages import (
    EnforcementOrderIssued,
    Message,
    PaymentOrderIssued,
    ServiceNote,
)
from legal.de.court.eda.notation import write
from legal.de.court.eda.payment_order import PaymentOrderApplication
from legal.de.court.eda.replies import ReadFile, ReadMessage, finding_in_notation, read_file
from legal.de.court.proceeding import deadlines, enforcement_order, limitation, states
from legal.de.court.proceeding.message_events import NO_NUMBER, list_proposals
from legal.de.court.readiness.duties import LIMITATION_WARNING_DAYS
from legal.findings import Finding
from legal.limitation_events import LimitationEvent
from legal.proceeding import Event, Proceeding

#: Rules whose last day ends what can be had: ZPO §§ 701, 167; BGB § 204(2).
_LAST_DAYS = ("M11", "L12", "M14")


class DunningCourts:
    """The central dunning courts and their exchange of data (EDA)."""

    def take(self, proceeding: Proceeding, event: Event) -> Proceeding:
        """The transitions of the proceeding."""
        return states.take(proceeding, event)

    def list_deadlines(
        self, proceeding: Proceeding, *, query_days: int
    ) -> tuple[ProceedingDeadline, ...]:
        """Deadlines of both sides, by the rules M06 to M24."""
        return deadlines.list_deadlines(proceeding, query_days=query_days)

    def final_on(self, proceeding: Proceeding) -> datetime.date | None:
        """Law: ZPO §§ 339, 700."""
        return deadlines.final_on(proceeding)

    def must_not_wait(self, proceeding: Proceeding, today: datetime.date) -> bool:
        """By the rules that end what can be had; how near is our choice."""
        near = today + datetime.timedelta(days=LIMITATION_WARNING_DAYS)
        running = [deadlines.find_open(proceeding, rule) for rule in _LAST_DAYS]
        return any(deadline and deadline.last_day <= near for deadline in running)

    def obstacles_to_enforcement(
        self, proceeding: Proceeding, today: datetime.date
    ) -> tuple[Finding, ...]:
        """Law: ZPO §§ 699(1), 701; GKG § 12(3)."""
        return enforcement_order.list_obstacles(proceeding, today)

    def limitation_event(self, proceeding: Proceeding) -> LimitationEvent | None:
        """Law: BGB § 204(1) no. 3, (2)."""
        return limitation.limitation_event(proceeding)

    def titled_on(self, proceeding: Proceeding) -> datetime.date | None:
        """Law: ZPO §§ 700(1), 794(1) no. 4."""
        return limitation.titled_on(proceeding)

    def title_final_on(self, proceeding: Proceeding) -> datetime.date | None:
        """Law: BGB § 201."""
        return limitation.final_on(proceeding)

    def recognises(self, data: bytes) -> bool:
        """A header (AA), or records that name one of the known kinds of file."""
        begin = data[:2].decode("ascii", errors="replace")
        return begin == "AA" or begin in known_belarts()

    def read_messages(self, data: bytes, received_on: datetime.date) -> tuple[IncomingFile, ...]:
        """Every logical file; a file without messages says so in its findings."""
        records = split_records(data)
        return tuple(_incoming_file(file, records, received_on) for file in read_file(data))

    def read_own(self, data: bytes) -> Outgoing:
        """One logical file with its trailer, or it is damaged."""
        files = read_file(data)
        trailer = files[0].trailer
        applications = (a for f in files if f.applications for a in f.applications.applications)
        return Outgoing(
            is_damaged=len(files) != 1 or files[0].is_damaged,
            sums=write(trailer) if trailer else {},
            trial_courts={
                each.kennsatz.own_ref: _trial_courts(each)
                for each in applications
                if isinstance(each, PaymentOrderApplication) and each.kennsatz
            },
        )

    def show(self, data: bytes) -> str:
        """All logical files, one behind the other."""
        return "\n\n".join(render.render_file(file) for file in read_file(data))

    def show_first(self, data: bytes, applications: int) -> str:
        """The header and so many groups."""
        return render.render_head(data, applications)

    def show_part(self, data: bytes) -> str:
        """The header and whatever follows."""
        return render.render_part(data)

    def own_part(self, data: bytes, own_ref: str) -> bytes:
        """The header and the groups that name the reference."""
        return excerpts.own_part(data, own_ref)

    def entries_to_type(self, data: bytes) -> tuple[TypedApplication, ...]:
        """In the order and under the names of the courts' own record description."""
        return typing_aid.list_entries(data)

    def first_fee_cents(self, value_cents: int, day: datetime.date) -> int:
        """Law: KV GKG 1100."""
        return court_fee(Item.KV1100, Matter(day, value_cents), fee_law()).amount_cents

    def seat(self, court: str) -> str:
        """The state of the dunning court. Law: ZPO § 222(2)."""
        return dunning_courts()[court].holiday_place


def _trial_courts(application: PaymentOrderApplication) -> list[TrialCourtNamed | None]:
    courts = (defendant.prozessgericht for defendant in application.defendants)
    return [TrialCourtNamed(court.plz, court.place) if court else None for court in courts]


def _incoming_file(
    file: ReadFile, records: Sequence[Record], received_on: datetime.date
) -> IncomingFile:
    findings: list[dict[str, Any]] = [finding_in_notation(found) for found in file.findings]
    if not file.messages:
        findings.append(_not_from_court(file))
    messages = tuple(_incoming(file, each, records, received_on) for each in file.messages)
    return IncomingFile(file.belart, tuple(findings), messages)


def _incoming(
    file: ReadFile, found: ReadMessage, records: Sequence[Record], received_on: datetime.date
) -> Incoming:
    message, sent_on = found.message, file.header.date or received_on
    return Incoming(
        kind=file.belart,
        event=getattr(message, "event", "receipt"),
        own_ref=getattr(message, "own_ref", "").strip(),
        court_numbers=_numbers(message),
        sent_on=sent_on,
        record=found.record,
        content=write(message, complete=True),
        excerpt=excerpts.header_before(records, found.record) + found.raw,
        fingerprint=_fingerprint(file, found),
        is_damaged=found.damaged,
        is_receipt=file.belart == RECEIPT,
        proposals=tuple(list_proposals(message, sent_on)),
        costs=_costs(message, sent_on),
        why=message.reason_text if isinstance(message, ServiceNote) else "",
    )


def _numbers(message: Message) -> tuple[str, ...]:
    several: Sequence[str] = getattr(message, "gnrs", ()) or ()
    single: str = getattr(message, "gnr", "")
    return tuple(n for n in dict.fromkeys([*several, single]) if n and n != NO_NUMBER)


def _fingerprint(file: ReadFile, found: ReadMessage) -> str:
    digest = hashlib.sha256(file.belart.encode())
    if file.belart == RECEIPT:  # It names nothing, so two of them differ by their file only.
        digest.update(f"{file.header.edaid}{file.header.date}".encode())
    digest.update(found.raw)
    return digest.hexdigest()


def _costs(message: Message, sent_on: datetime.date) -> CourtCosts | None:
    """What a cost note says; the one of the enforcement order repeats what came before."""
    if not isinstance(message, PaymentOrderIssued | EnforcementOrderIssued):
        return None
    own = (
        message.lawyer_fee, message.lawyer_expenses, message.lawyer_vat, message.applicant_outlays,
    )  # fmt: skip
    court_cents = (message.court_fee or 0) + (message.delivery_costs or 0)
    own_cents = sum(cents or 0 for cents in own)
    if isinstance(message, EnforcementOrderIssued):
        return CourtCosts(message.issued or sent_on, court_cents, own_cents, titled=True)
    return CourtCosts(message.date or sent_on, court_cents, own_cents, bill=_bill(message))


def _bill(message: PaymentOrderIssued) -> CourtBill | None:
    payment = message.payment
    if payment is None or (payment.amount or 0) <= 0:
        return None
    return CourtBill(payment.amount or 0, payment.payee, payment.iban, payment.reference)


def _not_from_court(file: ReadFile) -> dict[str, Any]:
    return {
        "record": None, "position": None, "field": None, "severity": "error",
        "code": "no_messages", "message": f"No court messages in it (kind {file.belart}).",
    }  # fmt: skip
