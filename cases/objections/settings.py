"""How this house verifies objections: its periods and limits, and the indicators it added."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Invalid, NotFound
from cases.objections.house_models import HouseIndicator, ObjectionSettings
from cases.objections.indicators import Rule, SpeaksFor, Weight, require_readable
from legal.findings import Bilingual


class RuleWordsMissing(Invalid):
    """An indicator needs its sentence in both languages."""


@dataclass(frozen=True, slots=True)
class NewRule:
    """An indicator that a house adds."""

    kinds: str
    condition: str
    speaks_for: SpeaksFor
    weight: Weight
    law: str
    english: str
    german: str


def get_settings() -> ObjectionSettings:
    """What the house decided, or the defaults; not stored by reading."""
    found = db.session.get(ObjectionSettings, 1)
    if found is not None:
        return found
    return ObjectionSettings(
        id=1,
        answer_days=14,
        evidence_days=7,
        reminder_days=7,
        second_person_cents=500000,
        looks_elsewhere=False,
    )


def lock_settings() -> ObjectionSettings:
    """The settings, locked where they were ever saved: two people do not undo each other."""
    query = select(ObjectionSettings).with_for_update(key_share=True)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    return found or get_settings()


def change_settings(**fields: Any) -> None:
    """Keep what the house decided; it counts for what is recorded and decided from now on."""
    found = get_settings()
    for name, value in fields.items():
        setattr(found, name, value)
    db.session.add(found)
    db.session.flush()
    audit.record("objection_settings.changed", "objection_settings", 1, fields=sorted(fields))


def add_rule(new: NewRule) -> HouseIndicator:
    """Add an indicator; it appears in every panel from now on.

    Raises:
        RuleUnreadable, RuleWordsMissing.
    """
    require_readable(new.condition)
    if not new.english.strip() or not new.german.strip():
        raise RuleWordsMissing
    added = HouseIndicator(
        kinds=new.kinds.strip() or "*",
        condition=" ".join(new.condition.split()),
        speaks_for=new.speaks_for,
        weight=new.weight,
        law=new.law.strip(),
        english=new.english.strip(),
        german=new.german.strip(),
        added_at=clock.now(),
        added_by=audit.actor_id(),
    )
    db.session.add(added)
    db.session.flush()
    audit.record("house_indicator.added", "house_indicator", added.id)
    return added


def end_rule(public_id: str) -> None:
    """Switch one of the house's indicators off; what it said before stays in the record."""
    found = db.session.scalar(select(HouseIndicator).where(HouseIndicator.public_id == public_id))
    if found is None:
        raise NotFound
    if found.ended_at is None:
        found.ended_at, found.ended_by = clock.now(), audit.actor_id()
        audit.record("house_indicator.ended", "house_indicator", found.id)


def list_house_indicators() -> list[HouseIndicator]:
    """What this house added, in the order in which it did."""
    return list(db.session.scalars(select(HouseIndicator).order_by(HouseIndicator.id)))


def house_rules() -> list[Rule]:
    """The indicators that this house added and did not switch off."""
    return [
        Rule(
            code=f"house_{one.id}",
            family=f"house_{one.id}",
            kinds=tuple(one.kinds.split()),
            when=one.condition,
            speaks_for=one.speaks_for,
            weight=one.weight,
            source=one.condition,
            law=one.law,
            words=Bilingual(one.english, one.german),
        )
        for one in list_house_indicators()
        if one.ended_at is None
    ]
