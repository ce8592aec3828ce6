"""Commands that people may give at the same moment, each with the mark it leaves in the trail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cases.claims.queries import list_debtors
from cases.core.database import db, transaction
from cases.people.models import User
from cases.people.policy import Role
from cases.worklist.models import WorkQueue
from cases.worklist.services import list_open_items
from tests.factories.approvals import make_approval
from tests.factories.bank_files import make_bank_entry
from tests.factories.casework import (
    make_commitment_of,
    make_hold_of,
    make_letter_draft,
    make_limitation_event_of,
    make_print_run,
)
from tests.factories.court_records import make_deadline_of, make_filing_of
from tests.factories.records import make_case, make_creditor, make_user

#: What a race is about: made anew for each, as names that the addresses hold.
Things = Mapping[str, str]


@dataclass(frozen=True)
class Command:
    """A form somebody sends, and the action the audit trail names when it was carried out."""

    address: str
    mark: str
    form: Mapping[str, str]
    who: Role = Role.CASE_WORKER
    repeats: bool = False  # A second yes finds it done and changes nothing.

    def filled(self, things: Things) -> tuple[str, dict[str, str]]:
        """Where it is sent, and the form, for the things of one race."""
        form = {name.format(**things): value.format(**things) for name, value in self.form.items()}
        return self.address.format(**things), form


def _command(
    address: str, mark: str, who: Role = Role.CASE_WORKER, *, repeats: bool = False, **form: str
) -> Command:
    return Command(address, mark, form, who, repeats)


ACCOUNTS, LEGAL, ADMIN = Role.ACCOUNTS, Role.LEGAL, Role.ADMIN
CASE = (
    _command("/cases/{case}/notes", "note.added", note="Hat angerufen."),
    _command("/cases/{case}/call", "contact.phone", outcome="not_reached"),
    _command("/cases/{case}/message", "contact.written", channel="email", outcome="nothing",
             note="Bitte um Kopie"),
    _command("/cases/{case}/hold", "hold.set", reason="creditor", until_on="20.12.2026"),
    _command("/holds/{hold}/lift", "hold.lifted", reason="Geklärt"),
    _command("/cases/{case}/follow-up", "follow_up.set", due_on="01.12.2026", note="Nochmal"),
    _command("/cases/{case}/costs", "costs.booked", ACCOUNTS,
             kind="reminder_costs", amount="2,50", reason="Mahnung", then="book"),
    _command("/cases/{case}/close", "case.closed", ending="withdrawn", reason="Lohnt nicht"),
    _command("/cases/{case}/letters", "letter.begun", kind="request_answer", language="de"),
    _command("/claims/{claim}/limitation/day", "limitation.set", LEGAL,
             last_day_on="31.12.2029", why="So gerechnet"),
    _command("/claims/{claim}/limitation/events/{event}/confirm", "limitation.confirmed",
             LEGAL, repeats=True),
    _command("/commitments/{commitment}/kept", "commitment.kept"),
    _command("/commitments/{commitment}/move", "commitment.moved", on="30.11.2026",
             at="10:00", why="Später", told="1"),
    _command("/letter-drafts/{draft}/drop", "letter.dropped"),
    _command("/cases/{case}/debtors/{debtor}", "debtor.address_changed", repeats=True,
             name="Weber", given_name="Jon",
             how_known="Anruf", street="Lindenallee 8", postcode="20259", city="Hamburg"),
    # The same said twice is joined: a second yes raises none.
    _command("/cases/{case}/objection", "objection.raised", LEGAL, repeats=True, kind="defect",
             words="Geht nicht.", contests="1", channel="email", raised_on="20.11.2026",
             claims="{claim}", **{"amount_{claim}": "50,00"}),
    _command("/worklist/{item}/postponement", "work.postponed", until="30.11.2026", why="Urlaub"),
    _command("/filings", "court.sent", LEGAL, repeats=True, number="{number}", why="Zahlt nicht"),
    _command("/suspense/{entry}/assign", "bank.assigned", ACCOUNTS, case_number="{number}"),
)  # fmt: skip
ENTRY = (
    _command("/suspense/{entry}/assign", "bank.assigned", ACCOUNTS, case_number="{number}"),
    _command("/suspense/{other}/assign", "bank.assigned", ACCOUNTS, case_number="{number}"),
    _command("/suspense/{entry}/release", "bank.released", ACCOUNTS, why="Irrtum"),
    _command("/suspense/{booked}/release", "bank.released", ACCOUNTS, why="Irrtum"),
    _command("/suspense/{entry}/refund", "bank.refund_noted", ACCOUNTS, why="Fremdes Geld"),
    _command("/suspense/{entry}/keep", "bank.refund_withdrawn", ACCOUNTS),
    _command("/cases/{case}/costs", "costs.booked", ACCOUNTS,
             kind="reminder_costs", amount="2,50", reason="Mahnung", then="book"),
    _command("/cases/{case}/close", "case.closed", ending="withdrawn", reason="Lohnt nicht"),
)  # fmt: skip
DEADLINE = (
    _command("/deadlines/{deadline}/move", "deadline.moved", LEGAL,
             last_day="15.01.2027", reason="Feiertag"),
    _command("/deadlines/{deadline}/move", "deadline.moved", LEGAL,
             last_day="12.01.2027", reason="Irrtum"),
    _command("/deadlines/{deadline}/close", "deadline.closed", LEGAL, reason="Erledigt"),
    _command("/cases/{case}/notes", "note.added", note="Post vom Gericht."),
)  # fmt: skip
USER = (
    _command("/users/{user}/lock", "user.locked", ADMIN),
    _command("/users/{user}/unlock", "user.unlocked", ADMIN),
    _command("/users/{user}/role", "approval.asked", ADMIN, role="legal"),
    _command("/users/{user}/role", "user.role_changed", ADMIN, role="case_worker"),
    _command("/users/{user}/password", "user.password_reset", ADMIN),
    _command("/users", "user.created", ADMIN, name="Neu", email="{email}", role="case_worker"),
    _command("/approvals/{approval}/confirm", "approval.confirmed", ADMIN),
    _command("/approvals/{approval}/refuse", "approval.refused", ADMIN, reason="Nein"),
)  # fmt: skip
FILING = (
    _command("/filings/{filing}/drop", "court.returned", LEGAL, reason="Zahlt doch"),
    _command("/filings/{filing}/declarations", "court.declared.performance", LEGAL,
             kind="performance", answer="rendered", declared_on="20.11.2026"),
    _command("/filings/{filing}/drop", "court.returned", LEGAL, reason="Doch nicht"),
)  # fmt: skip
PRINT = (
    _command("/print-runs/{print_run}/release", "print_run.released"),
    _command("/print-runs/{print_run}/drop", "print_run.dropped"),
)
FIELDS = {
    "case": CASE, "entry": ENTRY, "deadline": DEADLINE, "user": USER, "filing": FILING,
    "print": PRINT,
}  # fmt: skip


def make_things(field: str) -> Things:
    """What the commands of a field are about."""
    with transaction():
        case, claims = make_case(make_creditor(), accepted_by=db.session.get(User, 1))
        named: dict[str, Any] = {
            "case": case.public_id,
            "number": case.number,
            "claim": claims[0].public_id,
        }
        for name, make in MAKERS[field].items():
            named[name] = make(case)
    return named


def _step_of(case: Any) -> str:
    items = list_open_items(case.id)
    return next(item for item in items if item.queue is not WorkQueue.COMMITMENT).public_id


def _entry(case: Any) -> str:
    return make_bank_entry().public_id


def _booked(case: Any) -> str:
    from cases.payments.services import assign_entry

    entry = make_bank_entry()
    assign_entry(entry.public_id, case.number)
    return entry.public_id


MAKERS: dict[str, dict[str, Callable[[Any], str]]] = {
    "case": {
        "hold": lambda case: make_hold_of(case).public_id,
        "event": lambda case: make_limitation_event_of(case).public_id,
        "commitment": lambda case: make_commitment_of(case).public_id,
        "draft": lambda case: make_letter_draft(case).public_id,
        "debtor": lambda case: list_debtors(case.id)[0].debtor.public_id,
        "item": _step_of,
        "entry": _entry,
    },
    "entry": {"booked": _booked, "entry": _entry, "other": _entry},
    "deadline": {"deadline": lambda case: make_deadline_of(case).public_id},
    "user": {
        "user": lambda case: make_user().public_id,
        "email": lambda case: f"neu{case.id}@house.example",
        "approval": lambda case: make_approval().public_id,
    },
    "filing": {"filing": lambda case: make_filing_of(case).public_id},
    "print": {"print_run": lambda case: make_print_run(case).public_id},
}
