"""What a creditor answers and declares about his claims, and the claim that follows from a row.

How the due date arose and when the first reminder was received decide whether default began; that
the performance was rendered and is not disputed he declares. Law: BGB §§ 286, 271; RDG § 13a.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from cases.claims.models import DueBasis, Purpose
from cases.claims.origin import Origin
from cases.claims.services import ClaimDetails
from cases.formats.claims.claim_row import ClaimRow
from cases.intake.kept import street_of
from cases.parties.models import DebtorKind
from cases.parties.services import DebtorDetails
from legal.errors import InvariantBroken


@dataclass(frozen=True, slots=True)
class Declaration:
    """Answers for all rows of a submission, or those for one row, which go first."""

    due_basis: DueBasis | None = None
    #: "none", "day" or "list": never reminded, on one day, or as the list says row by row.
    reminder: str | None = None
    reminded_on: date | None = None
    purpose: Purpose | None = None
    performed: bool = False
    undisputed: bool = False
    dispute: str | None = None
    contract_on: date | None = None  # Where the list names none; § 13a(1) no. 2 RDG.
    subject: str | None = None  # What was delivered or done, where the list does not say.
    # Where the claims were assigned to him (Abtretung, Factoring).
    origin: Origin = field(default_factory=Origin)

    def to_json(self) -> dict[str, Any]:
        """As it is kept; what was not answered is left out."""
        answers = asdict(self)
        answers |= answers.pop("origin")
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in answers.items()
            if value not in (None, False)
        }


def declaration_of(kept: Mapping[str, Any]) -> Declaration:
    """The declaration that was kept."""
    return Declaration(
        contract_on=_day(kept, "contract_on"),
        due_basis=DueBasis(kept["due_basis"]) if kept.get("due_basis") else None,
        reminder=kept.get("reminder"),
        reminded_on=_day(kept, "reminded_on"),
        purpose=Purpose(kept["purpose"]) if kept.get("purpose") else None,
        performed=bool(kept.get("performed")),
        undisputed=bool(kept.get("undisputed")),
        dispute=kept.get("dispute"),
        subject=kept.get("subject"),
        origin=Origin(
            kept.get("original_creditor"),
            kept.get("original_postcode"),
            kept.get("original_city"),
            _day(kept, "assigned_on"),
        ),
    )


def _day(kept: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(kept[name]) if kept.get(name) else None


def for_row(general: Declaration, own: Mapping[str, Any]) -> Declaration:
    """What holds for one row: its own answers, else those given for all."""
    answers = declaration_of(own)
    reminder = answers if answers.reminder else general
    disputed = answers if answers.dispute or answers.undisputed else general
    return replace(
        general,
        due_basis=answers.due_basis or general.due_basis,
        reminder=reminder.reminder,
        reminded_on=reminder.reminded_on,
        purpose=answers.purpose or general.purpose,
        undisputed=disputed.undisputed,
        dispute=disputed.dispute,
    )


def purpose_of_kind(kind: str | None) -> Purpose | None:
    """Consumer or business as the kind of debtor suggests it; None has to be asked."""
    if kind is None:
        return None
    return Purpose.CONSUMER if kind == DebtorKind.NATURAL_PERSON else Purpose.BUSINESS


def debtor_of_row(row: ClaimRow, declared: Declaration) -> DebtorDetails:
    """The debtor as the creditor submits him; a name without legal form follows the purpose."""
    debtor = row.debtor
    kind = DebtorKind(debtor.kind) if debtor.kind else None
    if kind is None:
        consumer = declared.purpose is not Purpose.BUSINESS
        kind = DebtorKind.NATURAL_PERSON if consumer else DebtorKind.SOLE_TRADER
    return DebtorDetails(
        kind=kind,
        name=debtor.name or "",
        street=street_of(debtor),
        postcode=debtor.postcode or "",
        city=debtor.city or "",
        country=debtor.country or "DE",
        email=debtor.email,
        phone=debtor.phone,
        customer_number=debtor.account,
    )


def claim_of_row(row: ClaimRow, declared: Declaration) -> ClaimDetails:
    """The claim that a ready row and its declaration make."""
    if not row.invoice_number:
        raise InvariantBroken("row.invoice_number")
    if not row.invoiced_on:
        raise InvariantBroken("row.invoiced_on")
    if not row.open_cents:
        raise InvariantBroken("row.open_cents")
    basis = declared.due_basis or DueBasis.STATUTE
    reminders = _reminders(row, declared)
    purpose = purpose_of_kind(row.debtor.kind) or declared.purpose or Purpose.CONSUMER
    return ClaimDetails(
        invoice_number=row.invoice_number,
        invoiced_on=row.invoiced_on,
        due_on=row.due_on,
        principal_cents=row.open_cents,
        due_basis=DueBasis.STATUTE if row.due_on is None else basis,
        purpose=purpose,
        performed=declared.performed,
        currency=row.currency or "EUR",
        reminded_on=_first_reminder(row, reminders),
        reminders=reminders,
        known_dispute=declared.dispute,
        contract_on=row.contract_on or declared.contract_on,
        description=row.text or declared.subject,
        **asdict(declared.origin),
    )


def _reminders(row: ClaimRow, declared: Declaration) -> tuple[date, ...]:
    """All reminders of a claim in their order: those of its row, or of the day that was declared.

    Further reminders of the row stand beside a first one that was declared.
    """
    if declared.reminder == "list":
        return row.reminders
    if declared.reminder != "day" or declared.reminded_on is None:
        return ()
    first = declared.reminded_on
    return (first, *(day for day in row.reminders if day > first))


def _first_reminder(row: ClaimRow, reminders: Sequence[date]) -> date | None:
    """The reminder that counts: the first one after the claim was due.

    Law: BGB § 286(1) sentence 1 (a reminder before the due date puts nobody in default).
    """
    due_on = row.due_on or row.invoiced_on
    after = (day for day in reminders if due_on is None or day > due_on)
    return next(after, reminders[0] if reminders else None)
