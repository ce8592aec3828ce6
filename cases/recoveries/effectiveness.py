"""The control report (Kontrollbericht): who paid after a contact, against the new debts of a month.

Each payment is credited once, to the latest contact that can have caused it, or to none.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from legal.errors import InputInvalid

#: Wilson's interval at 95 %.
Z = Decimal("1.959964")
FOUR_DIGITS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class NewDebt:
    """A debt of the month in which it was opened."""

    id: str
    debtor: str
    opened_on: date
    amount_cents: int


@dataclass(frozen=True, slots=True)
class Approach:
    """One contact with a debtor, by its method."""

    debtor: str
    method: str
    on: date


@dataclass(frozen=True, slots=True)
class DebtPayment:
    """Money that came in on a debt."""

    debt: str
    on: date
    amount_cents: int


@dataclass(frozen=True, slots=True)
class Effect:
    """One line of the report: a month, and a method unless it stands for all."""

    month: str
    method: str | None
    paid_customers: int
    paid_cents: int
    new_customers: int
    new_cents: int

    @property
    def share_customers(self) -> Decimal | None:
        """Customers that paid, of the new ones; None where there are none."""
        return share(self.paid_customers, self.new_customers)

    @property
    def share_cents(self) -> Decimal | None:
        """Money that came in, of the new debts; None where there are none."""
        return share(self.paid_cents, self.new_cents)

    @property
    def interval_customers(self) -> tuple[Decimal, Decimal] | None:
        """Between which shares the true one lies in 95 of 100 samples of this size."""
        return wilson(self.paid_customers, self.new_customers)


@dataclass(frozen=True, slots=True)
class Report:
    """The lines by month and method, the months as a whole, and what no contact explains."""

    rows: tuple[Effect, ...]
    all: tuple[Effect, ...]
    uncredited_cents: Mapping[str, int]


@dataclass(slots=True)
class _Month:
    debtors: set[str] = field(default_factory=set)
    new_cents: int = 0
    methods: set[str] = field(default_factory=set)
    payers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    cents: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    uncredited_cents: int = 0


def measure(
    months: Sequence[str],
    window_days: int,
    debts: Iterable[NewDebt],
    contacts: Iterable[Approach],
    payments: Iterable[DebtPayment],
) -> Report:
    """Measure the months asked for (each as 2026-03), in their order.

    A contact explains a payment if it lies on or after the day the debt was opened, on or before
    the day of the payment and at most `window_days` days before it; of several the latest, of
    several on that day the last one given.

    Raises:
        InputInvalid: two debts have one id, or a payment names a debt that is not there.
    """
    asked = {month: _Month() for month in months}
    by_id = _by_id(debts, asked)
    history = _history(contacts)
    for month in asked.values():
        month.methods = {
            method for debtor in month.debtors for method in history.get(debtor, _NONE).methods
        }
    for payment in payments:
        debt = by_id.get(payment.debt)
        if debt is None:
            raise InputInvalid(f"There is no debt {payment.debt}.", field="payments")
        found = asked.get(f"{debt.opened_on:%Y-%m}")
        if found is not None:
            _credit(found, debt, payment, history.get(debt.debtor, _NONE), window_days)
    return Report(
        tuple(
            _effect(name, method, month)
            for name, month in asked.items()
            for method in sorted(month.methods)
        ),
        tuple(_effect(name, None, month) for name, month in asked.items()),
        {name: month.uncredited_cents for name, month in asked.items()},
    )


@dataclass(frozen=True, slots=True)
class _History:
    """The contacts with one debtor in the order of time."""

    days: list[date]
    methods: list[str]

    def latest(self, first_day: date, last_day: date) -> str | None:
        """The method of the last contact between two days, both counted."""
        place = bisect_right(self.days, last_day) - 1
        return self.methods[place] if place >= 0 and self.days[place] >= first_day else None


_NONE = _History([], [])


def _by_id(debts: Iterable[NewDebt], asked: Mapping[str, _Month]) -> dict[str, NewDebt]:
    by_id: dict[str, NewDebt] = {}
    for debt in debts:
        if by_id.setdefault(debt.id, debt) is not debt:
            raise InputInvalid(f"Two debts have the id {debt.id}.", field="debts")
        month = asked.get(f"{debt.opened_on:%Y-%m}")
        if month is not None:
            month.debtors.add(debt.debtor)
            month.new_cents += debt.amount_cents
    return by_id


def _history(contacts: Iterable[Approach]) -> dict[str, _History]:
    grouped: dict[str, list[Approach]] = defaultdict(list)
    for contact in contacts:
        grouped[contact.debtor].append(contact)
    made = {}
    for debtor, own in grouped.items():
        own.sort(key=lambda contact: contact.on)  # Stable: one day keeps the order given.
        made[debtor] = _History([each.on for each in own], [each.method for each in own])
    return made


def _credit(
    month: _Month, debt: NewDebt, payment: DebtPayment, history: _History, window_days: int
) -> None:
    first_day = max(debt.opened_on, payment.on - timedelta(days=window_days))
    method = history.latest(first_day, payment.on)
    if method is None:
        month.uncredited_cents += payment.amount_cents
    else:
        month.payers[method].add(debt.debtor)
        month.cents[method] += payment.amount_cents


def _effect(name: str, method: str | None, month: _Month) -> Effect:
    if method is None:
        payers = len(set().union(*month.payers.values()))
        cents = sum(month.cents.values())
    else:
        payers, cents = len(month.payers.get(method, ())), month.cents.get(method, 0)
    return Effect(name, method, payers, cents, len(month.debtors), month.new_cents)


def share(part: int, whole: int) -> Decimal | None:
    """A part of a whole to four digits, half up; None of nothing."""
    if whole == 0:
        return None
    return (Decimal(part) / whole).quantize(FOUR_DIGITS, ROUND_HALF_UP)


def wilson(hits: int, size: int) -> tuple[Decimal, Decimal] | None:
    """Wilson's interval of a share at 95 %, to four digits; None of nothing.

    Source: Wilson 1927, score interval without correction of continuity.
    """
    if size == 0:
        return None
    rate, square = Decimal(hits) / size, Z * Z
    middle = rate + square / (2 * size)
    spread = Z * (rate * (1 - rate) / size + square / (4 * size * size)).sqrt()
    below, above = (
        min(max(bound / (1 + square / size), Decimal(0)), Decimal(1))
        for bound in (middle - spread, middle + spread)
    )
    return (
        below.quantize(FOUR_DIGITS, ROUND_HALF_UP),
        above.quantize(FOUR_DIGITS, ROUND_HALF_UP),
    )
