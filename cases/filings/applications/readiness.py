"""Check a filing with everything the records say, and keep what was found with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from cases.claims.queries import DebtorInCase, get_case_by_id
from cases.core import clock
from cases.core.database import db
from cases.core.files import StoredFile, read_bytes
from cases.filings.applications.case_facts import CaseFacts, gather
from cases.filings.applications.circumstances import circumstances_of
from cases.filings.applications.follow_ups import draft_follow_up
from cases.filings.applications.models import Filing, FilingKind
from cases.filings.applications.payment_order import draft_payment_order, find_court, header
from cases.filings.court_mail.models import CourtInboxFile, CourtMessage
from cases.filings.court_settings import get_court_settings, shown_file_number
from cases.filings.errors import KennzifferMissing, PowerEnded
from cases.filings.proceedings.enforcement_check import check_enforcement, payments_since_order
from cases.filings.proceedings.models import Proceeding
from cases.filings.proceedings.services import as_pure
from legal.de.court.cost_proposal import CostProposal, propose_costs
from legal.de.court.eda.application import ApplicationFile, from_notation
from legal.de.court.eda.notation import write
from legal.de.court.eda.replies import ReadMessage, read_file
from legal.de.court.readiness.check import NEEDS_REASON, check_application, check_file_form
from legal.errors import LawError
from legal.findings import Finding, Severity
from legal.proceeding import State


@dataclass(frozen=True, slots=True)
class Checked:
    """A filing as it would be sent today, and what stands against it."""

    notation: dict[str, Any]
    findings: tuple[Finding, ...]
    costs: CostProposal | None

    def errors(self, reasons: dict[str, Any]) -> list[Finding]:
        """What keeps it from being sent: errors, and warnings whose reason is missing."""
        return [f for f in self.findings if blocks(f, reasons)]


def blocks(finding: Finding, reasons: dict[str, Any]) -> bool:
    """Whether this keeps a filing back."""
    if finding.severity is Severity.ERROR:
        return True
    return finding.code in NEEDS_REASON and not str(reasons.get(finding.code, "")).strip()


def check_filing(filing: Filing) -> Checked:
    """Draft and check a filing and write the result beside it."""
    facts = gather(get_case_by_id(filing.case_id))
    checked = examine(filing, facts)
    blocking = checked.errors(filing.reasons)
    filing.errors = len(blocking)
    filing.warnings = len(checked.findings) - len(blocking)
    filing.findings = [_row(finding) for finding in checked.findings]
    filing.checked_at = clock.now()
    filing.principal_cents = facts.statement.principal_open_cents
    if filing.kind is FilingKind.PAYMENT_ORDER:
        court = find_court(facts, filing.content)
        filing.court = court.xjustiz_id if court else None
        filing.costs_cents = checked.costs.court_fee_cents if checked.costs else 0
    elif filing.kind is FilingKind.LITIGATION and checked.costs:
        filing.costs_cents = checked.costs.litigation_advance_cents
    return checked


def examine(filing: Filing, facts: CaseFacts) -> Checked:
    """The same without writing anything."""
    notation = notation_of(filing, facts)
    file, problems = as_file(facts, filing.kind, [notation], shown_file_number())
    confirmed = frozenset(get_court_settings().confirmed_fields)
    if filing.kind is FilingKind.PAYMENT_ORDER:
        known = circumstances_of(facts, str(filing.content.get("olg_district", "")))
        found = check_application(file, known, as_of=facts.today, confirmed_fields=confirmed)
    else:
        found = check_file_form(file, confirmed_fields=confirmed)
    extra = list(_proceeding_findings(filing, facts))
    return Checked(
        notation, tuple(_said_once([*problems, *found.findings, *extra])), costs_of(facts)
    )


def notation_of(filing: Filing, facts: CaseFacts) -> dict[str, Any]:
    """The application of a filing in the published notation."""
    if filing.kind is FilingKind.PAYMENT_ORDER:
        return draft_payment_order(facts, filing.own_ref, filing.content)
    proceeding = db.session.get_one(Proceeding, filing.proceeding_id)
    if proceeding.state is State.REFERRED:
        raise PowerEnded
    payments: Sequence[Any] = ()
    if filing.kind is FilingKind.ENFORCEMENT_ORDER:
        payments = payments_since_order(facts, as_pure(proceeding))
    return draft_follow_up(
        filing.kind,
        proceeding,
        filing.content,
        today=facts.today,
        debtor=_debtor(facts, proceeding),
        payments=payments,
        query=message_content(filing.message_id),
    )


def as_file(
    facts: CaseFacts, kind: FilingKind, notations: list[dict[str, Any]], number: str
) -> tuple[ApplicationFile, list[Finding]]:
    """Applications as one file of the house; raises KennzifferMissing."""
    if not facts.agency.kennziffer:
        raise KennzifferMissing
    head = header(facts.agency.kennziffer, facts.today, kind.value, number)
    return from_notation({"file": head, "belart": kind.value, "applications": notations})


def costs_of(facts: CaseFacts) -> CostProposal | None:
    """Proposed costs for what is open; None where no fee table reaches."""
    try:
        return propose_costs(
            facts.statement.principal_open_cents,
            applied_on=facts.today,
            ordered_on=facts.case.ordered_on,
        )
    except LawError:
        return None


def message_content(message_id: int | None) -> dict[str, Any] | None:
    """What a court message says, in the notation."""
    if message_id is None:
        return None
    row = db.session.get_one(CourtMessage, message_id)
    found = read_message(row)
    return write(found.message) if found else None


def read_message(row: CourtMessage) -> ReadMessage | None:
    """A stored message, read again from the bytes the court sent."""
    file = db.session.execute(
        select(StoredFile)
        .join(CourtInboxFile, CourtInboxFile.file_id == StoredFile.id)
        .where(CourtInboxFile.id == row.inbox_file_id)
    ).scalar_one()
    for logical in read_file(read_bytes(file)):
        for message in logical.messages:
            if logical.belart == row.kind and message.record == row.record:
                return message
    return None


def _said_once(findings: list[Finding]) -> list[Finding]:
    """That the creditor has not declared anything is said once, not in two ways."""
    if any(finding.code == "declaration_missing" for finding in findings):
        return [f for f in findings if f.code != "declaration_not_in_application"]
    return findings


def _proceeding_findings(filing: Filing, facts: CaseFacts) -> list[Finding]:
    if filing.kind is not FilingKind.ENFORCEMENT_ORDER:
        return []
    proceeding = db.session.get_one(Proceeding, filing.proceeding_id)
    return list(check_enforcement(facts, as_pure(proceeding)))


def _debtor(facts: CaseFacts, proceeding: Proceeding) -> DebtorInCase:
    return next(d for d in facts.debtors if d.debtor.id == proceeding.debtor_id)


def _row(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "field": finding.field,
        "params": dict(finding.params),
    }
