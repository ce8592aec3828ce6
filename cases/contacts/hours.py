"""When a debtor may be called or visited, and why not now.

No statute names the hours; calls at other times can be an aggressive practice or a nuisance. Our
default is the safe one: working days from 8 to 20 o'clock where the debtor lives.
Law: UWG §§ 4a, 7; BGB §§ 823, 1004 (house policy, confidence medium).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time

from cases.claims.reaching.allowed import Channel, ChannelRule, Reason
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "too_early": N_("Calls begin at {first}. It is earlier than that."),
    "too_late": N_("Calls end at {last}. It is later than that."),
    "saturday": N_("It is Saturday; calls are made on working days."),
    "sunday": N_("It is Sunday; nobody is called."),
    "holiday": N_("It is a public holiday where the debtor lives; nobody is called."),
    "deceased": N_("The debtor has died: write to the heirs."),
    "insolvency": N_("Insolvency was opened: write to the administrator."),
    "client_wish": N_("The client does not want this debtor to be reached this way."),
    "client_decides": N_("The client has to agree to a visit first: ask him on the case's page."),
    "opted_out": N_("The debtor does not want to be reached this way."),
    "represented": N_("Somebody speaks for the debtor: talk to them."),
    "guardian": N_("A guardian must consent: write to the guardian."),
    "minor": N_("The debtor is a minor: write to the legal representatives."),
    "too_often": N_("{most} times in seven days are the limit of the house; it is reached."),
    "house_closed": N_("The house makes no calls and visits on this day."),
    "visit_too_early": N_("Visits begin at {first}. That is earlier."),
    "visit_too_late": N_("Visits end at {last}. That is later."),
    "visit_saturday": N_("That is a Saturday; visits are made on working days."),
    "visit_sunday": N_("That is a Sunday; nobody is visited."),
    "visit_holiday": N_("That is a public holiday where the debtor lives; nobody is visited."),
}
#: Of several reasons the one that helps most: who, then which day, then what hour.
HEARD_FIRST = (
    Reason.DECEASED, Reason.INSOLVENT, Reason.GUARDIAN, Reason.MINOR, Reason.OPTED_OUT,
    Reason.CLIENT_WISH, Reason.CLIENT_DECIDES,
    Reason.REPRESENTED, Reason.SUNDAY, Reason.SATURDAY, Reason.HOLIDAY, Reason.HOUSE_CLOSED,
    Reason.TOO_EARLY, Reason.TOO_LATE, Reason.TOO_OFTEN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CallingHours:
    """The hours in which the house calls; both ends in local time."""

    first: time = time(8)
    last: time = time(20)
    saturdays: bool = False

    @classmethod
    def parse(cls, hours: str, saturdays: bool) -> "CallingHours":
        """Read hours such as 08:00-20:00; raises ValueError."""
        first, last = (time.fromisoformat(part.strip()) for part in hours.split("-"))
        if first >= last:
            raise ValueError("must be two times of day, the earlier one first")
        return cls(first, last, saturdays)


def heard_first(reasons: Collection[Reason], channel: Channel, rule: ChannelRule) -> Finding | None:
    """The one of several reasons that a person should hear first, in words."""
    reason = next((each for each in HEARD_FIRST if each in reasons), None)
    if reason is None:
        return None
    code = "insolvency" if reason is Reason.INSOLVENT else reason.value
    if channel is Channel.VISIT and f"visit_{code}" in MESSAGES:
        code = f"visit_{code}"
    limits = {
        "first": f"{rule.begins:%H:%M}" if rule.begins else "",
        "last": f"{rule.until:%H:%M}" if rule.until else "",
        "most": str(rule.most_in_7_days or ""),
    }
    return Finding(code, Severity.ERROR, params=limits)
