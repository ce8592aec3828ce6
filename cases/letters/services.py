"""Letters of a case: released, sent once, kept as they left the house."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from sqlalchemy import select, text

from cases.claims import timeline
from cases.claims.models import Case
from cases.claims.queries import (
    DebtorInCase,
    get_case_by_id,
    list_claims,
    list_debtors,
    lock_case,
)
from cases.claims.services import describe_claim
from cases.core import clock
from cases.core.database import db
from cases.core.files import store_file
from cases.core.outbox import register_effect
from cases.costs.booking import book_first_costs
from cases.letters.demand import (
    Draft,
)
from cases.letters.drafting import DemandWish, draft_for, require_demandable, undisputed
from cases.letters.errors import (
    FirstDemandSent,
    LetterLacksDuties,
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
from cases.letters.rendering import VERSION, render_html
from legal.demand import is_sendable

#: Days after the payment day until the announced next step is due, so that money can arrive.
GRACE = timedelta(days=3)


def release_first_demand(case_id: int, wish: DemandWish, user_id: int) -> list[Letter]:
    """Release the first demand letter to every joint debtor; a worker renders and sends it.

    Raises:
        LetterLacksDuties: a duty of the law or the house is missing; nothing is released.
        CaseNotAccepted, EverythingHeld, NothingOwed, AddressMissing, HandlerIncomplete,
        FirstDemandSent: why nothing can be demanded.
    """
    case = lock_case(case_id)
    require_demandable(case)
    if _first_demand_of(case_id) is not None:
        raise FirstDemandSent
    # The costs arise with the letter that demands them, so it is drafted with what was booked.
    book_first_costs(case, wish.dispatched_on)
    demanded, owed = undisputed(case, list_claims(case_id), wish.dispatched_on)
    letters = []
    debtors = list_debtors(case_id)
    for debtor in debtors:
        number = _next_number(wish.dispatched_on.year)
        draft = draft_for(case, debtor, debtors, demanded, owed, wish, user_id, number)
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
    letter = db.session.get_one(Letter, letter_id, with_for_update=True)
    if letter.state is not LetterState.QUEUED:
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


def describe(
    case_id: int,
    claim_id: int,
    description: str,
    contract_on: date | None,
    tort_on: date | None = None,
) -> None:
    """Complete what a letter must say about a claim."""
    case = lock_case(case_id)
    claim = next(claim for claim in list_claims(case_id) if claim.id == claim_id)
    describe_claim(case, claim, description, contract_on, tort_on)


def _first_demand_of(case_id: int) -> Letter | None:
    return db.session.scalar(
        select(Letter)
        .where(Letter.case_id == case_id, Letter.kind == LetterKind.FIRST_DEMAND)
        .limit(1)
    )


def _next_number(year: int) -> str:
    serial: Any = db.session.scalar(text("SELECT nextval('letter_serial')"))
    return f"B-{year}-{serial:07}"


def _count_pages(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)
