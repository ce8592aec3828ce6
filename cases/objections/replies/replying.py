"""What goes to the debtor about his objection: the reply, and a request for evidence.

A reply argues and cites what it rests on; it never says that something was decided, nor what we
call a pretext. It is a draft until somebody releases it.
"""

from cases.claims.models import Case, TimelineEvent
from cases.claims.queries import get_case_by_id, list_open_holds
from cases.core import audit, clock
from cases.core.database import db
from cases.documents.client_papers.authority import list_authority
from cases.documents.content import PDF
from cases.documents.models import ClaimDocument, DocumentKind
from cases.documents.queries import documents_with_files
from cases.letters.models import LetterDraft, LetterKind
from cases.letters.money_words import money
from cases.letters.rendering import day_words
from cases.letters.written.attachments import AttachmentNoPdf, TooMuchAttached, attach
from cases.letters.written.services import begin_letter
from cases.objections.catalogue import Side, labels
from cases.objections.errors import NotDecided
from cases.objections.evidence import list_pieces
from cases.objections.gathering import raised_of
from cases.objections.mentions import list_mentions
from cases.objections.models import Objection, ObjectionKind, Verdict
from cases.objections.outcomes.deferring import only_due
from cases.objections.proof import burden_of
from cases.objections.queries import list_disputed, list_evidence, list_objections
from cases.objections.replies.authority import note_authority_shown
from cases.objections.replies.reply_words import WORDS, argument
from cases.worklist.services import finish_items


def begin_reply(objection: Objection, language: str, user_id: int) -> LetterDraft:
    """A draft of the reply to a decided objection, with what it says is enclosed.

    Raises NotDecided.
    """
    if objection.is_open:
        raise NotDecided
    case = get_case_by_id(objection.case_id)
    draft = begin_letter(case, LetterKind.OBJECTION_REPLY, language, user_id, "")
    enclosed = [] if _is_again(objection) else _enclose(draft, objection, language)
    draft.text = reply_text(case, objection, language, enclosed)
    return draft


def begin_request(objection: Objection, language: str, user_id: int) -> LetterDraft:
    """A draft that asks the debtor for what he must bring, or says that we still verify."""
    case = get_case_by_id(objection.case_id)
    text = request_text(objection, language)
    return begin_letter(case, LetterKind.OBJECTION_REPLY, language, user_id, text)


def reply_text(
    case: Case, objection: Objection, language: str, enclosed: list[str] | None = None
) -> str:
    """The text of a reply: what was said, the argument, the evidence, and what follows."""
    words, mentions = WORDS[language], list_mentions(objection.id)
    said = mentions[-1] if mentions and _is_again(objection) else None
    day = said.raised_on if said else objection.raised_on
    parts = [
        words["head"].format(day=day_words(day, language)),
        "{salutation},",
        words["raised"].format(
            day=day_words(day, language), words=_quoted(said.words if said else objection.words)
        ),
    ]
    if objection.answered_at is not None:
        answered_on = clock.local(objection.answered_at).date()
        parts.append(words["again"].format(day=day_words(answered_on, language)))
    else:
        parts += _answer(case, objection, language)
    parts += [*(enclosed or []), words["different"].format(), words["bye"].format()]
    return "\n\n".join(parts) + "\n"


def request_text(objection: Objection, language: str) -> str:
    """The text that asks the debtor for his evidence; without any it says that we verify."""
    words = WORDS[language]
    asked_for = [piece for piece in list_pieces(objection.id) if piece.asked_at]
    pieces = [
        piece for piece in asked_for if piece.side is Side.DEBTOR and piece.answered_at is None
    ]
    middle = [words["verifying"]]
    if any(piece.side is Side.CREDITOR for piece in asked_for):
        middle.append(words["creditor_asked"])
    if pieces:
        due_on = max((piece.due_on for piece in pieces if piece.due_on), default=clock.today())
        asked = [labels()[piece.label].words for piece in pieces]
        items = [f"- {one.german if language == 'de' else one}" for one in asked]
        ask = words["ask"].format(day=day_words(due_on, language))
        middle = ["\n".join([ask, *items]), words["ask_end"].format()]
    return "\n\n".join([
        words["head"].format(day=day_words(objection.raised_on, language)),
        "{salutation},",
        words["raised"].format(
            day=day_words(objection.raised_on, language), words=_quoted(objection.words)
        ),
        *middle,
        words["bye"].format(),
    ]) + "\n"  # fmt: skip


