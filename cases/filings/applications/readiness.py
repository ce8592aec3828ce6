"""Check a filing with everything the records say, and keep what was found with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from cases.claims.law import court_of, court_reading, law_of
from cases.claims.queries import DebtorInCase, get_case_by_id
from cases.core import clock
from cases.core.database import db
from cases.dunning.fee_watch import window_of
from cases.filings.applications.case_facts import CaseFacts, gather
from cases.filings.applications.case_state import DESPITE_ALL_HOLDS, DESPITE_HOLD
from cases.filings.applications.client_check import check_client
from cases.filings.applications.forms import Later, ProposedCosts, form_of
from cases.filings.applications.models import Filing, FilingKind, FilingState
from cases.filings.applications.money_check import NEED_BANK, check_money, marks_of_case
from cases.filings.court_mail.models import CourtMessage
from cases.filings.errors import PowerEnded
from cases.filings.proceedings.enforcement_check import check_enforcement, payments_since_order
from cases.filings.proceedings.models import Proceeding
from cases.filings.proceedings.services import as_pure
from legal import proceeding as pure
from legal.court_papers import Incoming
from legal.findings import Finding, Severity, finding_from_json, finding_to_json
from legal.proceeding import CourtEventKind, State

#: Stands against a file only, not against the application itself.
UNCONFIRMED = "field_unconfirmed"
_ADDRESS = ("street", "plz", "place")


@dataclass(frozen=True, slots=True)
class Checked:
    """A filing as it would be sent today, and what stands against it."""

    notation: dict[str, Any]
    findings: tuple[Finding, ...]
    costs: ProposedCosts | None
    needs_reason: frozenset[str]  # Warnings under which a person files with a reason only.

    def errors(self, reasons: dict[str, Any]) -> list[Finding]:
        """What keeps it from being sent: errors, and warnings whose reason is missing."""
        return [f for f in self.findings if self.blocks(f, reasons)]

    def blocks(self, finding: Finding, reasons: dict[str, Any]) -> bool:
        """Whether a finding keeps the filing back."""
        return _blocks(finding, reasons, self.needs_reason)


def may_be_typed(filing: Filing) -> bool:
    """Whether nothing stands against it but places of the court's file that are not confirmed.

    A person can type such an application where the courts ask for it field by field.
    """
    asks = form_of(get_case_by_id(filing.case_id)).needs_reason
    found = map(finding_from_json, filing.findings)
    standing = [each for each in found if _blocks(each, filing.reasons, asks)]
    return bool(standing) and all(each.code == UNCONFIRMED for each in standing)


def check_filing(filing: Filing) -> Checked:
    """Draft and check a filing and write the result beside it."""
    facts = gather(get_case_by_id(filing.case_id))
    checked = check_with(filing, facts)
    keep_result(filing, checked, facts)
    return checked


def keep_result(filing: Filing, checked: Checked, facts: CaseFacts) -> None:
    """Write the result of a check beside the filing."""
    blocking = checked.errors(filing.reasons)
    filing.errors = len(blocking)
    filing.warnings = len(checked.findings) - len(blocking)
    filing.findings = [finding_to_json(finding) for finding in checked.findings]
    filing.checked_at = clock.now()
    filing.principal_cents = facts.statement.principal_open_cents
    if filing.kind is FilingKind.PAYMENT_ORDER:
        filing.court = form_of(facts.case).find_court(facts, filing.content)
        filing.costs_cents = checked.costs.court_fee_cents if checked.costs else 0
    elif filing.kind is FilingKind.LITIGATION and checked.costs:
        filing.costs_cents = checked.costs.litigation_advance_cents


def check_with(filing: Filing, facts: CaseFacts) -> Checked:
    """The same without writing anything, from facts that are there."""
    form = form_of(facts.case)
    costs = form.propose_costs(facts)
    notation = notation_of(filing, facts, costs)
    found = [
        *form.check(filing, facts, notation),
        *_money_findings(filing, facts),
        *_fee_findings(filing, facts),
        *check_client(filing, facts),
        *_proceeding_findings(filing, facts, notation),
    ]
    return Checked(notation, tuple(found), costs, form.needs_reason)


def notation_of(filing: Filing, facts: CaseFacts, costs: ProposedCosts | None) -> dict[str, Any]:
    """The application of a filing in the published notation."""
    form = form_of(facts.case)
    if filing.kind is FilingKind.PAYMENT_ORDER:
        return form.draft_first(facts, filing.own_ref, filing.content, costs)
    proceeding = db.session.get_one(Proceeding, filing.proceeding_id)
    if proceeding.state is State.REFERRED:
        raise PowerEnded
    payments: Sequence[tuple[date, int]] = ()
    if filing.kind is FilingKind.ENFORCEMENT_ORDER:
        payments = payments_since_order(facts, as_pure(proceeding))
    later = Later(
        proceeding=proceeding,
        debtor=_debtor(facts, proceeding),
        payments=payments,
        asked=message_content(filing.message_id),
        filed=_entries_filed(proceeding),
    )
    return form.draft_later(filing.kind, filing.content, later, facts.today)


def _entries_filed(proceeding: Proceeding) -> dict[str, Any]:
    """What a person has typed into the first application, to be kept in later ones."""
    content = db.session.scalar(
        select(Filing.content)
        .where(
            Filing.own_ref == proceeding.own_ref,
            Filing.kind == FilingKind.PAYMENT_ORDER,
            Filing.state == FilingState.HANDED_OVER,
        )
        .order_by(Filing.id.desc())
        .limit(1)
    )
    return content or {}


def costs_of(facts: CaseFacts) -> ProposedCosts | None:
    """Proposed costs for what is open; None where no fee table reaches."""
    return form_of(facts.case).propose_costs(facts)


def message_content(message_id: int | None) -> dict[str, Any] | None:
    """What a court message says, in the notation."""
    if message_id is None:
        return None
    found = read_message(db.session.get_one(CourtMessage, message_id))
    return found.content if found else None


def read_message(row: CourtMessage) -> Incoming | None:
    """A stored message, read again from its own bytes; the rest of its file is left alone."""
    files = court_reading(row.excerpt).read_messages(row.excerpt, row.sent_on)
    return next((message for file in files for message in file.messages), None)


def _fee_findings(filing: Filing, facts: CaseFacts) -> Iterator[Finding]:
    """Filed inside the debtor's window, the fee stays at the simple rate for good."""
    rule, letter = law_of(facts.case).fee_steps, facts.letter
    if filing.kind is not FilingKind.PAYMENT_ORDER or rule is None or letter is None:
        return
    if facts.collection_rate != rule.simple_rate or "postal_days" not in letter.content:
        return
    last_day = window_of(letter, rule)
    if (facts.bank.last_day or date.min) <= last_day:
        params = {"day": last_day.isoformat(), "rate": f"{rule.simple_rate:f}"}
        yield Finding("fee_step_ahead", Severity.WARNING, field="ancillary.INKB", params=params)


