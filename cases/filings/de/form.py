"""The form of the German dunning courts, behind the door that every country's has."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cases.filings.applications.case_facts import CaseFacts
from cases.filings.applications.forms import (
    ApplicationForm,
    FileName,
    Later,
    Notation,
    ProposedCosts,
)
from cases.filings.applications.models import Filing, FilingKind
from cases.filings.court_settings import get_court_settings, shown_file_number
from cases.filings.de.circumstances import circumstances_of
from cases.filings.de.follow_ups import draft_follow_up
from cases.filings.de.payment_order import draft_payment_order, find_court
from cases.filings.de.typed_entries import may_be_entered
from cases.filings.errors import KennzifferMissing
from cases.parties.models import AgencyProfile
from cases.parties.queries import get_agency
from legal.de.court.cost_proposal import CostProposal, propose_costs
from legal.de.court.eda.application import ApplicationFile, encode_file, from_notation
from legal.de.court.eda.layouts import find_unconfirmed
from legal.de.court.readiness.check import NEEDS_REASON, check_application, check_file_form
from legal.errors import LawError
from legal.findings import Finding

SOFTWARE = "Recoup"
_NAMES = ("n1", "n2", "n3", "n4", "rechtsform")


class DunningCourtForm:
    """Applications in the notation of the courts' exchange of data (EDA). Law: ZPO §§ 690, 702."""

    needs_reason: frozenset[str] = frozenset(NEEDS_REASON)
    suffix = "eda"

    def propose_costs(self, facts: CaseFacts) -> CostProposal | None:
        """Law: GKG, RVG; see `legal.de.court.cost_proposal`."""
        try:
            return propose_costs(
                facts.statement.principal_open_cents,
                applied_on=facts.today,
                ordered_on=facts.case.ordered_on,
                pre_court_rate=facts.collection_rate,
            )
        except LawError:
            return None

    def find_court(self, facts: CaseFacts, entries: Mapping[str, Any]) -> str | None:
        """The dunning court by its XJustiz id. Law: ZPO § 689(2)."""
        court = find_court(facts, entries)
        return court.xjustiz_id if court else None

    def draft_first(
        self,
        facts: CaseFacts,
        own_ref: str,
        entries: Mapping[str, Any],
        costs: ProposedCosts | None,
    ) -> Notation:
        """The application for a payment order. Law: ZPO § 690."""
        proposal = costs if isinstance(costs, CostProposal) else None
        return draft_payment_order(facts, own_ref, entries, proposal, facts.settings.credit_in)

    def draft_later(
        self, kind: FilingKind, entries: Mapping[str, Any], later: Later, today: date
    ) -> Notation:
        """Law: ZPO §§ 692-699."""
        base = f"defendants[{later.proceeding.position}]."
        names = {part: later.filed[base + part] for part in _NAMES if base + part in later.filed}
        return draft_follow_up(
            kind, later.proceeding, entries, today=today, debtor=later.debtor,
            payments=later.payments, query=later.asked, names=names,
        )  # fmt: skip

    def check(self, filing: Filing, facts: CaseFacts, notation: Notation) -> list[Finding]:
        """The form of the file, and for the first application all that legal must know."""
        name = FileName(filing.kind, shown_file_number(facts.settings), facts.today)
        file, problems = _as_file(facts.agency, name, [notation])
        confirmed = frozenset(facts.settings.confirmed_fields)
        if filing.kind is FilingKind.PAYMENT_ORDER:
            known = circumstances_of(facts, filing.content)
            found = check_application(file, known, as_of=facts.today, confirmed_fields=confirmed)
        else:
            found = check_file_form(file, confirmed_fields=confirmed)
        return _said_once([*problems, *found.findings])

    def encode(
        self, name: FileName, applications: Sequence[Notation], *, is_typed: bool
    ) -> bytes | None:
        """One logical file; places that are not confirmed are refused, unless it is typed."""
        file, problems = _as_file(get_agency(), name, applications)
        if problems:
            return None
        confirmed = find_unconfirmed() if is_typed else get_court_settings().confirmed_fields
        return encode_file(file, confirmed_fields=frozenset(confirmed))

    def may_be_entered(self, path: str) -> bool:
        """What the records do not know and control sums do not count."""
        return may_be_entered(path)


def _as_file(
    agency: AgencyProfile, name: FileName, applications: Sequence[Notation]
) -> tuple[ApplicationFile, list[Finding]]:
    """Applications as one file of the house; raises KennzifferMissing."""
    if not agency.kennziffer:
        raise KennzifferMissing
    head = {
        "tkezi": agency.kennziffer,
        "date": name.made_on.isoformat(),
        "belart": name.kind.value,
        "software": SOFTWARE,
        "edaid": name.number,
    }
    listed = list(applications)
    return from_notation({"file": head, "belart": name.kind.value, "applications": listed})


def _said_once(findings: list[Finding]) -> list[Finding]:
    """That the creditor has not declared anything is said once, not in two ways."""
    if any(finding.code == "declaration_missing" for finding in findings):
        return [f for f in findings if f.code != "declaration_not_in_application"]
    return findings


FORM: ApplicationForm = DunningCourtForm()
