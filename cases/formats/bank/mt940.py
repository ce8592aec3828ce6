"""MT940 and MT942, statement by statement, so that one bad line loses nothing else.

An entry that cannot be read holds back its own statement only. A statement without a closing
balance may have been cut off: it is shown and held back. MT942 brings what is not final yet, so
its entries are shown as pending. Source: SWIFT MT940/MT942; DFÜ-Abkommen Anlage 3, chapter 8.
"""

import re
from dataclasses import dataclass, field, replace

from cases.formats.bank.mt940_fields import Field, Message, split_messages
from cases.formats.bank.mt940_information import Information, read_information
from cases.formats.bank.mt940_line import FLOOR_LIMIT, Balance, Line, read_balance, read_line
from cases.formats.bank.statement import (
    BankEntry,
    BankStatement,
    EntryStatus,
    References,
    StatementFile,
    balances_agree,
    file_of,
    refused,
)
from cases.formats.currencies import parse_comma_units
from legal.findings import Finding, Severity

RETURN_GVC = {"108", "109", "159"}
#: Field 25 of Dutch banks ends with the currency.
ACCOUNT_CURRENCY = re.compile(r"^(.{0,60}[0-9])([A-Z]{3})$")
#: Original amount and charges of a return, inside the purpose.
AMOUNT_IN_TEXT = re.compile(r"\b(OCMT|CHGS): ?([A-Z]{3}) ?([0-9]{1,15}(?:,[0-9]{0,3})?)")
#: A bank that wrote :25: for :86: (seen in the wild).
MISNAMED_INFORMATION = re.compile(r"[0-9]{3}\?[0-9]{2}")


def read_mt940(text: str) -> StatementFile:
    """Read a decoded MT940 or MT942 file; never raises."""
    messages = split_messages(text)
    statements = [_read_message(each) for each in messages]
    if not any(each.account or each.number or each.entries for each in statements):
        return refused("no_statement", "mt940")
    interim = bool(messages) and all(_is_interim(each) for each in messages)
    return file_of("mt942" if interim else "mt940", statements)


def _is_interim(message: Message) -> bool:
    """Whether it is an MT942, which has no balances but a floor limit or turnover totals."""
    marked = message.first("34F", "13D", "13", "90C", "90D") is not None
    return marked and message.first("60F", "60M") is None


@dataclass(slots=True)
class _Context:
    """What the entries of a statement have in common, and what was found on the way."""

    currency: str
    interim: bool
    findings: list[Finding] = field(default_factory=list)

    def note(self, code: str, severity: Severity, at: Field | None, **params: str | int) -> None:
        name, line = (f":{at.tag}:", at.line) if at else (None, None)
        self.findings.append(Finding(code, severity, name, line, params))


def _read_message(message: Message) -> BankStatement:
    account, account_currency = _account(message)
    opening_field, closing_field = message.first("60F", "60M"), message.last("62F", "62M")
    opening = read_balance(opening_field.first) if opening_field else None
    closing = (
        read_balance(closing_field.first, opening.currency if opening else "")
        if closing_field
        else None
    )
    currency = next(
        (each.currency for each in (opening, closing) if each and each.currency),
        account_currency or _floor_currency(message),
    )
    context = _Context(currency, _is_interim(message))
    _check_one_account(message, context)
    for at, balance in ((opening_field, opening), (closing_field, closing)):
        _check_balance(at, balance, context)
    entries = tuple(
        entry
        for at, information in _entry_fields(message)
        if (entry := _read_entry(at, information, context)) is not None
    )
    if entries and not currency:
        context.note("currency_missing", Severity.ERROR, opening_field)
    if not context.interim and closing_field is None and message.first("61"):
        context.note("closing_balance_missing", Severity.ERROR, message.fields[-1])
    number = message.first("28C", "28")
    statement = BankStatement(
        account=account,
        currency=currency,
        opening_cents=opening.cents if opening else None,
        closing_cents=closing.cents if closing else None,
        entries=entries,
        number=number.first if number else "",
        closing_on=closing.on.on if closing and closing.on else None,
    )
    if not balances_agree(statement.opening_cents, statement.closing_cents, entries):
        context.note("balance_mismatch", Severity.WARNING, closing_field)
    return replace(statement, findings=tuple(context.findings))


