"""When a debtor may be called or visited, and why not now.

No statute names the hours; calls at other times can be an aggressive practice or a nuisance. Our
default is the safe one: working days from 8 to 20 o'clock where the debtor lives.
Law: UWG §§ 4a, 7; BGB §§ 823, 1004 (house policy, confidence medium).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time

from cases.contacts.allowed import Addressee, Channel, ChannelRule, Person, Plan, Reason, judge
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "too_early": N_("Calls begin at {first}. It is earlier than that."),
    "too_late": N_("Calls end at {last}. It is later than that."),
    "saturday": N_("It is Saturday; calls are made on working days."),
    "sunday": N_("It is Sunday; nobody is called."),
    "holiday": N_("It is a public holiday where the debtor lives; nobody is called."),
    "deceased": N_("The debtor has died: write to the heirs."),
    "insolvency": N_("Insolvency was opened: write to the administrator."),
}
#: Of several reasons the one that helps most: who, then which day, then what hour.
HEARD_FIRST = (
    Reason.DECEASED, Reason.INSOLVENT, Reason.SUNDAY, Reason.SATURDAY,
    Reason.HOLIDAY, Reason.TOO_EARLY, Reason.TOO_LATE,
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


def find_obstacle(
    moment: datetime,
    place: str,
    hours: CallingHours,
    held_for: Collection[str] = (),
    to: Addressee = Addressee.DEBTOR,
) -> Finding | None:
    """Why the debtor must not be called or visited at this local moment; None if it is allowed.

    The rule is `allowed.judge`; here the house's hours and the holds of a case meet it, and the
    reason that a person should hear first is put into words. How often is not asked yet.
    """
    rule = ChannelRule(hours.first, hours.last, saturday=hours.saturdays)
    person = Person(
        deceased="deceased" in held_for,
        insolvent="insolvency" in held_for,
    )
    local = moment.replace(tzinfo=None)
    plan = Plan(Channel.PHONE, local, place, to, person, rules={Channel.PHONE: rule})
    reasons = judge(plan).reasons
    reason = next((each for each in HEARD_FIRST if each in reasons), None)
    if reason is None:
        return None
    limits = {"first": f"{hours.first:%H:%M}", "last": f"{hours.last:%H:%M}"}
    code = "insolvency" if reason is Reason.INSOLVENT else reason.value
    return Finding(code, Severity.ERROR, params=limits)
