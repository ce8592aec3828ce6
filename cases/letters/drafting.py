"""Drafting a first demand letter: what may be demanded, of whom, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cases.claims.law import country_place, law_of
from cases.claims.models import Case, Phase
from cases.claims.queries import DebtorInCase, get_case_by_id, list_claims, list_debtors
from cases.ledger.queries import convention_of
from cases.letters.debtor_share import Share, shares_of
from cases.letters.demand import (
    TERM_DAYS,
    Draft,
    Handler,
    Order,
    Principal,
    Sender,
    draft_demand,
)
from cases.letters.errors import AddressMissing, CaseNotAccepted, HandlerIncomplete
from cases.letters.recipients import recipient_of
from cases.parties.queries import (
    ContractMissing,
    get_agency,
    get_contract,
    get_creditor,
    place_of,
)
from cases.people.policy import Permission, allows
from cases.people.services import get_user

#: Who may let a letter about a time-barred claim go.
REASONS_TIME_BAR = Permission.DEADLINE_EDIT


@dataclass(frozen=True, slots=True)
class DemandWish:
    """What the case worker decides about a first demand letter."""

    dispatched_on: date
    term_days: int = TERM_DAYS
    term_reason: str = ""
    next_step: str = "call"
    language: str | None = None  # None: the debtor's.
    time_bar_reason: str = ""  # Why legal lets a letter about a time-barred claim go.


def draft_first_demand(
    case_id: int, wish: DemandWish, user_id: int
) -> list[tuple[DebtorInCase, Draft]]:
    """The first demand letters of a case, one per joint debtor, with what is still wrong."""
    case = get_case_by_id(case_id)
    require_demandable(case)
    debtors = list_debtors(case_id)
    shares = shares_of(case, debtors, wish.dispatched_on)
    return [
        (debtor, draft_for(case, debtor, debtors, share, wish, user_id, number="–"))
        for debtor, share in zip(debtors, shares, strict=True)
    ]


def require_demandable(case: Case) -> None:
    if case.phase is not Phase.AMICABLE:
        raise CaseNotAccepted


def draft_for(
    case: Case,
    debtor: DebtorInCase,
    joint: Sequence[DebtorInCase],
    share: Share,
    wish: DemandWish,
    user_id: int,
    number: str,
) -> Draft:
    agency = get_agency()
    language = wish.language or debtor.debtor.language
    address = debtor.post
    if address is None:
        raise AddressMissing(name=debtor.debtor.full_name)
    user = get_user(user_id)
    order = Order(
        letter_number=number,
        case_number=case.number,
        dispatched_on=wish.dispatched_on,
        postal_days=agency.postal_days,
        place=place_of(address.postcode, address.country) or country_place(address.country),
        law=law_of(case),
        term_days=wish.term_days,
        term_reason=wish.term_reason,
        language=language,
        next_step=wish.next_step,
        # Only the legal department decides that a letter about a time-barred claim goes.
        time_bar_reason=wish.time_bar_reason if allows(user.role, REASONS_TIME_BAR) else "",
        reminded_on=_reminded_on(case) if len(joint) == 1 else None,
    )
    return draft_demand(
        order,
        Sender(**{name: getattr(agency, name) for name in Sender.__dataclass_fields__}),
        handler_of(user_id),
        principal_of(case),
        replace(recipient_of(debtor, language, joint, agency.country), own_share=share.differs),
        share.demanded,
        share.owed,
        share.lines(language),
        ordered_on=case.ordered_on,
        rates=convention_of(case).rates,
    )


def _reminded_on(case: Case) -> date | None:
    """The creditor's last reminder, where each claim had one; the letter begins from there.

    Of joint debtors nobody knows whom it reached.
    """
    last = [
        max([*claim.reminders, *filter(None, [claim.reminded_on])], default=None)
        for claim in list_claims(case.id)
        if claim.excluded_reason is None
    ]
    days = [day for day in last if day is not None]
    return max(days) if days and len(days) == len(last) else None


def principal_of(case: Case) -> Principal:
    """The creditor of a case as letters name him."""
    creditor = get_creditor(case.creditor_id)
    origins = dict.fromkeys(
        claim.original_creditor for claim in list_claims(case.id) if claim.original_creditor
    )
    try:
        deducts = get_contract(case.creditor_id, case.ordered_on).deducts_input_tax
    except ContractMissing:
        deducts = True  # Without a contract no tax is asked either.
    return Principal(
        name=creditor.name,
        street=creditor.street,
        postcode=creditor.postcode,
        city=creditor.city,
        country=creditor.country,
        deducts_input_tax=deducts,
        original_creditor=", ".join(origins) or None,
        address_withheld_reason=creditor.address_withheld_reason,
    )


def handler_of(user_id: int) -> Handler:
    """Who writes; raises HandlerIncomplete without a direct number."""
    user = get_user(user_id)
    if not user.phone:
        raise HandlerIncomplete
    return Handler(user.name, user.phone)