def _account(message: Message) -> tuple[str, str]:
    """Account and, where the bank appended it, currency."""
    named = message.first("25", "25P")
    written = "".join(named.first.split()) if named else ""
    ended = ACCOUNT_CURRENCY.fullmatch(written)
    return (ended[1], ended[2]) if ended else (written, "")


def _check_one_account(message: Message, context: _Context) -> None:
    """A second account inside one message: two statements ran together, and nothing is sure."""
    named = [each for each in message.fields if each.tag in {"25", "25P"}]
    accounts = {"".join(each.first.split()): each for each in named}
    if len(accounts) > 1 and not MISNAMED_INFORMATION.match(named[-1].first):
        context.note("accounts_merged", Severity.ERROR, named[-1], value=named[-1].first[:40])


def _floor_currency(message: Message) -> str:
    limit = message.first("34F")
    found = FLOOR_LIMIT.match(limit.first) if limit else None
    return found["currency"] if found else ""


def _check_balance(at: Field | None, balance: Balance | None, context: _Context) -> None:
    if at is None:
        return
    if balance is None or balance.cents is None:
        context.note("balance_unreadable", Severity.WARNING, at, value=at.first[:40])
    elif balance.on and balance.on.corrected:
        context.note("date_corrected", Severity.WARNING, at, value=at.first[1:7])


def _entry_fields(message: Message) -> list[tuple[Field, list[Field]]]:
    """Each :61: with the :86: and :NS: fields that belong to it."""
    entries: list[tuple[Field, list[Field]]] = []
    closed = True
    for each in message.fields:
        if each.tag == "61":
            entries.append((each, []))
            closed = False
        elif each.tag[:2] in {"60", "62", "64", "65", "90"}:
            closed = True  # What follows a balance speaks of the statement.
        elif not closed and (each.tag in {"86", "NS"} or MISNAMED_INFORMATION.match(each.first)):
            entries[-1][1].append(each)
    return entries


def _read_entry(at: Field, fields: list[Field], context: _Context) -> BankEntry | None:
    line = read_line(at.lines, context.currency)
    if line is None:
        context.note("line_unreadable", Severity.ERROR, at, value=at.first[:60])
        return None
    for day in (line.value, line.booked):
        if day.corrected:
            context.note("date_corrected", Severity.WARNING, at, value=at.first[:10])
    return _entry(at, line, read_information(fields), context)


def _entry(at: Field, line: Line, said: Information, context: _Context) -> BankEntry:
    marked = said.marked
    charges_cents, original_cents, original_currency = _money_in_text(line, said, context.currency)
    pending = context.interim or line.expected
    returned = said.gvc in RETURN_GVC or line.kind == "NRTI"
    return BankEntry(
        booked_on=line.booked.on,
        value_on=line.value.on,
        amount_cents=line.amount_cents,
        currency=context.currency,
        status=EntryStatus.PENDING if pending else EntryStatus.BOOKED,
        is_reversal=line.reversal,
        is_return=returned,
        counterparty=said.counterparty,
        references=References(
            end_to_end=marked.end_to_end,
            mandate=marked.mandate,
            creditor_id=marked.creditor_id,
            bank=line.bank_reference,
            customer=marked.customer or _own_reference(line.customer_reference),
        ),
        purpose=marked.purpose or line.more,
        code=said.gvc or line.kind,
        info=said.info,
        return_reason=said.return_reason if returned else None,
        charges_cents=charges_cents,
        original_cents=original_cents,
        original_currency=original_currency,
        line=at.line,
    )


def _money_in_text(
    line: Line, said: Information, currency: str
) -> tuple[int, int | None, str | None]:
    """Charges and original amount: of :61:, else as the text of the entry marks them."""
    charges, original, of = line.charges_cents, line.original_cents, line.original_currency
    marked = said.marked
    if original is None and marked.original_amount:
        original, of = parse_comma_units(marked.original_amount, currency), currency
    if not charges and marked.charges:
        charges = parse_comma_units(marked.charges, currency) or 0
    for name, foreign, amount in AMOUNT_IN_TEXT.findall(marked.purpose):
        cents = parse_comma_units(amount, foreign)
        if name == "OCMT" and original is None:
            original, of = cents, foreign
        elif name == "CHGS" and not charges:
            charges = cents or 0
    return charges, original, of


def _own_reference(written: str | None) -> str | None:
    """The reference in :61:, which may only announce that it stands in :86: (KREF+)."""
    return None if written is None or written.startswith(("KREF+", "NONREF")) else written
