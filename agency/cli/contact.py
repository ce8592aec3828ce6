"""`recoup contact allowed`: whether a debtor may be contacted now, JSON in and JSON out."""

import re
from datetime import datetime, time
from enum import StrEnum

import click

from agency.cli.law.fields import (
    Question,
    check_names,
    choice,
    each,
    flag,
    is_given,
    listed,
    nested,
    text_of,
    whole,
)
from cases.claims.reaching.allowed import (
    HARD,
    Addressee,
    Channel,
    ChannelRule,
    Person,
    Plan,
    Rules,
    judge,
)
from legal.errors import InputInvalid
from legal.public_holidays import check_place

FIELDS = {"channel", "to", "at", "place", "debtor", "contacts", "rules"}
DEBTOR_FIELDS = {
    "kind", "represented_by", "deceased", "insolvent", "guardian", "minor", "opted_out",
}  # fmt: skip
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:00)?")
TIME_OF_DAY = re.compile(r"[0-9]{2}:[0-9]{2}")
FIRST_YEAR, LAST_YEAR = 1991, 2099
MOST_CONTACTS = 10_000


class Kind(StrEnum):
    """What the debtor is."""

    NATURAL_PERSON = "natural_person"
    SOLE_TRADER = "sole_trader"
    COMPANY = "company"
    PUBLIC_BODY = "public_body"


class Representative(StrEnum):
    """Who was named to speak for the debtor."""

    LAWYER = "lawyer"
    DEBT_COUNSELLOR = "debt_counsellor"


@click.group()
def command() -> None:
    """The rules of the house for contacts."""


@command.command("allowed")
def allowed() -> None:
    """Whether a contact is allowed and when again; JSON on standard input, see docs/commands.md."""
    from agency.cli.answers import answer

    answer(calculate)


def calculate(question: Question) -> Question:
    """Answer one question; the shape is published in docs/commands.md."""
    check_names(question, FIELDS)
    channel = choice(question, "channel", Channel)
    contacts = each(question, "contacts", _contact)
    judgement = judge(
        Plan(
            channel=channel,
            at=_moment(question, "at"),
            place=check_place(question.get("place")),
            to=choice(question, "to", Addressee, Addressee.DEBTOR),
            person=nested(question, "debtor", _person) if is_given(question, "debtor")
            else Person(),
            moments=[moment for own, moment in contacts if own is channel],
            rules=nested(question, "rules", _rules) if is_given(question, "rules") else None,
        )
    )  # fmt: skip
    return {
        "allowed": judgement.allowed,
        "reasons": [{"code": reason.value, "hard": reason in HARD} for reason in judgement.reasons],
        "next_at": judgement.next_at and judgement.next_at.isoformat(timespec="minutes"),
    }


def _person(debtor: Question) -> Person:
    check_names(debtor, DEBTOR_FIELDS)
    if is_given(debtor, "kind"):
        choice(debtor, "kind", Kind)
    represented = is_given(debtor, "represented_by")
    if represented:
        choice(debtor, "represented_by", Representative)
    return Person(
        represented=represented,
        deceased=flag(debtor, "deceased", default=False),
        insolvent=flag(debtor, "insolvent", default=False),
        guardian=flag(debtor, "guardian", default=False),
        minor=flag(debtor, "minor", default=False),
        opted_out=frozenset(
            choice({"opted_out": name}, "opted_out", Channel)
            for name in listed(debtor, "opted_out")
        ),
    )


def _contact(contact: Question) -> tuple[Channel, datetime]:
    check_names(contact, {"channel", "at"})
    return choice(contact, "channel", Channel), _moment(contact, "at")


def _rules(rules: Question) -> Rules:
    check_names(rules, set(Channel))
    return {Channel(name): nested(rules, name, _rule) for name in rules if is_given(rules, name)}


def _rule(rule: Question) -> ChannelRule:
    check_names(rule, {"from", "until", "saturday", "most_in_7_days"})
    begins, until = _time(rule, "from"), _time(rule, "until")
    if begins is not None and until is not None and until <= begins:
        raise InputInvalid("until must be later than from.", field="until")
    most = (
        whole(rule, "most_in_7_days", most=MOST_CONTACTS)
        if is_given(rule, "most_in_7_days")
        else None
    )
    return ChannelRule(begins, until, flag(rule, "saturday", default=False), most)


def _time(rule: Question, name: str) -> time | None:
    if not is_given(rule, name):
        return None
    value = text_of(rule, name)
    if TIME_OF_DAY.fullmatch(value):
        try:
            return time.fromisoformat(value)
        except ValueError:
            pass  # No such time of day: answered below.
    raise InputInvalid(f"{name} must be a time of day like 08:00.", field=name)


def _moment(question: Question, name: str) -> datetime:
    value = question.get(name)
    if isinstance(value, str) and MOMENT.fullmatch(value):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            pass  # No such minute: answered below.
        else:
            if FIRST_YEAR <= moment.year <= LAST_YEAR:
                return moment
    raise InputInvalid(f"{name} must be a local minute like 2026-12-24T20:30.", field=name)
