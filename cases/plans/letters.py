"""The letters of a plan: the offer with notice and schedule, and reminders of an instalment.

The notice of § 13a(3) and (4) RDG goes in text form, before the debtor agrees to anything; a letter
that does not show it is not sent.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from cases.claims.law import country_place, law_of
from cases.claims.models import Case, Purpose
from cases.claims.queries import DebtorInCase, list_claims, list_debtors, list_open_holds
from cases.core import clock
from cases.letters.demand_content import letter_content
from cases.letters.demand_facts import Order, Sender
from cases.letters.drafting import handler_of, principal_of
from cases.letters.errors import AddressMissing, EverythingHeld, LetterLacksDuties
from cases.letters.models import Letter, LetterKind
from cases.letters.recipients import recipient_of
from cases.letters.rendering import read_back, render_html
from cases.letters.services import enter_letter, next_number
from cases.parties.queries import get_agency, place_of
from cases.plans.models import Plan, PlanInstalment, PlanKind
from legal.findings import Finding, Severity

OFFER, REMINDER = "plan_offer", "plan_reminder"
#: What the offer must show. Law: RDG § 13a(3), (4).
NOTICES = ("instalment_costs", "acknowledgement_warning")


def send_offer(case: Case, plan: Plan, instalments: Sequence[PlanInstalment]) -> list[Letter]:
    """Release the offer to every joint debtor; a worker renders and sends it.

    Raises:
        AddressMissing, HandlerIncomplete: who gets it or who writes it is not complete.
        LetterLacksDuties: it does not show the notices of the law.
    """
    terms = _terms(case, plan, instalments)
    return [
        release(case, debtor, LetterKind.PLAN_OFFER, OFFER, terms, plan.made_by, NOTICES)
        for debtor in list_debtors(case.id)
    ]


def preview_offer(case: Case, plan: Plan, instalments: Sequence[PlanInstalment]) -> str:
    """The offer to the first debtor as HTML."""
    debtor = list_debtors(case.id)[0]
    content = content_of(case, debtor, "–", plan.made_by)
    return render_html(OFFER, content | _terms(case, plan, instalments))


def send_reminder(
    case: Case, plan: Plan, instalment: PlanInstalment, *, missing_cents: int, late: bool
) -> list[Letter]:
    """Remind of one instalment, before its day or after it.

    Raises:
        EverythingHeld: something else than the plan lets the case stand still, such as an objection
        that is being verified; a reminder asks for money too.
        And what `send_offer` raises.
    """
    if any(hold.id != plan.hold_id for hold in list_open_holds(case.id)):
        raise EverythingHeld
    last_day = max(instalment.due_on, clock.today())
    told = {
        "late": late,
        "number": instalment.number,
        "due_on": instalment.due_on.isoformat(),
        "missing_cents": missing_cents,
        "tolerance_days": plan.tolerance_days,
        "pay_until": last_day.isoformat(),
        "currency": plan.currency,
    }
    return [
        release(case, debtor, LetterKind.PLAN_REMINDER, REMINDER, told, plan.made_by, ())
        for debtor in list_debtors(case.id)
    ]


def release(
    case: Case,
    debtor: DebtorInCase,
    kind: LetterKind,
    template: str,
    told: dict[str, Any],
    user_id: int,
    duties: Sequence[str],
) -> Letter:
    """Release one letter of a template, unless it lacks what the law wants in it."""
    number = next_number(clock.today().year)
    content = content_of(case, debtor, number, user_id) | told | {"template": template}
    shown = read_back(render_html(template, content)).elements
    lacking = [duty for duty in duties if not shown.get(duty)]
    if lacking:
        law = "RDG § 13a"
        raise LetterLacksDuties(
            [
                Finding("duty_missing", Severity.ERROR, params={"element": duty, "law": law})
                for duty in lacking
            ]
        )
    return enter_letter(case, debtor, kind, number, content, user_id)


def content_of(case: Case, debtor: DebtorInCase, number: str, user_id: int) -> dict[str, Any]:
    """Sender, addressee and case as every template reads them."""
    agency, address = get_agency(), debtor.post
    if address is None:
        raise AddressMissing(name=debtor.debtor.full_name)
    order = Order(
        letter_number=number,
        case_number=case.number,
        dispatched_on=clock.today(),
        postal_days=agency.postal_days,
        place=place_of(address.postcode, address.country) or country_place(address.country),
        law=law_of(case),
        language=debtor.debtor.language,
    )
    sender = Sender(**{name: getattr(agency, name) for name in Sender.__dataclass_fields__})
    return letter_content(
        order,
        sender,
        handler_of(user_id),
        principal_of(case),
        recipient_of(debtor, order.language, list_debtors(case.id), agency.country),
    )


def _terms(case: Case, plan: Plan, instalments: Sequence[PlanInstalment]) -> dict[str, Any]:
    """What was agreed, as plain data; frozen with the letter."""
    return {
        "currency": plan.currency,
        "agreement": plan.kind is PlanKind.AGREEMENT,
        "single": len(instalments) == 1,
        "settles": plan.agreed_cents is not None and plan.agreed_cents < plan.open_cents,
        "interest_runs": plan.agreed_cents is None,
        "consumer": any(each.purpose is Purpose.CONSUMER for each in list_claims(case.id)),
        "invoices": [each.invoice_number for each in list_claims(case.id)],
        "every": plan.every.value,
        "open_cents": plan.open_cents,
        "total_cents": sum(each.amount_cents for each in instalments),
        "interest_cents": sum(each.interest_cents for each in instalments),
        "instalments": [
            {
                "number": each.number,
                "due_on": each.due_on.isoformat(),
                "amount_cents": each.amount_cents,
                "remaining_cents": each.remaining_cents,
            }
            for each in instalments
        ],
        "tolerance_days": plan.tolerance_days,
        "valid_until": _iso(plan.valid_until),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
