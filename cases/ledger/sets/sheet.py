"""A sheet of bookings that are written together: the set-based form of `post` and its reversal.

Journals are drafted on claim accounts in memory, each of them balanced when it is drafted, and
written in one statement. A draft can be taken back as long as nothing was written.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm.attributes import set_committed_value

from cases.core import audit, clock
from cases.core.copying import RowSet, insert_sets, json_rows, reserve_ids
from cases.core.database import db
from cases.core.locks import Lock
from cases.core.many import one_of
from cases.ledger.balances import balances_of
from cases.ledger.errors import NotReversible
from cases.ledger.models import Direction, EntryKind, Journal, JournalLine
from cases.ledger.posting import ClaimEntry, Line, check_amounts, memorandum, require_open
from cases.ledger.sets.accounts import ClaimAccount
from cases.ledger.sets.digest import digest_of_drafts
from cases.ledger.statement_parts import Posting

_JOURNAL = ("id", "booked_on", "posted_at", "posted_by", "kind", "reference", "reverses_id")
_LINE = ("journal_id", "account", "creditor_id", "case_id", "amount_cents", "currency")
_ENTRY = (
    "case_id", "creditor_id", "claim_id", "journal_id", "value_on", "booked_on", "posted_at",
    "direction", "component", "kind", "bears_interest", "amount_cents", "currency", "words",
    "computation", "reverses_id",
)  # fmt: skip
#: Entries that are drafted get their numbers when they are written: later than all there are.
_DRAFTED = 2**62
_KEEP_BALANCES = """
    UPDATE cases SET principal_cents = b.principal_cents,
           booked_open_cents = b.booked_open_cents, received_cents = b.received_cents
      FROM json_populate_recordset(NULL::cases, CAST(:balances AS json)) b WHERE cases.id = b.id
