"""Letters of a case: drafted, released, sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from sqlalchemy import select, text

from cases.claims import timeline
from cases.claims.models import Case, Claim, Phase
from cases.claims.queries import (
    DebtorInCase,
    get_case_by_id,
    held_cents,
    list_claims,
    list_debtors,
    list_open_holds,
    lock_case,
)
from cases.claims.services import describe_claim
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.files import StoredFile, read_bytes, store_file
from cases.core.outbox import register_effect
from cases.ledger.cost_booking import as_postings, book_first_costs, plan_first_costs
from cases.ledger.cost_lines import CostLine, list_cost_lines, planned_lines
from cases.ledger.models import Direction, EntryKind
from cases.ledger.queries import house_convention, list_postings, terms_of
from cases.ledger.statement import Posting, Statement, compute_statement
from cases.letters.demand import (
    TERM_DAYS,
    Demanded,
    Draft,
    Handler,
    Order,
    Principal,
    Sender,
    draft_demand,
)
from cases.letters.errors import (
    AddressMissing,
    CaseNotAccepted,
    EverythingHeld,
    FirstDemandSent,
    HandlerIncomplete,
    LetterLacksDuties,
    NothingOwed,
)
from cases.letters.models import (
    Announcement,
    Channel,
    Letter,
    LetterKind,
    LetterState,
    SentLetter,
)
from cases.letters.pdf import render_pdf
from cases.letters.recipients import recipient_of
from cases.letters.rendering import VERSION, render_html
from cases.parties.queries import get_agency, get_creditor, place_of
from cases.people.services import get_user
from legal.allocation import Component
from legal.de.demand import is_sendable

#: Days after the payment day until the announced next step is due, so that money can arrive.
GRACE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class DemandWish:
    """What the case worker decides about a first demand letter."""

    dispatched_on: date
    term_days: int = TERM_DAYS
    term_reason: str = ""
    next_step: str = "call"
    language: str | None = None  # None: the debtor's.


def draft_first_demand(
    case_id: int, wish: DemandWish, user_id: int
) -> list[tuple[DebtorInCase, Draft]]:
    """The first demand letters of a case, one per joint debtor, with what is still wrong."""
    case = get_case_by_id(case_id)
    _require_demandable(case)
    claims = list_claims(case_id)
    demanded, owed = _undisputed(case, claims, wish.dispatched_on)
    return [
        (debtor, _draft(case, debtor, demanded, owed, wish, user_id, number="–"))
        for debtor in list_debtors(case_id)
    ]


def release_first_demand(case_id: int, wish: DemandWish, user_id: int) -> list[Letter]:
    """Release the first demand letter to every joint debtor; a worker renders and sends it.

    Raises:
        LetterLacksDuties: a duty of the law or the house is missing; nothing is released.
        CaseNotAccepted, EverythingHeld, NothingOwed, AddressMissing, HandlerIncomplete,
        FirstDemandSent: why nothing can be demanded.
    """
    case = lock_case(case_id)
    _require_demandable(case)
    if _first_demand_of(case_id) is not None:
        raise FirstDemandSent
    # The costs arise with the letter that demands them, so it is drafted with what was booked.
    book_first_costs(case, wish.dispatched_on)
    demanded, owed = _undisputed(case, list_claims(case_id), wish.dispatched_on)
    letters = []
    for debtor in list_debtors(case_id):
        number = _next_number(wish.dispatched_on.year)
        draft = _draft(case, debtor, demanded, owed, wish, user_id, number)
        if not is_sendable(list(draft.findings)):
            raise LetterLacksDuties(draft.findings)
        letters.append(_release(case, debtor, draft, wish, user_id, number))
    return letters


def _release(
    case: Case, debtor: DebtorInCase, draft: Draft, wish: DemandWish, user_id: int, number: str
) -> Letter:
    letter = Letter(
        number=number,
        case_id=case.id,
        creditor_id=case.creditor_id,
        debtor_id=debtor.debtor.id,
        kind=LetterKind.FIRST_DEMAND,
        channel=Channel.PRINT,
        language=draft.content["language"],
        template_version=VERSION,
        content=draft.content,
        demanded_cents=draft.total_cents,
        dispatched_on=wish.dispatched_on,
        pay_by=draft.pay_by,
        released_by=user_id,
        released_at=clock.now(),
    )
    db.session.add(letter)
    db.session.flush()
    db.session.add(
        Announcement(
            case_id=case.id,
            creditor_id=case.creditor_id,
            letter_id=letter.id,
            step=wish.next_step,
            due_on=draft.pay_by + GRACE,
        )
    )
    register_effect("letter.send", f"letter:{letter.id}", letter_id=letter.id)
    timeline.record(
        case, "letter.released", number=number, letter_id=letter.id, pay_by_on=draft.pay_by
    )
    return letter


def send_letter(key: str, letter_id: int) -> None:
    """Render a released letter, keep its bytes and hand it over to the print folder.

    Carried out inside the finishing transaction of its effect, so each letter is sent once.
    """
    letter = db.session.get(Letter, letter_id)
    assert letter is not None
    if letter.state is LetterState.SENT:
        return
    pdf = render_pdf(render_html(letter.kind.value, letter.content))
    # Nothing but the case's creditor owns the file: joint debtors each get a letter of their own.
    file = store_file(pdf, f"{letter.number}.pdf", "application/pdf", letter.creditor_id)
    db.session.add(
        SentLetter(
            letter_id=letter.id,
            creditor_id=letter.creditor_id,
            file_id=file.id,
            sha256=file.sha256,
            pages=_count_pages(pdf),
            sent_at=clock.now(),
        )
    )
    letter.state = LetterState.SENT
    case = get_case_by_id(letter.case_id)
    timeline.record(case, "letter.sent", number=letter.number, letter_id=letter.id)


def describe(case_id: int, claim_id: int, description: str, contract_on: date | None) -> None:
    """Complete what a letter must say about a claim."""
    case = lock_case(case_id)
    claim = next(claim for claim in list_claims(case_id) if claim.id == claim_id)
    describe_claim(case, claim, description, contract_on)


def list_letters(case_id: int) -> list[tuple[Letter, SentLetter | None]]:
    """The letters of a case, newest first, with their bytes once they are sent."""
    rows = db.session.execute(
        select(Letter, SentLetter)
        .outerjoin(SentLetter, SentLetter.letter_id == Letter.id)
        .where(Letter.case_id == case_id)
        .order_by(Letter.id.desc())
    )
    return [(letter, sent) for letter, sent in rows]


def read_sent_letter(public_id: str) -> tuple[Letter, bytes]:
    """The bytes of a letter as they left the house; raises NotFound while it waits."""
    row = db.session.execute(
        select(Letter, StoredFile)
        .join(SentLetter, SentLetter.letter_id == Letter.id)
        .join(StoredFile, StoredFile.id == SentLetter.file_id)
        .where(Letter.public_id == public_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    audit.record("letter.read", "letter", row[0].id, creditor_id=row[0].creditor_id)
    return row[0], read_bytes(row[1])


def _require_demandable(case: Case) -> None:
    if case.phase is not Phase.AMICABLE:
        raise CaseNotAccepted


def _first_demand_of(case_id: int) -> Letter | None:
    return db.session.scalar(
        select(Letter)
        .where(Letter.case_id == case_id, Letter.kind == LetterKind.FIRST_DEMAND)
        .limit(1)
    )


def _undisputed(
    case: Case, claims: Sequence[Claim], as_of: date
) -> tuple[list[Demanded], Statement]:
    """What may be demanded: the claims and parts of claims that do not stand still."""
    holds = list_open_holds(case.id)
    postings = list_postings(case.id)
    # Before the release the costs are only planned; the draft counts with them all the same.
    postings += as_postings(plan_first_costs(case, as_of), as_of)
    now, convention = clock.now(), house_convention()
    whole = compute_statement(
        [terms_of(claim) for claim in claims], postings, as_of, now, convention
    )
    if whole.open_cents <= 0:
        raise NothingOwed
    held: dict[int, int] = {}
    kept: list[Claim] = []
    for claim, balance in zip(claims, whole.claims, strict=True):
        cents = held_cents(holds, claim, balance.principal_open_cents)
        if balance.principal_open_cents - cents > 0 and claim.excluded_reason is None:
            held[claim.id] = cents
            kept.append(claim)
    if not kept:
        raise EverythingHeld
    # Interest is not demanded on a part that stands still: it is left out of the account.
    reductions = [_left_out(claim, held[claim.id]) for claim in kept if held[claim.id]]
    owed = compute_statement(
        [terms_of(claim) for claim in kept], [*postings, *reductions], as_of, now, convention
    )
    demanded = [
        Demanded(
            balance=balance,
            description=claim.description or "",
            contract_on=claim.contract_on,
            default_basis=claim.default_basis,
            consumer=claim.purpose.value == "consumer",
            remuneration=claim.is_remuneration,
            held_cents=held[claim.id],
        )
        for claim, balance in zip(kept, owed.claims, strict=True)
    ]
    return demanded, owed


def _left_out(claim: Claim, cents: int) -> Posting:
    before = claim.invoiced_on - timedelta(days=1)
    return Posting(
        id=0,
        claim_id=claim.id,
        journal_id=0,
        value_on=before,
        booked_on=before,
        posted_at=clock.now(),
        direction=Direction.CREDIT,
        component=Component.PRINCIPAL,
        kind=EntryKind.WAIVER,
        amount_cents=cents,
    )


def _draft(
    case: Case,
    debtor: DebtorInCase,
    demanded: Sequence[Demanded],
    owed: Statement,
    wish: DemandWish,
    user_id: int,
    number: str,
) -> Draft:
    agency = get_agency()
    language = wish.language or debtor.debtor.language
    if debtor.address is None or debtor.address.undeliverable_on is not None:
        raise AddressMissing(name=debtor.debtor.full_name)
    order = Order(
        letter_number=number,
        case_number=case.number,
        dispatched_on=wish.dispatched_on,
        postal_days=agency.postal_days,
        place=place_of(debtor.address.postcode, debtor.address.country) or agency.place,
        term_days=wish.term_days,
        term_reason=wish.term_reason,
        language=language,
        next_step=wish.next_step,
    )
    creditor = get_creditor(case.creditor_id)
    return draft_demand(
        order,
        Sender(**{name: getattr(agency, name) for name in Sender.__dataclass_fields__}),
        _handler(user_id),
        Principal(creditor.name, creditor.street, creditor.postcode, creditor.city),
        recipient_of(debtor, language),
        demanded,
        owed,
        _cost_lines(case, wish.dispatched_on, language),
    )


def _cost_lines(case: Case, day: date, language: str) -> list[CostLine]:
    booked = list_cost_lines(case.id, language)
    return [*booked, *planned_lines(plan_first_costs(case, day), language)]


def _handler(user_id: int) -> Handler:
    user = get_user(user_id)
    if not user.phone:
        raise HandlerIncomplete
    return Handler(user.name, user.phone)


def _next_number(year: int) -> str:
    serial: Any = db.session.scalar(text("SELECT nextval('letter_serial')"))
    return f"B-{year}-{serial:07}"


def _count_pages(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


