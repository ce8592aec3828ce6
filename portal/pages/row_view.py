"""A row of an upload as the check page shows it: what was understood, and what to correct where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from cases.formats.claims.claim_row import ClaimRow
from cases.formats.claims.lists.fields import DAYS, MONEY, REMINDERS
from cases.intake.corrections import cells_of_row
from cases.intake.kept import row_of
from cases.intake.models import RowState, SubmissionRow
from cases.intake.setting_off import invoices_for
from cases.intake.standing import ANSWERS, is_blocking
from legal.findings import finding_from_json
from portal.pages.intake_words import ROW_STATES, field_name, sentence_of
from portal.shell.formatting import day_input, plain_amount

#: Fields that have a column of their own in the table of the check page.
COLUMNS = ("invoice_number", "invoiced_on", "due_on", "name", "postcode", "city", "open")
#: Fields that everybody may correct on the page of one row, in this order.
EDITABLE = (
    "invoice_number", "text", "invoiced_on", "due_on", "open", "currency", "name", "street",
    "postcode", "city", "country", "email", "phone", "iban", "contract_on",
    *REMINDERS, "second_name", "second_street", "second_postcode", "second_city",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """One finding in words, and what may be answered instead of a correction."""

    text: str
    code: str
    field: str | None
    blocking: bool
    answer: str | None


@dataclass(frozen=True, slots=True)
class RowView:
    """One row for the table."""

    row: SubmissionRow
    values: ClaimRow
    cells: Mapping[str, str]
    sentences: Sequence[Sentence]
    invoices: Sequence[tuple[int, str]] = ()  # A credit note: what it may be set off against.

    @property
    def line(self) -> int:
        return self.row.line

    @property
    def state(self) -> tuple[str, str]:
        """The state in words, and its colour."""
        text, kind = ROW_STATES[self.row.state]
        return gettext(text), kind

    @property
    def can_change(self) -> bool:
        """Whether the creditor may still change it."""
        return self.row.state is not RowState.OPENED

    @property
    def is_skipped(self) -> bool:
        return self.row.state in {RowState.LEFT_OUT, RowState.DUPLICATE}

    @property
    def wrong_fields(self) -> list[str]:
        """Fields with a blocking finding, each once."""
        return list(dict.fromkeys(
            each.field for each in self.sentences if each.blocking and each.field
        ))  # fmt: skip

    @property
    def wrong_below(self) -> list[str]:
        """Wrong fields without a column, and the parts of an address that are missing."""
        wrong = [*self.wrong_fields, *self._missing_address()]
        return [field for field in dict.fromkeys(wrong) if not self.in_column(field)]

    def in_column(self, field: str) -> bool:
        """Whether the field is corrected in its own column."""
        return field in COLUMNS or field in MONEY

    def is_wrong(self, *fields: str) -> str | None:
        """Which of the fields of a column is to be corrected there."""
        wrong = {*self.wrong_fields, *self._missing_address()}
        return next((field for field in fields if field in wrong), None)

    def typed(self, field: str) -> str:
        """What stands in the field to be corrected: readable for people, else as it was written."""
        return typed_value(self.values, self.cells, field)

    def label(self, field: str) -> str:
        return field_name(field)

    def _missing_address(self) -> list[str]:
        if not any(each.code == "address_missing" for each in self.sentences):
            return []
        debtor = self.values.debtor
        return [part for part in ("street", "postcode", "city") if getattr(debtor, part) is None]


def view_of(row: SubmissionRow) -> RowView:
    """A row, ready for the template."""
    sentences = []
    for kept in row.findings:
        finding = finding_from_json(kept)
        answer = ANSWERS.get(finding.code)
        sentences.append(
            Sentence(sentence_of(kept), finding.code, finding.field, is_blocking(finding), answer)
        )
    sentences.sort(key=lambda each: not each.blocking)
    is_credit = any(each.code == "credit_note" for each in sentences)
    invoices = [
        (each.line, (each.parsed or {}).get("invoice_number") or "")
        for each in (invoices_for(row) if is_credit and row.state is RowState.ERROR else ())
    ]
    values = row_of(row.parsed or {}, row.line)
    return RowView(row, values, cells_of_row(row), sentences, invoices)


def typed_value(values: ClaimRow, cells: Mapping[str, str], field: str) -> str:
    """The value of a field as people type it, else the cell as it is."""
    understood: Any = None
    if field in {*DAYS, *REMINDERS, "contract_on"}:
        understood = getattr(values, field)
    elif field in {"open", "total", "paid"}:
        understood = getattr(values, f"{field}_cents")
    if isinstance(understood, date):
        return day_input(understood)
    if isinstance(understood, int):
        sign = "−" if understood < 0 else ""
        return sign + plain_amount(abs(understood), grouping=False)
    if field in cells:
        return cells[field]
    return str(getattr(values.debtor, field, None) or getattr(values, field, None) or "")
