"""An office for debt enforcement as another country could have it: its own files, its own rules.

It stands where a second country's court will stand, so that the doors are walked by somebody who
is not German. Nothing of it is law: its files are JSON, and every application succeeds.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cases.filings.applications.case_facts import CaseFacts
from cases.filings.applications.forms import FileName, Later, Notation
from cases.filings.applications.models import Filing, FilingKind
from legal.court import ProceedingDeadline
from legal.court_papers import (
    CourtBill,
    CourtCosts,
    Incoming,
    IncomingFile,
    Outgoing,
    Proposal,
    TypedApplication,
    TypedSection,
)
from legal.findings import Finding, Severity
from legal.limitation_events import LimitationEvent
from legal.proceeding import CourtEventKind, Event, Proceeding, State

OFFICE = "office-8001"
MARK = b'{"office":'


def file_of_office(*messages: Mapping[str, Any]) -> bytes:
    """What the office sends."""
    return json.dumps({"office": OFFICE, "says": list(messages)}).encode()


class ImaginedOffice:
    """The court: issued is what it says is issued, and nothing runs out."""

    def take(self, proceeding: Proceeding, event: Event) -> Proceeding:
        if event in proceeding.events:
            return proceeding
        issued = event.kind is CourtEventKind.ORDER_ISSUED
        state = State.ORDER_ISSUED if issued else proceeding.state
        return replace(proceeding, state=state, events=(*proceeding.events, event))

    def list_deadlines(
        self, proceeding: Proceeding, *, query_days: int
    ) -> tuple[ProceedingDeadline, ...]:
        return ()

    def final_on(self, proceeding: Proceeding) -> date | None:
        return None

    def must_not_wait(self, proceeding: Proceeding, today: date) -> bool:
        return False

    def obstacles_to_enforcement(self, proceeding: Proceeding, today: date) -> tuple[Finding, ...]:
        return ()

    def limitation_event(self, proceeding: Proceeding) -> LimitationEvent | None:
        return None

    def titled_on(self, proceeding: Proceeding) -> date | None:
        return None

    def title_final_on(self, proceeding: Proceeding) -> date | None:
        return None

    def recognises(self, data: bytes) -> bool:
        return data.startswith(MARK)

    def read_messages(self, data: bytes, received_on: date) -> tuple[IncomingFile, ...]:
        said = json.loads(data)["says"]
        messages = tuple(_incoming(each, n, received_on) for n, each in enumerate(said, 1))
        return (IncomingFile("office", (), messages),)

    def read_own(self, data: bytes) -> Outgoing:
        content = json.loads(data)
        return Outgoing(False, {"count": len(content["asks"])}, {})

    def show(self, data: bytes) -> str:
        return json.dumps(json.loads(data), indent=1, ensure_ascii=False)

    def show_first(self, data: bytes, applications: int) -> str:
        return self.show(data)

    def show_part(self, data: bytes) -> str:
        return self.show(data)

    def own_part(self, data: bytes, own_ref: str) -> bytes:
        asks = [each for each in json.loads(data)["asks"] if each["ref"] == own_ref]
        return json.dumps({"office": OFFICE, "asks": asks}).encode()

    def entries_to_type(self, data: bytes) -> tuple[TypedApplication, ...]:
        return tuple(
            TypedApplication((TypedSection("all", tuple((k, str(v)) for k, v in each.items())),))
            for each in json.loads(data)["asks"]
        )

    def seat(self, court: str) -> str:
        return "CH-ZH"


@dataclass(frozen=True)
class NoMoreThanAFee:
    """What the office takes."""

    court_fee_cents: int = 90_00
    litigation_advance_cents: int = 0


class ImaginedForm:
    """The form: who owes how much to whom."""

    needs_reason: frozenset[str] = frozenset()
    suffix = "json"

    def propose_costs(self, facts: CaseFacts) -> NoMoreThanAFee:
        return NoMoreThanAFee()

    def find_court(self, facts: CaseFacts, entries: Mapping[str, Any]) -> str | None:
        return OFFICE

    def draft_first(
        self, facts: CaseFacts, own_ref: str, entries: Mapping[str, Any], costs: Any
    ) -> Notation:
        debtor = facts.debtors[0].debtor.full_name
        found = {"ref": own_ref, "debtor": debtor, "cents": facts.statement.open_cents}
        return found | dict(entries)

    def draft_later(
        self, kind: FilingKind, entries: Mapping[str, Any], later: Later, today: date
    ) -> Notation:
        return {"ref": later.proceeding.own_ref, "kind": kind.value} | dict(entries)

    def check(self, filing: Filing, facts: CaseFacts, notation: Notation) -> list[Finding]:
        if "ground" in notation:
            return []
        return [Finding("missing", Severity.ERROR, field="ground")]

    def encode(
        self, name: FileName, applications: Sequence[Notation], *, is_typed: bool
    ) -> bytes | None:
        return json.dumps({"office": OFFICE, "asks": list(applications)}).encode()

    def may_be_entered(self, path: str) -> bool:
        return path == "ground"


FORM = ImaginedForm()


def _incoming(said: dict[str, Any], record: int, received_on: date) -> Incoming:
    own = json.dumps(said, sort_keys=True).encode()
    costs = None
    if "fee" in said:
        bill = CourtBill(said["fee"], "Amt", "CH9300762011623852957", said["number"])
        costs = CourtCosts(received_on, said["fee"], 0, bill=bill)
    event = Event(CourtEventKind.ORDER_ISSUED, received_on)
    return Incoming(
        kind="order",
        event=CourtEventKind.ORDER_ISSUED.value,
        own_ref=said["ref"],
        court_numbers=(said["number"],),
        sent_on=received_on,
        record=record,
        content=said,
        excerpt=file_of_office(said),
        fingerprint=hashlib.sha256(own).hexdigest(),
        is_damaged=False,
        is_receipt=False,
        proposals=(Proposal(said["number"], said["ref"], 0, event),),
        costs=costs,
    )
