"""The panel beside the workbench: what is wrong with one application and the fields to mend it."""

from dataclasses import dataclass
from typing import Any

from agency.filings.words import passed_checks
from cases.claims.queries import get_case_by_id
from cases.filings.applications.case_facts import gather
from cases.filings.applications.fields_to_mend import (
    DECLARATIONS,
    Entry,
    entries_always,
    entries_for,
)
from cases.filings.applications.models import FilingKind
from cases.filings.applications.readiness import Checked, blocks, check_with
from cases.filings.queries import FilingRow, suggested_catalogue_number
from legal.de.court.readiness.check import NEEDS_REASON
from legal.findings import Finding


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding as the panel shows it."""

    code: str
    params: dict[str, Any]
    field: str | None
    blocks: bool
    entries: tuple[Entry, ...]
    needs_reason: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything the panel shows about one application."""

    row: FilingRow
    problems: tuple[Problem, ...]
    declarations: tuple[str, ...]  # Which ones are missing.
    entries: tuple[Entry, ...]  # What this kind of application asks for anyway.
    passed: tuple[str, ...]
    payments: tuple[dict[str, str], ...]
    costs: Any
    suggestion: int | None

    @property
    def has_entries(self) -> bool:
        """Whether there is something to save."""
        return bool(self.entries) or any(problem.entries for problem in self.problems)


def panel_of(row: FilingRow) -> Panel:
    """The application as it would be sent today, with its problems, the blocking ones first."""
    filing = row.filing
    checked = check_with(filing, gather(get_case_by_id(filing.case_id)))
    always = tuple(entries_always(filing.kind, checked.notation))
    shown = {entry.path for entry in always}
    problems = []
    for finding in sorted(checked.findings, key=lambda f: not blocks(f, filing.reasons)):
        problems.append(_problem(finding, checked, filing.reasons, shown))
    wanted = {DECLARATIONS[f.field] for f in checked.findings if f.field in DECLARATIONS}
    return Panel(
        row=row,
        problems=tuple(problems),
        declarations=tuple(sorted(wanted)),
        entries=always,
        passed=tuple(passed_checks({f.code for f in checked.findings}))
        if filing.kind is FilingKind.PAYMENT_ORDER
        else (),
        payments=tuple(checked.notation.get("payments", ())),
        costs=checked.costs,
        suggestion=suggested_catalogue_number(filing),
    )


def _problem(
    finding: Finding, checked: Checked, reasons: dict[str, Any], shown: set[str]
) -> Problem:
    """Each field is offered once, with the first finding that needs it."""
    entries = tuple(
        entry
        for entry in entries_for(finding.code, finding.field, checked.notation)
        if entry.path not in shown
    )
    shown.update(entry.path for entry in entries)
    return Problem(
        code=finding.code,
        params=dict(finding.params),
        field=finding.field,
        blocks=blocks(finding, reasons),
        entries=entries,
        needs_reason=finding.code in NEEDS_REASON,
        reason=reasons.get(finding.code),
    )
