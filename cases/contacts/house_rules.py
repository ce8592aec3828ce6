"""The house's rules of contact: hours, Saturdays, how often in seven days, closed days.

One row; where there is none, the hours of the settings and the usual numbers count. The rules
themselves are applied in `allowed`, and nowhere else.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cases.claims.reaching.allowed import HOUSE_RULES, Channel, ChannelRule, Rules
from cases.contacts.hours import CallingHours
from cases.core import audit, clock
from cases.core.database import Base, db
from cases.core.errors import Invalid
from cases.core.locks import take_name
from cases.core.retention import Retention

#: Nobody calls between Christmas Eve and the holidays (our choice, adjustable).
CLOSED_DAYS = ("12-24", "12-31")
_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


class RuleWrong(Invalid):
    """The hours must begin before they end, and a number of contacts is at least 1."""


class ClosedDayWrong(Invalid):
    """A closed day is a day of the year, such as 24.12."""


class ContactPolicy(Base):
    """The rules of contact that the house has entered; there is at most one row."""

    __tablename__ = "contact_policy"
    __retention__ = Retention.SETTINGS
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rules: Mapped[dict[str, Any]]  # Channel -> from, until, saturday, most_in_7_days.
    closed_days: Mapped[list[str]]  # Month and day: 12-24.
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


@dataclass(frozen=True, slots=True)
class HouseRules:
    """What counts now."""

    rules: Rules
    closed_days: Sequence[str] = CLOSED_DAYS


def house_rules(hours: CallingHours) -> HouseRules:
    """The rules of today; `hours` are those of the settings, for a house that entered none."""
    row = db.session.get(ContactPolicy, 1)
    if row is None:
        phone = ChannelRule(
            hours.first, hours.last, hours.saturdays, HOUSE_RULES[Channel.PHONE].most_in_7_days
        )
        return HouseRules({**HOUSE_RULES, Channel.PHONE: phone})
    return HouseRules(_read(row.rules), tuple(row.closed_days))


def lock_rules() -> None:
    """Whoever changes the rules takes turns; what they say is read anew."""
    take_name("contact policy")
    db.session.expire_all()


def set_house_rules(wanted: HouseRules) -> None:
    """Enter the rules; they count from now on.

    Raises:
        RuleWrong, ClosedDayWrong: nothing was changed.
    """
    for rule in wanted.rules.values():
        if rule.begins is not None and rule.until is not None and rule.begins >= rule.until:
            raise RuleWrong
        if rule.most_in_7_days is not None and rule.most_in_7_days < 1:
            raise RuleWrong
    if not all(_DAY.fullmatch(day) for day in wanted.closed_days):
        raise ClosedDayWrong
    lock_rules()
    row = db.session.get(ContactPolicy, 1, populate_existing=True)
    values = {channel.value: _written(rule) for channel, rule in wanted.rules.items()}
    if row is None:
        row = ContactPolicy(id=1, rules=values, closed_days=[], changed_at=clock.now())
        db.session.add(row)
    row.rules, row.closed_days = values, sorted(set(wanted.closed_days))
    row.changed_at, row.changed_by = clock.now(), audit.actor_id()
    audit.record("contact.rules_changed", "contact_policy", 1, rules=values)


def _read(stored: Mapping[str, Any]) -> Rules:
    return {
        Channel(name): ChannelRule(
            _time(rule.get("from")),
            _time(rule.get("until")),
            bool(rule.get("saturday")),
            rule.get("most_in_7_days"),
        )
        for name, rule in stored.items()
    }


def _written(rule: ChannelRule) -> dict[str, Any]:
    return {
        "from": rule.begins and f"{rule.begins:%H:%M}",
        "until": rule.until and f"{rule.until:%H:%M}",
        "saturday": rule.saturday,
        "most_in_7_days": rule.most_in_7_days,
    }


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
