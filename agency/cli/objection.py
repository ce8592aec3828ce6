"""`recoup objection assess`: what the file speaks for, JSON in and JSON out."""

from dataclasses import fields
from datetime import date
from typing import Any

import click

from agency.cli.law.fields import (
    MOST_CENTS,
    Question,
    as_day,
    check_names,
    day,
    each,
    find_day,
    flag,
    is_given,
    listed,
    nested,
    text_of,
    whole,
)
from cases.objections.catalogue import reasons
from cases.objections.file_facts import DatedCents, FileFacts, Raised
from cases.objections.indicators import find_indicators
from cases.objections.proof import burden_of, missing_for
from cases.objections.standing import standing_of

FIELDS = {"kind", "raised_on", "contests", "as_of", "file"}
FILE_FIELDS = {field.name for field in fields(FileFacts)}
DAYS = (
    "invoiced_on", "due_on", "contract_on", "delivered_on", "plan_agreed_on", "notice_sent_on",
    "discovered_on", "creditor_asked_on", "creditor_answered_on", "invoice_returned_on",
    "withdrawal_sent_on", "instructed_on", "limitation_day", "promised_on", "accepted_on",
    "cancelled_on", "contract_ends_on", "guardian_asked_on", "default_on", "ordered_on",
    "authority_shown_on", "counterclaim_due_on",
)  # fmt: skip
FLAGS = (
    "delivery_note_signed", "merchants", "goods", "terms_included", "own_carrier",
    "invoice_received", "order_proven", "order_button", "price_agreed", "minor_at_contract",
    "guardian_consented", "police_report", "heir_named", "known_dispute", "consumer",
    "cancel_button",
)  # fmt: skip
AMOUNTS = (
    "claim_cents", "disputed_cents", "direct_payment_reported_cents", "repair_cents", "proof_cents",
    "same_reason_elsewhere",
)  # fmt: skip


@click.group()
def command() -> None:
    """What speaks for and against an objection."""


@command.command("assess")
def assess() -> None:
    """Indicators, burden of proof, what is missing; JSON on standard input, see the docs."""
    from agency.cli.answers import answer

    answer(calculate)


def calculate(question: Question) -> Question:
    """Answer one question; the shape is published in docs/commands.md."""
    check_names(question, FIELDS)
    given = text_of(question, "kind")
    kind = given if given in reasons() else "other"
    raised = Raised(
        kind=kind,
        raised_on=day(question, "raised_on"),
        as_of=day(question, "as_of"),
        file=nested(question, "file", _file) if is_given(question, "file") else FileFacts(),
        contests=flag(question, "contests", default=True),
    )
    burden = burden_of(raised)
    return {
        "indicators": [
            {
                "code": found.code,
                "speaks_for": found.speaks_for.value,
                "words": str(found.rule.words),
                "source": found.source,
            }
            for found in find_indicators(raised)
        ],
        "burden": {
            "on": burden.on.value,
            "law": burden.law,
            "until": burden.until and burden.until.isoformat(),
        },
        "stands": standing_of(raised).stands.value,
        "missing": [
            {"what": each.what, "from": each.from_whom.value} for each in missing_for(raised)
        ],
        "notes": [] if kind == given else [f'The kind "{given}" is not known; taken as "other".'],
    }


def _file(file: Question) -> FileFacts:
    check_names(file, FILE_FIELDS)
    percent = "same_kind_of_creditor_percent"
    single: dict[str, Any] = {name: find_day(file, name) for name in DAYS}
    single |= {name: flag(file, name, default=False) for name in FLAGS if is_given(file, name)}
    single |= {name: whole(file, name) for name in AMOUNTS if is_given(file, name)}
    return FileFacts(
        **single,
        reminders=_days(file, "reminders"),
        our_letters=_days(file, "our_letters"),
        payments=tuple(each(file, "payments", _payment)),
        promises=tuple(each(file, "promises", _promise)),
        hidden=flag(file, "hidden", default=False),
        perishable=flag(file, "perishable", default=False),
        animal=flag(file, "animal", default=False),
        documents=tuple(str(kind) for kind in listed(file, "documents")),
        suspense_cents=tuple(
            whole({"suspense_cents": cents}, "suspense_cents")
            for cents in listed(file, "suspense_cents")
        ),
        same_kind_of_creditor_percent=whole(file, percent, most=100)
        if is_given(file, percent)
        else None,
    )


def _days(file: Question, name: str) -> tuple[date, ...]:
    return tuple(
        as_day(value, f"{name}[{place}]") for place, value in enumerate(listed(file, name))
    )


def _payment(payment: Question) -> DatedCents:
    check_names(payment, {"on", "cents"})
    return DatedCents(day(payment, "on"), whole(payment, "cents", least=-MOST_CENTS))


def _promise(promise: Question) -> DatedCents:
    check_names(promise, {"made_on", "cents"})
    return DatedCents(day(promise, "made_on"), whole(promise, "cents", default=0))
