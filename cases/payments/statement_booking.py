"""One bank statement into the books: whole or not at all, and each entry once.

Every entry of the trust account is booked against suspense, debits too; whose it is, or what for,
comes later. What a file of another format brought already is left out, and asked about where that
is not certain. The operating account is only shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Text, any_, literal, select

from cases.core import audit, clock, locks
from cases.core.copying import copy_rows
from cases.core.database import db, new_public_id
from cases.formats.bank.fingerprint import bookable_entries
from cases.formats.bank.statement import BankEntry as ReadEntry
from cases.formats.bank.statement import BankStatement, EntryDetail
from cases.ledger.bulk_posting import JournalDraft, business_day, post_journals
from cases.ledger.models import Account
from cases.ledger.posting import Line
from cases.parties.queries import get_agency
from cases.payments.matching import Payment, Reason, payments_of
from cases.payments.models import BankEntry, BankFile, BankImport, EntryState
from cases.payments.other_formats import compare_with_other_formats
from cases.payments.own_accounts import HouseAccount, find_own_account
from cases.payments.standing import PAYMENT_SERVICES, Standing
from legal.findings import finding_to_json

_COLUMNS = (
    "public_id", "import_id", "iban", "fingerprint", "part", "parts", "booked_on", "value_on",
    "amount_cents", "currency", "counterparty_name", "counterparty_iban", "end_to_end",
    "structured_reference", "purpose", "is_return", "charges_cents", "original_cents", "twin_id",
    "state", "reason", "journal_id",
)  # fmt: skip


def record_statement(bank_file: BankFile, position: int, statement: BankStatement) -> None:
    """Book one statement, whole or not at all; entries that came before are left out."""
    done = select(BankImport.id).where(
        BankImport.bank_file_id == bank_file.id, BankImport.position == position
    )
    if db.session.scalar(done):
        return  # Booked before the interruption.
    agency = get_agency()
    own = find_own_account(
        statement.account,
        {
            HouseAccount.TRUST: agency.trust_iban,
            HouseAccount.OPERATING: agency.operating_iban,
        },
    )
    noted = _note(bank_file, position, statement)
    if own is None or statement.held_back:
        noted.refused_code = _why_not(bank_file, statement)
        return
    purpose, noted.iban = own
    # Two files with the same entries wait for each other here.
    locks.take_name(noted.iban)
    entries = bookable_entries(replace(statement, account=noted.iban))
    known = _known(noted.iban, [fingerprint for fingerprint, _ in entries])
    new = [each for each in entries if each[0] not in known]
    sorted_out = compare_with_other_formats(bank_file, noted, new, {key for key, _ in entries})
    new = [each for each in new if each[0] not in sorted_out.same]
    rows = [row for fingerprint, entry in new for row in _rows(noted, purpose, fingerprint, entry)]
    for row in rows:
        _ask(row, sorted_out.twins.get(row["fingerprint"]))
    _book(rows)
    noted.entries_new, noted.entries_known = len(new), len(entries) - len(new)
    audit.record("bank.statement_booked", "bank_import", noted.id, entries=len(new))


def _why_not(bank_file: BankFile, statement: BankStatement) -> str:
    """Why nothing of a statement is booked; a payment service is called by its name."""
    if bank_file.format in PAYMENT_SERVICES:
        return "payment_service"
    if statement.held_back:
        return "held_back"
    return "account_unknown" if statement.account else "account_missing"


def _note(bank_file: BankFile, position: int, statement: BankStatement) -> BankImport:
    days = [day for each in statement.entries if (day := each.booked_on or each.value_on)]
    noted = BankImport(
        bank_file_id=bank_file.id,
        position=position,
        iban=statement.account,
        refused_code=None,
        entries_new=0,
        entries_known=0,
        statement_number=statement.number or None,
        currency=statement.currency,
        first_day=min(days, default=None),
        last_day=statement.closing_on or max(days, default=None),
        opening_cents=statement.opening_cents,
        closing_cents=statement.closing_cents,
        findings=[finding_to_json(each) for each in statement.findings],
    )
    db.session.add(noted)
    db.session.flush()
    return noted


def _known(iban: str, fingerprints: Sequence[str]) -> set[str]:
    query = select(BankEntry.fingerprint).where(
        BankEntry.iban == iban,
        # One array, not one parameter for each: a statement has no largest number of entries.
        BankEntry.fingerprint == any_(literal(list(fingerprints), ARRAY(Text))),
        BankEntry.part == 1,
    )
    return set(db.session.scalars(query))


def _rows(
    noted: BankImport, purpose: HouseAccount, fingerprint: str, entry: ReadEntry
) -> Iterator[dict[str, Any]]:
    """The rows of an entry: one, or one for each payment of a batch."""
    parts = _with_charge(entry, payments_of(entry))
    booked_on = entry.booked_on or entry.value_on or noted.last_day or clock.today()
    for number, part in enumerate(parts, start=1):
        detail = entry.details[number - 1] if len(entry.details) == len(parts) > 1 else None
        who = detail.counterparty if detail else entry.counterparty
        is_return = _is_return(entry, detail)
        kept_by_bank = part.amount_cents < 0 < entry.amount_cents
        state, reason = _first_standing(purpose, part.amount_cents, is_return)
        yield {
            "public_id": new_public_id(),
            "import_id": noted.id,
            "iban": noted.iban,
            "fingerprint": fingerprint,
            "part": number,
            "parts": len(parts),
            "booked_on": booked_on,
            "value_on": entry.value_on or booked_on,
            "amount_cents": part.amount_cents,
            "currency": entry.currency,
            # What our bank kept is nobody else's.
            "counterparty_name": None if kept_by_bank else _clean(who.name),
            "counterparty_iban": None if kept_by_bank else _clean(who.iban),
            "end_to_end": _clean(part.end_to_end) or None,
            "structured_reference": _clean("\n".join(part.structured)) or None,
            "purpose": _clean(part.purpose) or "",
            "is_return": is_return,
            "charges_cents": (detail or entry).charges_cents,
            "original_cents": (detail or entry).original_cents,
            "state": state.value,
            "reason": reason.value,
        }


def _with_charge(entry: ReadEntry, parts: Sequence[Payment]) -> Sequence[Payment]:
    """What was paid, and apart from it the charge that our own bank kept of it.

    The debtor has paid the whole amount; the charge is ours. Law: BGB §§ 362, 675q(2).
    """
    charge, paid = entry.charges_cents or 0, entry.original_cents or 0
    if len(parts) != 1 or charge <= 0 or paid - charge != entry.amount_cents:
        return parts
    if entry.amount_cents <= 0 or entry.is_return or entry.is_reversal:
        return parts
    if entry.original_currency not in {None, entry.currency}:
        return parts
    [own] = parts
    return (
        replace(own, amount_cents=paid),
        replace(own, amount_cents=-charge, purpose="", structured=(), end_to_end=""),
    )


def _ask(row: dict[str, Any], twin_id: int | None) -> None:
    """What may be a booking that we have already is not booked before somebody has answered."""
    if twin_id is not None:
        row["twin_id"] = twin_id
        row["state"], row["reason"] = EntryState.DOUBTFUL.value, Standing.OTHER_FORMAT.value


def _is_return(entry: ReadEntry, detail: EntryDetail | None) -> bool:
    returned = entry.is_return or entry.is_reversal or entry.return_reason is not None
    return returned or (detail is not None and detail.return_reason is not None)


def _first_standing(
    purpose: HouseAccount, amount_cents: int, is_return: bool
) -> tuple[EntryState, Standing | Reason]:
    """Where an entry stands before anybody has looked whose it is."""
    if amount_cents == 0 or (purpose is HouseAccount.OPERATING and amount_cents < 0):
        return EntryState.OUTGOING, Standing.OUTGOING
    if purpose is HouseAccount.OPERATING:
        return EntryState.OPERATING, Standing.OPERATING_ACCOUNT
    if amount_cents < 0:
        reason = Reason.RETURN_OR_REVERSAL if is_return else Standing.OUTGOING
        return EntryState.SUSPENSE, reason
    return EntryState.WAITING, Standing.WAITING


def _book(rows: Sequence[dict[str, Any]]) -> None:
    """Write entries with their journals: trust bank against suspense."""
    moving = [row for row in rows if row["state"] in {"waiting", "suspense"}]
    days = {day: business_day(day) for day in {row["booked_on"] for row in moving}}
    ids = post_journals("bank_entry", [_draft(row, days) for row in moving])
    for row, journal_id in zip(moving, ids, strict=True):
        row["journal_id"] = journal_id
    copy_rows("bank_entries", _COLUMNS, ([row.get(name) for name in _COLUMNS] for row in rows))


def book_entry(entry: BankEntry) -> None:
    """Book an entry that was held back by a question."""
    row = {"booked_on": entry.booked_on, "amount_cents": entry.amount_cents,
           "currency": entry.currency, "public_id": entry.public_id}  # fmt: skip
    days = {entry.booked_on: business_day(entry.booked_on)}
    (entry.journal_id,) = post_journals("bank_entry", [_draft(row, days)])
    db.session.flush()


def _draft(row: Mapping[str, Any], days: Mapping[date, date]) -> JournalDraft:
    cents = row["amount_cents"]
    return JournalDraft(
        days[row["booked_on"]],
        row["currency"],
        f"bank:{row['public_id']}",
        (Line(Account.TRUST_BANK, cents), Line(Account.SUSPENSE, -cents)),
    )


def _clean(value: str | None) -> str | None:
    """Without the one character that PostgreSQL does not keep."""
    return value.replace("\x00", "") if value else None