def on_letter(case: Case, event: TimelineEvent) -> None:
    """A reply left the house: the clock of every decided objection of the case stops."""
    if event.params.get("letter_code") != LetterKind.OBJECTION_REPLY.value:
        return
    note_authority_shown(case, event)
    for objection in list_objections(case.id):
        finish_items(case, f"objection:{objection.id}:letter")
        if objection.is_open:
            continue
        finish_items(case, f"objection:{objection.id}:repeated", f"objection:{objection.id}:late")
        if objection.answered_at is None:
            objection.answered_at = clock.now()
            audit.record(
                "objection.answered", "objection", objection.id, creditor_id=case.creditor_id
            )


def _is_again(objection: Objection) -> bool:
    """Whether it was answered before: then the reply refers to that answer."""
    return objection.answered_at is not None


def _answer(case: Case, objection: Objection, language: str) -> list[str]:
    """The argument with its evidence, and what it comes to in money."""
    words = WORDS[language]
    parts = [words["examined"], argument(objection, burden_of(raised_of(objection)), language)]
    if names := [name.replace("{", "").replace("}", "") for name in list_evidence(objection)]:
        parts.append(words["evidence"].format(names=", ".join(names)))
    genuine = sum(one.item.genuine_cents or 0 for one in list_disputed(objection.id))
    if genuine and only_due(objection):
        parts += _until(case, objection, genuine, language)
    elif genuine:
        barred = objection.kind is ObjectionKind.TIME_BARRED
        amount = money(genuine, case.currency, language)
        parts.append(words["barred" if barred else "credited"].format(amount=amount))
    if objection.genuine_costs_cents:
        amount = money(objection.genuine_costs_cents, case.currency, language)
        parts.append(words["costs_off"].format(amount=amount))
    if objection.verdict is Verdict.PARTLY_GENUINE:
        parts.append(words["rest"])
    elif objection.verdict is Verdict.PRETEXT:
        parts.append(words["stands"])
    return parts


def _until(case: Case, objection: Objection, cents: int, language: str) -> list[str]:
    """Until when what is not due stands still."""
    days = [
        hold.until_on
        for hold in list_open_holds(case.id)
        if hold.objection_id == objection.id and hold.until_on
    ]
    amount = money(cents, case.currency, language)
    waits = WORDS[language]["waits"]
    return [waits.format(day=day_words(max(days), language), amount=amount)] if days else []


def _enclose(draft: LetterDraft, objection: Objection, language: str) -> list[str]:
    """What the reply encloses by its reason, and the sentences that say so."""
    if objection.kind is ObjectionKind.NO_AUTHORITY:
        for paper, file in list_authority(objection.creditor_id, objection.case_id):
            if file.media_type == PDF:
                attach(draft, file)
                return [WORDS[language]["paper"].format(day=day_words(paper.dated_on, language))]
    if objection.kind is ObjectionKind.INVOICE_NOT_RECEIVED and _attach_invoices(draft, objection):
        return [WORDS[language]["invoice"]]
    return []


def _attach_invoices(draft: LetterDraft, objection: Objection) -> bool:
    """The invoices of the claims in question, as far as they can be printed with a letter."""
    claim_ids = [one.claim.id for one in list_disputed(objection.id)]
    query = documents_with_files().where(
        ClaimDocument.claim_id.in_(claim_ids), ClaimDocument.kind == DocumentKind.INVOICE
    )
    done = False
    for _, file in db.session.execute(query.order_by(ClaimDocument.id)):
        try:
            done = bool(file.media_type == PDF and attach(draft, file)) or done
        except (AttachmentNoPdf, TooMuchAttached):
            continue
    return done


def _quoted(words: str) -> str:
    """Somebody's words inside a text of the small language: on one line, braces doubled."""
    flat = " ".join(words.split())[:500]
    return flat.replace("{", "{{").replace("}", "}}")