"""
_BALANCES = ("principal_cents", "booked_open_cents", "received_cents")

Mark = tuple[int, int, int, int]
Row = Mapping[str, Any]


class Sheet:
    """Bookings on accounts whose cases are locked, to be written together."""

    def __init__(self, journals: int, reversible: Collection[int] = ()) -> None:
        """Room for so many journals; `reversible` are those that may be reversed on it."""
        self.closed, self._ids = _begin(journals)
        self.now, self.today, self._actor = clock.now(), clock.today(), audit.actor_id()
        self._lines_of = _lines_of(reversible) if reversible else {}
        self._journals: list[dict[str, Any]] = []
        self._lines: list[dict[str, Any]] = []
        self._entries: list[dict[str, Any]] = []

    def post(
        self,
        account: ClaimAccount,
        kind: str,
        *,
        value_on: date,
        booked_on: date,
        entries: Sequence[ClaimEntry],
        lines: Sequence[Line],
        reference: str | None = None,
    ) -> int:
        """Draft a journal with its lines and the entries beside it; answers its number.

        Raises:
            JournalUnbalanced, AmountTooLarge, PeriodClosed.
        """
        case = account.case
        all_lines = [*lines, *memorandum(case, entries)]
        check_amounts(all_lines, entries)
        journal_id = self._journal(kind, booked_on, reference)
        for line in all_lines:
            self._line(journal_id, line, case.currency)
        for entry in entries:
            day = entry.value_on or value_on
            self._entry(account, journal_id, entry, day, booked_on, entry.kind, None)
        return journal_id

    def reverse(self, account: ClaimAccount, journal_id: int, reason: str) -> int:
        """Draft the counter-journal of one that was named when the sheet was begun.

        Raises:
            PeriodClosed, NotReversible.
        """
        if journal_id not in self._lines_of:
            raise NotReversible
        kind, lines = self._lines_of[journal_id]
        counter = self._journal(f"{kind}.reversed", self.today, reason, journal_id)
        for line, currency in lines:
            self._line(counter, replace(line, amount_cents=-line.amount_cents), currency)
        for posting in [each for each in account.postings if each.journal_id == journal_id]:
            entry = ClaimEntry(
                _opposite(posting.direction), posting.component, EntryKind.REVERSAL,
                posting.amount_cents, posting.claim_id, bears_interest=posting.bears_interest,
            )  # fmt: skip
            self._entry(
                account, counter, entry, posting.value_on, self.today, EntryKind.REVERSAL,
                posting.id,
            )  # fmt: skip
        return counter

    def mark(self, account: ClaimAccount) -> Mark:
        """Where the drafts of one account are now, to go back to."""
        drafts = len(self._journals), len(self._lines), len(self._entries)
        return (*drafts, len(account.postings))

    def undo(self, account: ClaimAccount, mark: Mark) -> None:
        """Take back what was drafted since; nothing of another account was."""
        journals, lines, entries, postings = mark
        self._ids += [each["id"] for each in reversed(self._journals[journals:])]
        del self._journals[journals:], self._lines[lines:], self._entries[entries:]
        del account.postings[postings:]

    def write(self, accounts: Iterable[ClaimAccount]) -> None:
        """Write what was drafted, and what it leaves in the cases, in one statement."""
        if not self._journals:
            return
        kept = [(account.case, balances_of(account.postings)) for account in accounts]
        balances = [
            {"id": case.id} | {name: getattr(found, name) for name in _BALANCES}
            for case, found in kept
        ]
        insert_sets(
            RowSet("journals", _JOURNAL, self._journals),
            RowSet("journal_lines", _LINE, self._lines),
            RowSet("ledger_entries", _ENTRY, self._entries),
            then=_KEEP_BALANCES,
            balances=json_rows(balances),
        )
        for case, found in kept:
            for name in _BALANCES:
                set_committed_value(case, name, getattr(found, name))
        self._note()

    def _note(self) -> None:
        """One row of the audit trail for all of a kind, with the digest of what they say."""
        cases = {entry["case_id"]: entry["creditor_id"] for entry in self._entries}
        one: dict[str, int] = {}
        if len(cases) == 1:
            ((case_id, creditor_id),) = cases.items()
            one = {"case_id": case_id, "creditor_id": creditor_id}
        for kind, journals in _by_kind(self._journals).items():
            ids = [journal["id"] for journal in journals]
            audit.record(
                f"ledger.{kind}", "journal", min(ids), journals=len(ids), last_id=max(ids),
                digest=digest_of_drafts(journals, self._lines), **one,
            )  # fmt: skip

    def _journal(
        self, kind: str, booked_on: date, reference: str | None, reverses_id: int | None = None
    ) -> int:
        require_open(booked_on, self.closed)
        if not self._ids:
            self._ids = reserve_ids("journals", 100)[::-1]
        journal_id = self._ids.pop()
        values = (journal_id, booked_on, self.now, self._actor, kind, reference, reverses_id)
        self._journals.append(dict(zip(_JOURNAL, values, strict=True)))
        return journal_id

    def _line(self, journal_id: int, line: Line, currency: str) -> None:
        values = (
            journal_id, line.account.value, line.creditor_id, line.case_id, line.amount_cents,
            currency,
        )  # fmt: skip
        self._lines.append(dict(zip(_LINE, values, strict=True)))

    def _entry(
        self,
        account: ClaimAccount,
        journal_id: int,
        entry: ClaimEntry,
        value_on: date,
        booked_on: date,
        kind: EntryKind,
        reverses_id: int | None,
    ) -> None:
        case = account.case
        values = (
            case.id, case.creditor_id, entry.claim_id, journal_id, value_on, booked_on, self.now,
            entry.direction.value, entry.component.value, kind.value, entry.bears_interest,
            entry.amount_cents, case.currency, entry.words, entry.computation, reverses_id,
        )  # fmt: skip
        self._entries.append(dict(zip(_ENTRY, values, strict=True)))
        account.postings.append(
            Posting(
                _DRAFTED + len(self._entries), entry.claim_id, journal_id, value_on, booked_on,
                self.now, entry.direction, entry.component, kind, entry.amount_cents,
                entry.bears_interest, entry.words, reverses_id,
            )
        )  # fmt: skip


def _begin(journals: int) -> tuple[date | None, list[int]]:
    """The last closed day, held against closing, and numbers for so many journals, descending."""
    query = text(
        "SELECT share_period(:key), ARRAY(SELECT nextval('journals_id_seq')"
        " FROM generate_series(1, :number))"
    )
    values = {"key": Lock.PERIOD.value, "number": journals}
    closed, ids = db.session.execute(query, values).one()
    return closed, ids[::-1]


def _lines_of(journal_ids: Collection[int]) -> dict[int, tuple[str, list[tuple[Line, str]]]]:
    """What was posted by journals that may be reversed: their kind and their lines."""
    query = (
        select(Journal.kind, JournalLine)
        .join(Journal, Journal.id == JournalLine.journal_id)
        .where(one_of(JournalLine.journal_id, journal_ids), Journal.reverses_id.is_(None))
        .order_by(JournalLine.id)
    )
    found: dict[int, tuple[str, list[tuple[Line, str]]]] = {}
    for kind, row in db.session.execute(query):
        line = Line(row.account, row.amount_cents, row.creditor_id, row.case_id)
        found.setdefault(row.journal_id, (kind, []))[1].append((line, row.currency))
    return found


def _by_kind(journals: Iterable[Row]) -> dict[str, list[Row]]:
    """Journals by their kind: a digest tells those of a set apart by it."""
    found: dict[str, list[Row]] = {}
    for journal in journals:
        found.setdefault(journal["kind"], []).append(journal)
    return found


def _opposite(direction: Direction) -> Direction:
    return Direction.CREDIT if direction is Direction.DEBIT else Direction.DEBIT
