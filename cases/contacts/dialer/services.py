"""The list that goes to a dialer, and its results taken into the contact log."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cases.claims.models import Case
from cases.claims.queries import DebtorInCase, list_debtors
from cases.claims.reaching.allowed import Channel
from cases.contacts.approach import approach
from cases.contacts.commitments import CommitmentGiven
from cases.contacts.dialer.columns import HEADINGS
from cases.contacts.dialer.reading import Result
from cases.contacts.hours import CallingHours
from cases.contacts.learning import Learned, learn
from cases.contacts.models import Contact, ContactChannel, ContactOutcome
from cases.contacts.promises import PromiseGiven
from cases.contacts.services import ContactDetails, log_contact
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Refusal
from cases.core.many import one_of
from cases.parties.debtor_contacts import list_debtor_contacts
from cases.worklist.listing import Filter, free_for, in_order, visible
from cases.worklist.models import WorkItem
from legal.findings import Finding, Severity

#: What stands in the worklist so that somebody calls.
CALLS = (
    "strategy_call", "call_back", "not_reached", "deadline_passed", "promise_broken",
    "promise_part_kept", "rest_after_cash", "tell_moved",
)  # fmt: skip
MOST = 300


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call to be made."""

    case: Case
    debtor: str
    person: str
    phone: str


@dataclass(frozen=True, slots=True)
class CallList:
    """The calls, and how many cases were left out: nobody may call there now, or has no number."""

    rows: Sequence[CallRow]
    left_out: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not recorded, and the service's reason."""

    line: int
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the rows of a file."""

    recorded: int
    findings: tuple[Finding, ...]
    refused: tuple[Refused, ...]


def call_list(user_id: int, hours: CallingHours) -> CallList:
    """Who is to be called now, in the order of the worklist; what others have open is left out."""
    query = visible(Filter()).where(free_for(user_id), one_of(WorkItem.reason, CALLS))
    items = db.session.scalars(in_order(query).limit(2 * MOST)).all()
    case_ids = list(dict.fromkeys(item.case_id for item in items))[:MOST]
    found = db.session.scalars(select(Case).where(Case.id.in_(case_ids)))
    cases = {case.id: case for case in found}
    rows = [_row(cases[case_id], hours) for case_id in case_ids]
    good = [row for row in rows if row is not None]
    return CallList(good, len(rows) - len(good))


def write_list(rows: Iterable[CallRow]) -> bytes:
    """The list as CSV: semicolons, UTF-8 with byte order mark; the rest is for the dialer."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS.values())
    empty = [""] * (len(HEADINGS) - 4)
    for row in rows:
        # A number that begins with + is no formula: the sign before it keeps it a text.
        values = (row.case.number, row.debtor, row.person, row.phone)
        writer.writerow([*(_safe(value) for value in values), *empty])
    return ("\ufeff" + out.getvalue()).encode()


def take_results(calls: Sequence[Result], hours: CallingHours) -> Taken:
    """Record calls, each by itself; a row that is refused leaves the others alone."""
    findings: list[Finding] = []
    refused: list[Refused] = []
    recorded = 0
    numbers = {call.case for call in calls}
    found = db.session.scalars(select(Case).where(one_of(Case.number, numbers)))
    cases = {case.number: case for case in found}
    for call in sorted(calls, key=lambda each: each.at):
        case = cases.get(call.case)
        if case is None:
            findings.append(_finding("dialer_case", call, value=call.case))
        elif _is_known(case, call):
            findings.append(_finding("dialer_known", call))
        else:
            try:
                with db.session.begin_nested():
                    _record(case, call, hours)
                recorded += 1
            except Refusal as refusal:
                refused.append(Refused(call.line, refusal))
    audit.record("dialer.results_taken", "user", audit.actor_id(), recorded=recorded)
    return Taken(recorded, tuple(findings), tuple(refused))


def _row(case: Case, hours: CallingHours) -> CallRow | None:
    party = list_debtors(case.id)[0]
    person, phone = _number(party)
    if not phone or approach(case, Channel.PHONE, clock.now(), hours).judgement.reasons:
        return None
    return CallRow(case, party.debtor.full_name, person, phone)


def _number(party: DebtorInCase) -> tuple[str, str | None]:
    """Whoever speaks for the debtor, else a person there, else his own number."""
    if party.spokesperson is not None:
        return party.spokesperson.name, party.spokesperson.phone
    for one in list_debtor_contacts(party.debtor.id):
        if one.phone:
            return one.name, one.phone
    return party.debtor.full_name, party.debtor.phone


def _record(case: Case, call: Result, hours: CallingHours) -> None:
    if call.outcome is ContactOutcome.WRONG_NUMBER and call.phone:
        day = f"{clock.local(call.at):%d.%m.%Y}"
        debtor = list_debtors(case.id)[0].debtor
        learn(case.id, debtor, Learned(wrong_number=call.phone), f"Anruf vom {day}")
    promised = call.promise_cents is not None and call.promise_on is not None
    back = call.call_back if call.outcome is ContactOutcome.CALL_BACK else None
    log_contact(
        case.id,
        ContactDetails(
            ContactChannel.PHONE,
            outcome=call.outcome,
            identity_confirmed=call.identity,
            person=call.person,
            reason=call.reason,
            number_used=call.phone,
            note=call.note,
            happened_at=call.at,
            seconds=call.seconds,
        ),
        promise=PromiseGiven(call.promise_cents or 0, call.promise_on)
        if call.outcome is ContactOutcome.PROMISE and promised and call.promise_on
        else None,
        commitment=CommitmentGiven(f"Rückruf: {call.person or ''}".strip(" :"), back)
        if back
        else None,
        hours=hours,
    )


def _is_known(case: Case, call: Result) -> bool:
    query = select(Contact.id).where(
        Contact.case_id == case.id,
        Contact.occurred_on == clock.local(call.at).date(),
        Contact.at == call.at,
        Contact.channel == ContactChannel.PHONE,
    )
    return db.session.scalar(query.limit(1)) is not None


def _finding(code: str, call: Result, **params: str | int) -> Finding:
    return Finding(code, Severity.ERROR, HEADINGS["case"], call.line, params)


def _safe(text: str) -> str:
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text
