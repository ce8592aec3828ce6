"""What a question of `recoup watch` says about a customer and the rules."""

from datetime import date
from typing import Any

from agency.cli.law.fields import (
    Question,
    as_day,
    check_names,
    choice,
    day,
    each,
    find_day,
    find_rate,
    flag,
    is_given,
    listed,
    nested,
    text_of,
    whole,
)
from cases.watch.customer import (
    BankChange,
    Customer,
    Invoice,
    Notice,
    NoticeKind,
    Order,
    Others,
    Parameters,
    Partner,
    PartnerEvent,
    Promise,
    Window,
)
from cases.watch.look import Look
from legal.errors import InputInvalid

FIELDS = {"as_of", "customer", "others", "parameters"}
CUSTOMER_FIELDS = {
    "since", "class_days_late", "invoices", "reminders", "offers_unanswered", "promises", "orders",
    "complaints", "bank_changes", "partners", "notices", "news", "clauses",
}  # fmt: skip
WINDOWS = ("reminders", "offers", "promises", "cancellations", "complaints", "news")
RATES = ("cancelled_share_percent", "rise_percent", "watch_from", "warn_from")
NUMBERS = ("discounts", "event_days", "paid_invoices", "new_invoices", "class_margin_days")
LONGEST_WINDOW = 3660
MOST_DAYS_LATE = 1000


def look_of(question: Question) -> Look:
    """The look that a question describes."""
    check_names(question, FIELDS)
    return Look(
        nested(question, "customer", customer_of),
        day(question, "as_of"),
        nested(question, "others", _others) if is_given(question, "others") else Others(),
        nested(question, "parameters", parameters_of)
        if is_given(question, "parameters")
        else Parameters(),
    )


def customer_of(customer: Question) -> Customer:
    """What is known of a customer."""
    check_names(customer, CUSTOMER_FIELDS)
    clauses = texts(customer, "clauses")
    return Customer(
        invoices=tuple(each(customer, "invoices", _invoice)),
        reminders=_days(customer, "reminders"),
        offers_unanswered=_days(customer, "offers_unanswered"),
        promises=tuple(each(customer, "promises", _promise)),
        orders=tuple(each(customer, "orders", _order)),
        complaints=_days(customer, "complaints"),
        bank_changes=tuple(each(customer, "bank_changes", _bank_change)),
        partners=tuple(each(customer, "partners", _partner)),
        notices=tuple(each(customer, "notices", _notice)),
        news=_days(customer, "news"),
        clauses=frozenset(clauses),
        since=find_day(customer, "since"),
        class_days_late=whole(
            customer, "class_days_late", least=-MOST_DAYS_LATE, most=MOST_DAYS_LATE
        )
        if is_given(customer, "class_days_late")
        else None,
    )


def texts(question: Question, name: str) -> list[str]:
    """A list of texts, empty if it is not given."""
    given = listed(question, name)
    if not all(isinstance(each, str) for each in given):
        raise InputInvalid(f"{name} must be a list of names.", field=name)
    return given


def _days(customer: Question, name: str) -> tuple[date, ...]:
    return tuple(
        as_day(value, f"{name}[{place}]") for place, value in enumerate(listed(customer, name))
    )


def _invoice(invoice: Question) -> Invoice:
    check_names(invoice, {
        "invoiced_on", "due_on", "discount_until", "paid_on", "paid_with_discount", "cents",
    })  # fmt: skip
    return Invoice(
        day(invoice, "invoiced_on"),
        day(invoice, "due_on"),
        whole(invoice, "cents", default=0),
        find_day(invoice, "discount_until"),
        find_day(invoice, "paid_on"),
        flag(invoice, "paid_with_discount", default=False),
    )


def _promise(promise: Question) -> Promise:
    check_names(promise, {"due_on", "kept"})
    return Promise(day(promise, "due_on"), flag(promise, "kept", default=False))


def _order(order: Question) -> Order:
    check_names(order, {"on", "cancelled_on"})
    return Order(day(order, "on"), find_day(order, "cancelled_on"))


def _bank_change(change: Question) -> BankChange:
    check_names(change, {"on", "announced_on", "reason"})
    reason = text_of(change, "reason") if change.get("reason") else ""
    return BankChange(day(change, "on"), find_day(change, "announced_on"), reason)


def _partner(partner: Question) -> Partner:
    check_names(partner, {"name", "event", "on"})
    event = choice(partner, "event", PartnerEvent)
    return Partner(text_of(partner, "name"), event, day(partner, "on"))


def _notice(notice: Question) -> Notice:
    check_names(notice, {"kind", "on", "source"})
    return Notice(choice(notice, "kind", NoticeKind), day(notice, "on"), text_of(notice, "source"))


def _others(others: Question) -> Others:
    names = ("orders", "complaints", "complaints_before")
    check_names(others, names)
    return Others(**{name: whole(others, name, default=0) for name in names})


def parameters_of(given: Question) -> Parameters:
    """The rules as the question changes them."""
    check_names(given, {*WINDOWS, *RATES, *NUMBERS})
    changed: dict[str, Any] = {
        name: nested(given, name, _window) for name in WINDOWS if is_given(given, name)
    }
    changed |= {name: rate for name in RATES if (rate := find_rate(given, name)) is not None}
    changed |= {
        name: whole(given, name, least=1, most=LONGEST_WINDOW)
        for name in NUMBERS
        if is_given(given, name)
    }
    return Parameters(**changed)


def _window(window: Question) -> Window:
    check_names(window, {"least", "days"})
    return Window(
        whole(window, "least", least=1, most=LONGEST_WINDOW),
        whole(window, "days", least=1, most=LONGEST_WINDOW),
    )
