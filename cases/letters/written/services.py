"""Written letters: kept while they are written, released once, sent like every other letter."""

from datetime import date

from sqlalchemy import select

from cases.claims.asking.models import AskedFor
from cases.claims.asking.policies import may_not_yet
from cases.claims.models import Case
from cases.claims.queries import get_case_by_id, lock_case
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, NotFound
from cases.core.locks import relock
from cases.costs.booking import book_first_costs
from cases.letters.errors import ClientNotAgreed, LetterLacksDuties
from cases.letters.house_texts.services import text_for
from cases.letters.models import Letter, LetterDraft, LetterKind
from cases.letters.services import BY_PERSON, Released, enter_letter, next_number
from cases.letters.written.attachments import as_content
from cases.letters.written.composing import WrittenWish
from cases.letters.written.drafting import draft_written
from cases.letters.written.kinds import ANNOUNCED
from legal.demand import is_sendable


class DraftReleased(Conflict):
    """This letter has been released already; write a new one."""


def begin_letter(
    case: Case,
    kind: LetterKind,
    language: str,
    user_id: int | None,
    text: str | None = None,
    *,
    appointment: str = "",
) -> LetterDraft:
    """A new letter with this text, or the one that its kind begins with."""
    draft = LetterDraft(
        case_id=case.id,
        creditor_id=case.creditor_id,
        kind=kind,
        language=language,
        text=text_for(kind, language) if text is None else text,
        next_step=ANNOUNCED.get(kind, "call"),
        appointment=appointment,
        written_by=user_id,
        changed_at=clock.now(),
    )
    db.session.add(draft)
    db.session.flush()
    audit.record("letter.begun", "case", case.id, creditor_id=case.creditor_id)
    return draft


def get_letter_draft(public_id: str) -> LetterDraft:
    """The draft of that public id; raises NotFound."""
    draft = db.session.scalar(select(LetterDraft).where(LetterDraft.public_id == public_id))
    if draft is None:
        raise NotFound
    return draft


def list_letter_drafts(case_id: int) -> list[LetterDraft]:
    """The letters that somebody is writing in a case, newest first."""
    query = select(LetterDraft).where(
        LetterDraft.case_id == case_id, LetterDraft.released_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(LetterDraft.id.desc())))


def change_letter(
    draft: LetterDraft,
    text: str,
    *,
    term_days: int,
    next_step: str,
    contract_circumstances: str,
) -> None:
    """Keep what was typed, right or wrong. Raises DraftReleased."""
    relock(draft)
    if draft.released_at is not None:
        raise DraftReleased
    draft.text, draft.term_days, draft.next_step = text, term_days, next_step
    draft.contract_circumstances, draft.changed_at = contract_circumstances, clock.now()
    audit.record("letter.changed", "letter_draft", draft.id, creditor_id=draft.creditor_id)


def drop_letter(draft: LetterDraft) -> None:
    """Throw a draft away. Raises DraftReleased."""
    relock(draft)
    if draft.released_at is not None:
        raise DraftReleased
    audit.record("letter.dropped", "case", draft.case_id, creditor_id=draft.creditor_id)
    db.session.delete(draft)


def wish_of(
    draft: LetterDraft, dispatched_on: date, promise: tuple[int, date] | None = None
) -> WrittenWish:
    """What a draft asks for."""
    return WrittenWish(
        kind=draft.kind,
        language=draft.language,
        text=draft.text,
        dispatched_on=dispatched_on,
        term_days=draft.term_days,
        next_step=draft.next_step,
        contract_circumstances=draft.contract_circumstances,
        promise=promise,
        appointment=draft.appointment,
        attachments=as_content(draft.id),
    )


def release_written(
    draft_id: int,
    user_id: int,
    promise: tuple[int, date] | None = None,
    by: Released = BY_PERSON,
) -> list[Letter]:
    """Release the letter to every joint debtor; a worker renders and sends it.

    Raises:
        LetterLacksDuties: something is missing or forbidden; nothing is released.
        DraftReleased: somebody was faster.
        ClientNotAgreed: it announces the court, and the client wants to be asked first.
    """
    found = db.session.get_one(LetterDraft, draft_id)
    case = lock_case(found.case_id)
    relock(found)
    if found.released_at is not None:
        raise DraftReleased
    to_court = found.kind is LetterKind.BEFORE_COURT
    if to_court and may_not_yet(case, AskedFor.COURT):
        raise ClientNotAgreed
    wish = wish_of(found, clock.today(), promise)
    drafts = draft_written(case.id, wish, user_id)
    if any(each.demands for each in drafts):
        # What the letter demands is booked with it, as with the first one.
        book_first_costs(case, wish.dispatched_on)
        drafts = draft_written(case.id, wish, user_id)
    findings = [finding for each in drafts for finding in each.draft.findings]
    if not is_sendable(findings):
        raise LetterLacksDuties(findings)
    letters = []
    for each in drafts:
        number = next_number(wish.dispatched_on.year)
        content = {**each.draft.content, "letter_number": number}
        letters.append(
            enter_letter(
                case,
                each.debtor,
                found.kind,
                number,
                content,
                user_id,
                demanded_cents=each.draft.total_cents if each.demands else None,
                pay_by=each.draft.pay_by if each.demands else None,
                announced=wish.next_step if each.announces else None,
                by=by,
            )
        )
    found.released_at = clock.now()
    return letters


def case_of(draft: LetterDraft) -> Case:
    """The case that a draft belongs to."""
    return get_case_by_id(draft.case_id)
