"""A written letter of a case, drafted for each joint debtor, with all that is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cases.claims.law import country_place, law_of
from cases.claims.models import Case, Phase
from cases.claims.queries import DebtorInCase, get_case_by_id, list_debtors
from cases.ledger.queries import convention_of, statement
from cases.ledger.statement import Statement
from cases.letters.debtor_share import Share, shares_of
from cases.letters.demand import verify
from cases.letters.demand_circumstances import Seen, circumstances_of, kinds_of
from cases.letters.demand_content import demand_content
from cases.letters.demand_facts import Demanded, Draft, Order, Sender
from cases.letters.drafting import handler_of, principal_of
from cases.letters.errors import AddressMissing, CaseNotAccepted, EverythingHeld, NothingOwed
from cases.letters.models import LetterKind
from cases.letters.money_words import money
from cases.letters.recipients import recipient_of
from cases.letters.rendering import day_words, read_back, render_html
from cases.letters.written.kinds import BLOCKS, DEMANDS, KINDS, WrittenKind
from cases.letters.written.language import MESSAGES as LANGUAGE_MESSAGES
from cases.letters.written.language import Part, fill, parse, placeholders_of
from cases.parties.queries import get_agency, place_of
from legal.demand import Occasion
from legal.findings import N_, Finding, Severity

TEMPLATE = "written"
#: The usual term of a later letter (house rule: 7 to 14 days).
TERM_DAYS = 10
MESSAGES = {
    **LANGUAGE_MESSAGES,
    "empty_threat": N_(
        "The words '{words}' announce a step that this letter does not make a task of ours: choose "
        "it under 'What we announce' and use {placeholder}."
    ),
    "sample_text": N_("The text still holds a line of the sample: '{words}'."),
}
_SAMPLE = ("Bitte schreiben Sie hier", "Please write here", "Please write the answer here")


@dataclass(frozen=True, slots=True)
class WrittenWish:
    """What the writer decided besides the text."""

    kind: LetterKind
    language: str
    text: str
    dispatched_on: date
    term_days: int = TERM_DAYS
    next_step: str = "call"
    contract_circumstances: str = ""
    #: Amount and day of the promise that a confirmation repeats.
    promise: tuple[int, date] | None = None


@dataclass(frozen=True, slots=True)
class WrittenDraft:
    """The letter to one of the debtors."""

    debtor: DebtorInCase
    draft: Draft
    demands: bool
    announces: bool  # Whether it names the next step, which is then a dated duty of ours.


def draft_written(case_id: int, wish: WrittenWish, user_id: int) -> list[WrittenDraft]:
    """The letter to every joint debtor.

    Raises:
        CaseNotAccepted, NothingOwed, EverythingHeld, AddressMissing, HandlerIncomplete: why such a
        letter cannot be written.
    """
    case, kind = get_case_by_id(case_id), KINDS[wish.kind]
    if not kind.any_phase and case.phase is not Phase.AMICABLE:
        raise CaseNotAccepted
    parts, wrong = parse(wish.text, kind.vocabulary)
    demands = any(part.text == DEMANDS for part in parts) or kind.occasion is Occasion.FURTHER
    debtors = list_debtors(case_id)
    shares = _shares(case, debtors, wish, demands=demands)
    return [
        _draft(case, debtor, debtors, wish, kind, parts, wrong, share, user_id, demands=demands)
        for debtor, share in zip(debtors, shares, strict=True)
    ]


def _shares(
    case: Case, debtors: Sequence[DebtorInCase], wish: WrittenWish, *, demands: bool
) -> Sequence[Share | None]:
    """What is demanded of each; a letter that demands nothing may speak of a case that is settled.

    Then there is nothing of it, and the claim account itself is told.
    """
    try:
        return shares_of(case, debtors, wish.dispatched_on)
    except (NothingOwed, EverythingHeld):
        if demands:
            raise
        return [None] * len(debtors)


def _draft(
    case: Case,
    debtor: DebtorInCase,
    debtors: Sequence[DebtorInCase],
    wish: WrittenWish,
    kind: WrittenKind,
    parts: Sequence[Part],
    wrong: Sequence[Finding],
    share: Share | None,
    user_id: int,
    *,
    demands: bool,
) -> WrittenDraft:
    claims = share.demanded if share else []
    owed = share.owed if share else statement(case.id, wish.dispatched_on)
    costs = share.lines(wish.language) if share else []
    agency, law = get_agency(), law_of(case)
    address = debtor.post
    if address is None:
        raise AddressMissing(name=debtor.debtor.full_name)
    order = Order(
        letter_number="–",
        case_number=case.number,
        dispatched_on=wish.dispatched_on,
        postal_days=agency.postal_days,
        place=place_of(address.postcode, address.country) or country_place(address.country),
        law=law,
        term_days=wish.term_days,
        language=wish.language,
        next_step=wish.next_step,
    )
    sender = Sender(**{name: getattr(agency, name) for name in Sender.__dataclass_fields__})
    creditor = principal_of(case)
    recipient = replace(
        recipient_of(debtor, wish.language, debtors, agency.country),
        own_share=share is not None and share.differs,
    )
    content = demand_content(
        order, sender, handler_of(user_id), creditor, recipient, claims, owed, costs,
        case.ordered_on, convention_of(case).rates,
    )  # fmt: skip
    content |= {"currency": case.currency, "contract_circumstances": wish.contract_circumstances}
    made, empty = fill(parts, _values(content, wish), _holding(content, wish, claims, owed))
    content |= {"template": TEMPLATE, "blocks": BLOCKS, "parts": made, "source": wish.text}
    if not any(part["text"] == DEMANDS for part in made):
        content["girocode"] = content["qr_bill"] = None
    html = render_html(TEMPLATE, content)
    shown = read_back(html)
    occasions = frozenset({Occasion.FURTHER if demands else kind.occasion})
    seen = Seen(
        law, sender, creditor, recipient, claims, content, kinds_of(costs), shown.text, occasions
    )
    circumstances = circumstances_of(seen)
    announces = "next_step" in placeholders_of(parts)
    findings = [
        *wrong,
        *empty,
        *recipient.doubts,
        *verify(order, seen, shown, circumstances),
        *_threats(case, order, shown.text, announces=announces),
        *_samples(shown.text),
    ]
    pay_by = date.fromisoformat(content["pay_by"])
    total = content["total_cents"] if demands else 0
    draft = Draft(content, html, tuple(findings), pay_by, total, shown.text, circumstances)
    return WrittenDraft(debtor, draft, demands, announces)


def _values(content: dict[str, Any], wish: WrittenWish) -> dict[str, str]:
    """What each placeholder stands for."""
    language, currency = wish.language, content["currency"]

    def amount(cents: int) -> str:
        return money(cents, currency, language)

    promise = wish.promise
    return {
        "salutation": content["salutation"],
        "debtor": content["debtor_name"],
        "creditor": content["creditor"]["name"],
        "case": content["case_number"],
        "today": day_words(wish.dispatched_on, language),
        "handler": content["handler"]["name"],
        "phone": content["handler"]["phone"],
        "email": content["agency"]["email"],
        "agency": content["agency"]["name"],
        "open": amount(content["total_cents"]),
        "principal": amount(content["principal_cents"]),
        "interest": amount(content["interest_cents"]),
        "costs": amount(content["costs_cents"]),
        "pay_by": day_words(date.fromisoformat(content["pay_by"]), language),
        "next_step": content["next_step_words"],
        "invoices": ", ".join(invoice["number"] for invoice in content["invoices"]),
        "promise_amount": amount(promise[0]) if promise else "",
        "promise_day": day_words(promise[1], language) if promise else "",
        "contract_circumstances": wish.contract_circumstances.strip(),
        "original_creditor": content["creditor"]["original_creditor"]
        or content["creditor"]["name"],
    }


def _holding(
    content: dict[str, Any], wish: WrittenWish, claims: Sequence[Demanded], owed: Statement
) -> set[str]:
    """The conditions that hold."""
    holds = {
        "held": any(claim.held_cents for claim in claims),
        "joint": bool(content["joint_with"]),
        "promise": wish.promise is not None,
        "owed": owed.open_cents > 0,
        "paid": owed.open_cents <= 0,
        "consumer": any(claim.consumer for claim in claims),
    }
    return {name for name, true in holds.items() if true}


def _threats(case: Case, order: Order, text: str, *, announces: bool) -> list[Finding]:
    """No empty threats: what a letter announces out of court must become a task of ours."""
    if case.phase is not Phase.AMICABLE or (announces and order.next_step == "court"):
        return []
    return [
        Finding(
            "empty_threat",
            Severity.ERROR,
            "text",
            params={"words": words, "placeholder": "{next_step}"},
        )
        for words in order.law.announced_in_words(text)
    ]


def _samples(text: str) -> list[Finding]:
    return [
        Finding("sample_text", Severity.ERROR, "text", params={"words": words})
        for words in _SAMPLE
        if words in text
    ]
