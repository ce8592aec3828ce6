"""Is this application ready for court? All problems at once, each with field, reason and remedy.

An error keeps the application from being encoded. A warning may be overridden; those of
`NEEDS_REASON` only with a reason that is kept, for instance to stop limitation.
Law: ZPO §§ 688-690; RDG §§ 13a, 13e.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from legal.de.court.courts import bulk_postcodes, find_court_by_postcode
from legal.de.court.eda.application import PAYMENT_ORDER, ApplicationFile, list_unwritable
from legal.de.court.eda.payment_order import CaseMarks, CourtAddress, PaymentOrderApplication
from legal.de.court.readiness.checking import error, warning
from legal.de.court.readiness.circumstances import Circumstances
from legal.de.court.readiness.claims import check_claims
from legal.de.court.readiness.costs import check_agent, check_ancillary
from legal.de.court.readiness.duties import check_duties
from legal.de.court.readiness.file import SHORTEST_REFERENCE, check_file
from legal.de.court.readiness.follow_ups import check_follow_ups
from legal.de.court.readiness.parties import check_parties
from legal.de.court.readiness.sentences import MESSAGES, REMEDIES
from legal.findings import Finding, Severity

#: Warnings that legal may override only with a reason.
NEEDS_REASON = frozenset(
    {
        "objection_open",
        "objection_genuine",
        "objection_partly",
        "hold_stands",
        "client_not_agreed",
        "time_barred",
        "perhaps_time_barred",
        "trial_court_too_high",
        "trial_court_too_low",
        "trial_court_not_named",
        "address_unchanged",
    }
)


@dataclass(frozen=True, slots=True)
class Readiness:
    """The result of the check."""

    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)

    def is_ready(self, reasons: Mapping[str, str] | None = None) -> bool:
        """Whether it may be filed, given the reasons (code -> reason) legal has written down."""
        given = {code for code, reason in (reasons or {}).items() if reason.strip()}
        asked = {f.code for f in self.warnings} & NEEDS_REASON
        return not self.errors and asked <= given


def check_file_form(
    file: ApplicationFile, *, confirmed_fields: frozenset[str] = frozenset()
) -> Readiness:
    """Everything that the file itself shows; this is what `recoup court encode` checks."""
    return Readiness(tuple(_unique(_form(file, confirmed_fields))))


def check_application(
    file: ApplicationFile,
    circumstances: Circumstances,
    *,
    as_of: datetime.date,
    confirmed_fields: frozenset[str] = frozenset(),
) -> Readiness:
    """The whole check of a file with one application for a payment order."""
    findings = list(_form(file, confirmed_fields))
    for application in file.applications:
        findings += check_duties(application, circumstances, as_of)
    return Readiness(tuple(_unique(findings)))


def remedy(finding: Finding) -> str:
    """What to do about a finding, in English; the edge translates it."""
    return REMEDIES[finding.code].format_map(finding.params)


def reason(finding: Finding) -> str:
    """Why the finding is one, in English."""
    return finding.message(MESSAGES)


def _form(file: ApplicationFile, confirmed: frozenset[str]) -> Iterator[Finding]:
    yield from check_file(file)
    if file.belart != PAYMENT_ORDER:
        yield from check_follow_ups(file)
    else:
        single = len(file.applications) == 1
        for index, application in enumerate(file.applications):
            path = "" if single else f"applications[{index}]."
            for found in _payment_order(application, file.header.date):
                yield replace(found, field=f"{path}{found.field}") if path else found
    yield from list_unwritable(file, confirmed)


def _payment_order(
    application: PaymentOrderApplication, as_of: datetime.date | None
) -> Iterator[Finding]:
    yield from _head(application)
    yield from check_parties(application)
    yield from check_agent(application, as_of)
    yield from check_claims(application, as_of)
    yield from check_ancillary(application)


def _head(application: PaymentOrderApplication) -> Iterator[Finding]:
    court, marks = application.court or CourtAddress(), application.kennsatz or CaseMarks()
    if not court.plz or not court.place:
        yield error("missing", "court.plz" if not court.plz else "court.place")
    elif wanted := bulk_postcodes().get(court.plz):
        yield error("bulk_postcode", "court.plz", found=court.plz, wanted=wanted)
    elif find_court_by_postcode(court.plz) is None:
        yield error("dunning_court_unknown", "court.plz", found=court.plz)
    if not (marks.vglm1 or marks.vglm2):
        yield error("declaration_not_in_application", "kennsatz.vglm1")
    if marks.procedure:
        yield error("procedure_unknown", "kennsatz.procedure", found=marks.procedure)
    if len(marks.own_ref) > SHORTEST_REFERENCE:
        yield warning("reference_long", "kennsatz.own_ref", length=SHORTEST_REFERENCE)


def _unique(findings: Iterator[Finding] | list[Finding]) -> list[Finding]:
    """Each finding once; the codec sometimes sees what a check has already said."""
    seen: dict[tuple[str, str | None], Finding] = {}
    for found in findings:
        seen.setdefault((found.code, found.field), found)
    return list(seen.values())
