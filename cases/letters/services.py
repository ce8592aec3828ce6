"""Letters of a case: released, sent once, kept as they left the house."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, text

from cases.claims import timeline
from cases.claims.models import Case
from cases.claims.queries import (
    DebtorInCase,
    list_claims,
    list_debtors,
    lock_case,
)
from cases.claims.reaching.person import against_writing, told
from cases.claims.services import describe_claim
from cases.core import clock
from cases.core.database import db
from cases.core.files import store_file
from cases.core.locks import lock_row
from cases.core.outbox import register_effect
from cases.costs.booking import book_first_costs
from cases.letters.announced import announcements
from cases.letters.debtor_share import shares_of
from cases.letters.drafting import DemandWish, draft_for, require_demandable
from cases.letters.errors import (
    FirstDemandSent,
    LetterLacksDuties,
)
from cases.letters.mailing.services import begin_mailing
from cases.letters.models import (
    Announcement,
    Channel,
    Letter,
    LetterKind,
    LetterState,
    SentLetter,
)
from cases.letters.pdf import render_pages
from cases.letters.rendering import VERSION, render_html
from legal.demand import is_sendable

#: Days after the payment day until the announced next step is due, so that money can arrive.
GRACE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Released:
    """Who lets a letter go, and when what it announces is done."""

    program: bool = False  # The strategy; the user named writes it, and has not released it.
    #: The day by which what it announces is done, from its payment day; None: a few days later.
    announced_by: Callable[[date], date] | None = None
    channel: Channel = Channel.PRINT


BY_PERSON = Released()


def release_first_demand(
    case_id: int, wish: DemandWish, user_id: int, by: Released = BY_PERSON
) -> list[Letter]:
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
    letters = []
    debtors = list_debtors(case_id)
    shares = shares_of(case, debtors, wish.dispatched_on)
    for debtor, share in zip(debtors, shares, strict=True):
        number = next_number(wish.dispatched_on.year)
        draft = draft_for(case, debtor, debtors, share, wish, user_id, number)
        if not is_sendable(list(draft.findings)):
            raise LetterLacksDuties(draft.findings)
        letters.append(
            enter_letter(
                case, debtor, LetterKind.FIRST_DEMAND, number, draft.content, user_id,
                demanded_cents=draft.total_cents, pay_by=draft.pay_by, announced=wish.next_step,
                by=by,
            )
        )  # fmt: skip
        if any(finding.code == "time_bar_reasoned" for finding in draft.findings):
            why = draft.content["time_bar_reason"]
            timeline.record(case, "letter.time_barred", number=number, why=why)
    return letters


def enter_letter(
    case: Case,
    debtor: DebtorInCase,
    kind: LetterKind,
    number: str,
    content: dict[str, Any],
    user_id: int,
    *,
    demanded_cents: int | None = None,
    pay_by: date | None = None,
    announced: str | None = None,
    by: Released = BY_PERSON,
) -> Letter:
    """Enter a released letter; a worker renders and sends it. What it announces is our duty.

    Raises LetterLacksDuties: the debtor may not be written to, whatever the letter is.
    """
    against = against_writing(debtor)
    if against is not None:
        raise LetterLacksDuties([told(against)])
    letter = Letter(
        number=number,
        case_id=case.id,
        creditor_id=case.creditor_id,
        debtor_id=debtor.debtor.id,
        kind=kind,
        channel=by.channel,
        language=content["language"],
        template_version=VERSION,
        content=content,
        demanded_cents=demanded_cents,
        dispatched_on=date.fromisoformat(content["dispatched_on"]),
        pay_by=pay_by,
        released_by=None if by.program else user_id,
        released_at=clock.now(),
    )
    db.session.add(letter)
    db.session.flush()
    announcements.keep([case.id], announcements.REMINDER, before_letter=letter.id)
    if announced is not None and announced != announcements.REVIEW:
        day = pay_by or date.fromisoformat(content["pay_by"])
        due_on = by.announced_by(day) if by.announced_by else day + GRACE
        db.session.add(
            Announcement(
                case_id=case.id,
                creditor_id=case.creditor_id,
                letter_id=letter.id,
                step=announced,
                due_on=due_on,
            )
        )
    register_effect("letter.send", f"letter:{letter.id}", letter_id=letter.id)
    if pay_by is None:
        timeline.record(
            case, "letter.written", number=number, letter_id=letter.id, letter_code=kind.value
        )
    else:
        timeline.record(
            case,
            "letter.released",
            number=number,
            letter_id=letter.id,
            letter_code=kind.value,
            pay_by_on=pay_by,
        )
    return letter


def send_letter(key: str, letter_id: int) -> None:
    """Render a released letter and keep its bytes for the printer, or hand it to a mail.

    Carried out inside the finishing transaction of its effect, so each letter is sent once.
    """
    case = lock_case(db.session.get_one(Letter, letter_id).case_id)
    letter = lock_row(Letter, letter_id)
    if letter.state is not LetterState.QUEUED:
        return
    template = letter.content.get("template", letter.kind.value)
    pdf, pages = render_pages(render_html(template, letter.content))
    # Nothing but the case's creditor owns the file: joint debtors each get a letter of their own.
    file = store_file(pdf, f"{letter.number}.pdf", "application/pdf", letter.creditor_id)
    db.session.add(
        SentLetter(
            letter_id=letter.id,
            creditor_id=letter.creditor_id,
            file_id=file.id,
            sha256=file.sha256,
            pages=pages,
            sent_at=clock.now(),
        )
    )
    letter.state = LetterState.SENT
    if letter.channel is Channel.EMAIL:
        db.session.flush()
        begin_mailing(case, letter)
    else:
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


def next_number(year: int) -> str:
    """The number of the next letter of a year."""
    serial: Any = db.session.scalar(text("SELECT nextval('letter_serial')"))
    return f"B-{year}-{serial:07}"
