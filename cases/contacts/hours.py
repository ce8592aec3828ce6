"""When a debtor may be called or visited, and why not now.

No statute names the hours; calls at other times can be an aggressive practice or a nuisance. Our
default is the safe one: working days from 8 to 20 o'clock where the debtor lives.
Law: UWG §§ 4a, 7; BGB §§ 823, 1004 (house policy, confidence medium).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time

from legal.findings import N_, Finding, Severity
from legal.public_holidays import find_holiday

SATURDAY, SUNDAY = 5, 6

MESSAGES = {
    "too_early": N_("Calls begin at {first}. It is earlier than that."),
    "too_late": N_("Calls end at {last}. It is later than that."),
    "saturday": N_("It is Saturday; calls are made on working days."),
    "sunday": N_("It is Sunday; nobody is called."),
    "holiday": N_("It is a public holiday where the debtor lives; nobody is called."),
    "represented": N_("A lawyer or debt counsellor was named: contact them, not the debtor."),
    "deceased": N_("The debtor has died: write to the heirs."),
    "insolvency": N_("Insolvency was opened: write to the administrator."),
}
#: Holds (by the code of their reason) that forbid to approach the debtor in person.
SILENT = ("represented", "deceased", "insolvency")


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
    moment: datetime, place: str, hours: CallingHours, held_for: Collection[str] = ()
) -> Finding | None:
    """Why the debtor must not be called at this local moment, or None if it is allowed."""
    obstacles = (
        *((reason in held_for, reason) for reason in SILENT),
        (moment.weekday() == SUNDAY, "sunday"),
        (moment.weekday() == SATURDAY and not hours.saturdays, "saturday"),
        (find_holiday(moment.date(), place) is not None, "holiday"),
        (moment.time() < hours.first, "too_early"),
        (moment.time() >= hours.last, "too_late"),
    )
    code = next((code for applies, code in obstacles if applies), None)
    if code is None:
        return None
    limits = {"first": f"{hours.first:%H:%M}", "last": f"{hours.last:%H:%M}"}
    return Finding(code, Severity.ERROR, params=limits)
