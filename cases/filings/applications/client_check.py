"""Whether the client has agreed to court, where he wants to be asked. Pure.

A missing yes never lets a claim become time-barred: near its last day legal may file all the
same, with a reason.
"""

from collections.abc import Iterator

from cases.filings.applications.case_facts import CaseFacts
from cases.filings.applications.models import Filing, FilingKind
from legal.findings import Finding, Severity

#: So many days before limitation legal may go on without the client, as despite a hold.
URGENT_DAYS = 60


def check_client(filing: Filing, facts: CaseFacts) -> Iterator[Finding]:
    """The first application waits for the client's yes."""
    if filing.kind is not FilingKind.PAYMENT_ORDER or not facts.client_must_agree:
        return
    days = [claim.limitation_conservative_on for claim in facts.claims]
    last = min((day for day in days if day is not None), default=None)
    if last is not None and (last - facts.today).days <= URGENT_DAYS:
        yield Finding("client_not_agreed", Severity.WARNING, field="client")
    else:
        yield Finding("client_must_agree", Severity.ERROR, field="client")