def _money_findings(filing: Filing, facts: CaseFacts) -> list[Finding]:
    if filing.kind not in NEED_BANK:
        return []
    owed = facts.statement
    marks = marks_of_case(facts.case.number, facts.claims, facts.debtors)
    amounts = {owed.open_cents, owed.principal_open_cents} - {0}
    return list(check_money(facts.bank, marks, amounts))


def _proceeding_findings(
    filing: Filing, facts: CaseFacts, notation: dict[str, Any]
) -> list[Finding]:
    if filing.proceeding_id is None:
        return []
    proceeding = as_pure(db.session.get_one(Proceeding, filing.proceeding_id))
    found = list(_hold_findings(filing.kind, facts, proceeding))
    found += _answer_findings(filing, notation)
    found += _address_findings(filing, facts, proceeding)
    if filing.kind is FilingKind.ENFORCEMENT_ORDER:
        found += check_enforcement(facts, proceeding)
    return found


def _answer_findings(filing: Filing, notation: dict[str, Any]) -> Iterator[Finding]:
    """An answer that says again what the court objected to is none."""
    if filing.kind is not FilingKind.QUERY_ANSWER:
        return
    asked = (message_content(filing.message_id) or {}).get("items", [])
    for index, (item, answer) in enumerate(zip(asked, notation.get("items", []), strict=False)):
        if _same(item.get("inhalt"), answer.get("inhalt")):
            yield Finding("answer_repeats", Severity.ERROR, field=f"items[{index}].inhalt")


def _same(objected: Any, answered: Any) -> bool:
    return " ".join(str(objected or "").split()) == " ".join(str(answered or "").split())


def _address_findings(
    filing: Filing, facts: CaseFacts, proceeding: pure.Proceeding
) -> Iterator[Finding]:
    """A new service at the address where the first one failed needs a reason."""
    failed = {
        FilingKind.ORDER_NEW_SERVICE: CourtEventKind.ORDER_NOT_SERVED,
        FilingKind.ENFORCEMENT_NEW_SERVICE: CourtEventKind.ENFORCEMENT_NOT_SERVED,
    }.get(filing.kind)
    if failed is None or any(filing.content.get(f"defendant.{part}") for part in _ADDRESS):
        return
    event = proceeding.find(failed)
    position = db.session.get_one(Proceeding, filing.proceeding_id).position
    address = facts.debtors[position].address if position < len(facts.debtors) else None
    since = address.valid_from if address else None
    if event is not None and (since is None or since <= event.on):
        yield Finding("address_unchanged", Severity.WARNING, field="defendant.street")


def _hold_findings(
    kind: FilingKind, facts: CaseFacts, proceeding: pure.Proceeding
) -> Iterator[Finding]:
    """A hold keeps later applications back too, but never lets a last day pass. Design: holds."""
    if kind in DESPITE_ALL_HOLDS:
        return
    is_urgent = court_of(facts.case).must_not_wait(proceeding, facts.today)
    for hold in facts.holds:
        params = {"reason": hold.reason.value}
        if is_urgent:
            yield Finding(DESPITE_HOLD, Severity.WARNING, field="holds", params=params)
        else:
            yield Finding("hold_leaves_time", Severity.ERROR, field="holds", params=params)


def _debtor(facts: CaseFacts, proceeding: Proceeding) -> DebtorInCase:
    return next(d for d in facts.debtors if d.debtor.id == proceeding.debtor_id)


def _blocks(finding: Finding, reasons: dict[str, Any], asks: frozenset[str]) -> bool:
    """Errors do, and warnings that need a reason as long as nobody has given it."""
    if finding.severity is Severity.ERROR:
        return True
    return finding.code in asks and not str(reasons.get(finding.code, "")).strip()
