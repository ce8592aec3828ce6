"""Reads about reminders in clients' names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from cases.core.database import db
from cases.core.many import one_of
from cases.strategies.own_name.models import ItemState, OwnNameItem, OwnNameReminder
from cases.strategies.own_name.rules import Rules, next_day

SHOWN = 200


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An invoice with what went out, and what comes next."""

    item: OwnNameItem
    sent: Sequence[OwnNameReminder]
    next_on: date | None


def list_items(creditor_id: int, rules: Rules, today: date) -> list[ShownItem]:
    """The invoices of a client near their day: open ones first, the nearest first."""
    settled = OwnNameItem.state.in_([ItemState.PAID, ItemState.WITH_US])
    items = db.session.scalars(
        select(OwnNameItem)
        .where(OwnNameItem.creditor_id == creditor_id)
        .order_by(settled, OwnNameItem.due_on, OwnNameItem.id)
        .limit(SHOWN)
    ).all()
    sent: dict[int, list[OwnNameReminder]] = {}
    query = select(OwnNameReminder).where(
        one_of(OwnNameReminder.item_id, [item.id for item in items])
    )
    for each in db.session.scalars(query.order_by(OwnNameReminder.id)):
        sent.setdefault(each.item_id, []).append(each)
    shown = []
    for item in items:
        had = sent.get(item.id, [])
        coming = None
        if item.state is ItemState.OPEN and item.email:
            rule = rules.of(item.customer_class)
            coming = next_day(rule, item.due_on, item.cents, {each.stage for each in had}, today)
        shown.append(ShownItem(item, had, coming))
    return shown


def count_items(creditor_id: int) -> dict[ItemState, int]:
    """How many invoices of a client are in which state."""
    query = (
        select(OwnNameItem.state, func.count().label("number"))
        .where(OwnNameItem.creditor_id == creditor_id)
        .group_by(OwnNameItem.state)
    )
    return {row.state: row.number for row in db.session.execute(query)}
