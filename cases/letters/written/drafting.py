"""A written letter of a case, drafted for each joint debtor, with all that is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cases.claims.law import country_place, law_of
from cases.claims.models import Case, Phase
from cases.claims.queries import DebtorInCase, get_case_by_id, list_debtors
from cases.ledger.queries import convention_of, statement
from cases.letters.debtor_share import Share, shares_of
from cases.letters.demand_facts import Draft, Order, Sender
from cases.letters.drafting import handler_of, principal_of
from cases.letters.errors import AddressMissing, CaseNotAccepted, EverythingHeld, NothingOwed
from cases.letters.recipients import recipient_of
from cases.letters.written.composing import (
    Facts,
    WrittenWish,
    announces_step,
    compose,
    demands_money,
)
from cases.letters.written.kinds import KINDS
from cases.parties.queries import get_agency, place_of


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
    demands, announces = demands_money(wish), announces_step(wish)
    debtors = list_debtors(case_id)
    shares = _shares(case, debtors, wish, demands=demands)
    return [
        WrittenDraft(
            debtor,
            compose(wish, _facts(case, debtor, debtors, wish, share, user_id)),
            demands,
            announces,
        )
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


def _facts(
    case: Case,
    debtor: DebtorInCase,
    debtors: Sequence[DebtorInCase],
    wish: WrittenWish,
    share: Share | None,
    user_id: int,
) -> Facts:
    agency, address = get_agency(), debtor.post
    if address is None:
        raise AddressMissing(name=debtor.debtor.full_name)
    order = Order(
        letter_number="–",
        case_number=case.number,
        dispatched_on=wish.dispatched_on,
        postal_days=agency.postal_days,
        place=place_of(address.postcode, address.country) or country_place(address.country),
        law=law_of(case),
        term_days=wish.term_days,
        language=wish.language,
        next_step=wish.next_step,
    )
    return Facts(
        order=order,
        sender=Sender(**{name: getattr(agency, name) for name in Sender.__dataclass_fields__}),
        handler=handler_of(user_id),
        creditor=principal_of(case),
        recipient=replace(
            recipient_of(debtor, wish.language, debtors, agency.country),
            own_share=share is not None and share.differs,
        ),
        claims=share.demanded if share else [],
        owed=share.owed if share else statement(case.id, wish.dispatched_on),
        costs=share.lines(wish.language) if share else [],
        currency=case.currency,
        ordered_on=case.ordered_on,
        rates=convention_of(case).rates,
        amicable=case.phase is Phase.AMICABLE,
    )
