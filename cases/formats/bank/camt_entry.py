"""One entry (Ntry) of a camt message: amount, days, status, and its details put together."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from cases.formats.bank.camt_details import (
    Element,
    Setting,
    charges_at,
    code_of,
    is_return_code,
    line_of,
    read_detail,
    reference_at,
    text_at,
)
from cases.formats.bank.statement import BankEntry, EntryDetail, EntryStatus
from cases.formats.currencies import parse_minor_units
from legal.findings import Finding, Severity

ISO_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})")
STATUS = {
    "BOOK": EntryStatus.BOOKED,
    "PDNG": EntryStatus.PENDING,
    "FUTR": EntryStatus.PENDING,
    "INFO": EntryStatus.INFO,
}


@dataclass(slots=True)
class StatementContext:
    """What the entries of a statement have in common, and what was found on the way."""

    kind: str
    account: str
    currency: str | None
    fallback_on: date | None
    findings: list[Finding] = field(default_factory=list)

    def note(
        self,
        code: str,
        severity: Severity,
        node: Element,
        name: str | None = None,
        **params: str | int,
    ) -> None:
        """Keep a finding; a warning that every entry would repeat is kept once."""
        if severity is Severity.WARNING and any(each.code == code for each in self.findings):
            return
        self.findings.append(Finding(code, severity, name, line_of(node), params))


def date_at(node: Element, *paths: str) -> date | None:
    """A day as the bank wrote it; the time of day and its zone do not move it."""
    found = ISO_DATE.match(text_at(node, *paths) or "")
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def read_entry(node: Element, context: StatementContext) -> BankEntry | None:
    """One Ntry, or None with an error when it cannot be booked."""
    money = _entry_money(node, context)
    if money is None:
        return None
    cents, currency = money
    nodes = [*node.findall("NtryDtls/TxDtls"), *node.findall("TxDtls")]
    reversal = text_at(node, "RvslInd") in {"true", "1"}
    setting = Setting(context.account, cents, currency, reversal, alone=len(nodes) <= 1)
    details = tuple(read_detail(each, setting) for each in nodes)
    # A single detail speaks for the entry; of a batch only what stands at the entry itself does.
    own = details[0] if len(details) == 1 else read_detail(node, setting)
    entry_charges = charges_at(node, currency)
    _check_details(node, details, entry_charges, cents, context)
    booked_on, value_on = _days(node, context)
    code, info = code_of(node), text_at(node, "AddtlNtryInf") or ""
    batch = len(nodes) > 1 or next(node.iter("Btch"), None) is not None
    return BankEntry(
        booked_on=booked_on,
        value_on=value_on,
        amount_cents=cents,
        currency=currency,
        status=_status(node, context),
        is_reversal=reversal,
        is_batch=batch,
        is_return=is_return_code(code) or next(node.iter("RtrInf"), None) is not None,
        counterparty=own.counterparty,
        references=replace(
            own.references, bank=reference_at(node, "AcctSvcrRef") or own.references.bank
        ),
        purpose=own.purpose or ("" if len(nodes) > 1 else info),
        code=code,
        info=info,
        return_reason=next((each.return_reason for each in details if each.return_reason), None),
        charges_cents=own.charges_cents or entry_charges,
        original_cents=own.original_cents,
        original_currency=own.original_currency,
        details=details,
        line=line_of(node),
    )


def _entry_money(node: Element, context: StatementContext) -> tuple[int, str] | None:
    """Signed amount and currency of an entry; None after noting why there is none."""
    amount, sign = node.find("Amt"), text_at(node, "CdtDbtInd")
    if amount is None or not (amount.text or "").strip():
        context.note("amount_missing", Severity.ERROR, node, "Ntry/Amt")
        return None
    currency = amount.get("Ccy")
    if not currency and context.currency:
        currency = context.currency
        context.note("currency_from_account", Severity.WARNING, node, "Ntry/Amt")
    if not currency:
        context.note("currency_missing", Severity.ERROR, node, "Ntry/Amt")
        return None
    written = (amount.text or "").strip()
    cents = parse_minor_units(written, currency)
    if cents is None:
        context.note("amount_unreadable", Severity.ERROR, node, "Ntry/Amt", value=written[:40])
        return None
    if sign not in {"CRDT", "DBIT"}:
        context.note("direction_missing", Severity.ERROR, node, "Ntry/CdtDbtInd")
        return None
    return (cents if sign == "CRDT" else -cents), currency.upper()


def _status(node: Element, context: StatementContext) -> EntryStatus:
    """Booked, pending or information; a statement of booked entries may leave it out."""
    written = text_at(node, "Sts/Cd", "Sts", "Sts/Prtry")
    if written is None:
        intraday = context.kind == "camt.052"
        context.note("status_missing", Severity.WARNING, node, "Ntry/Sts")
        return EntryStatus.PENDING if intraday else EntryStatus.BOOKED
    return STATUS.get(written.upper(), EntryStatus.INFO)


def _days(node: Element, context: StatementContext) -> tuple[date | None, date | None]:
    """Booking and value day; one stands in for the other, and the statement's day for both."""
    booked_on = date_at(node, "BookgDt/Dt", "BookgDt/DtTm", "BookgDt")
    value_on = date_at(node, "ValDt/Dt", "ValDt/DtTm", "ValDt")
    if booked_on is None and value_on is None and context.fallback_on is not None:
        context.note("date_from_statement", Severity.WARNING, node, "Ntry/BookgDt")
        return context.fallback_on, context.fallback_on
    if booked_on is None and value_on is None:
        context.note("date_missing", Severity.WARNING, node, "Ntry/BookgDt")
    return booked_on or value_on, value_on or booked_on


def _check_details(
    node: Element,
    details: tuple[EntryDetail, ...],
    entry_charges: int,
    cents: int,
    context: StatementContext,
) -> None:
    """Warn when the details do not add up to the entry, charges allowed for."""
    amounts = [each.amount_cents for each in details if each.amount_cents is not None]
    if len(details) < 2 or len(amounts) < len(details):  # noqa: PLR2004 - one detail is the entry.
        return
    within = sum(each.charges_cents for each in details)
    if abs(sum(amounts) - cents) not in {0, within, entry_charges, within + entry_charges}:
        context.note("details_do_not_add_up", Severity.WARNING, node, "NtryDtls")
