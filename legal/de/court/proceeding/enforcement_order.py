"""May the enforcement order be applied for today? Law: ZPO §§ 699(1), 701; GKG § 12(3)."""

import datetime
from collections.abc import Iterator

from legal.de.court.proceeding.deadlines import find_open
from legal.findings import N_, Finding, Severity
from legal.proceeding import Proceeding, State

MESSAGES = {
    "not_served": N_("The payment order has not been served, or there is nothing left to apply."),
    "too_early": N_("The opposition period has not ended; possible from {day} on (§ 699(1) ZPO)."),
    "too_late": N_("The six months of § 701 ZPO ended on {day}: the payment order has lapsed."),
    "court_fee_unpaid": N_("The court fee is not paid (§ 12(3) GKG)."),
    "latest_day_near": N_("The application is possible until {day} only (§ 701 ZPO)."),
}
#: From here on the latest day is urgent; our choice.
URGENT_DAYS = 30


def list_obstacles(proceeding: Proceeding, today: datetime.date) -> tuple[Finding, ...]:
    """What stands against applying today; a warning when the latest day is near."""
    if proceeding.state not in {State.ORDER_SERVED, State.PARTLY_OPPOSED}:
        return (Finding("not_served", Severity.ERROR, field="state"),)
    return tuple(_obstacles(proceeding, today))


def _obstacles(proceeding: Proceeding, today: datetime.date) -> Iterator[Finding]:
    earliest, latest = find_open(proceeding, "M10"), find_open(proceeding, "M11")
    if earliest and today < earliest.last_day:
        yield _finding("too_early", Severity.ERROR, earliest.last_day)
    if latest and today > latest.last_day:
        yield _finding("too_late", Severity.ERROR, latest.last_day)
    elif latest and (latest.last_day - today).days <= URGENT_DAYS:
        yield _finding("latest_day_near", Severity.WARNING, latest.last_day)
    if not proceeding.fee_paid:
        yield Finding("court_fee_unpaid", Severity.ERROR, field="court_fee")


def _finding(code: str, severity: Severity, day: datetime.date) -> Finding:
    return Finding(code, severity, field="date", params={"day": day.isoformat()})
