"""What goes to the debtor about his objection: the reply, and a request for evidence.

A reply argues and cites what it rests on; it never says that something was decided, nor what we
call a pretext. It is a draft until somebody releases it.
"""

from functools import cache

from sqlalchemy import select

from cases.claims.models import Case, TimelineEvent
from cases.claims.queries import get_case_by_id
from cases.core import audit, clock
from cases.core.database import db
from cases.letters.models import LetterDraft, LetterKind
from cases.letters.rendering import day_words
from cases.letters.written.services import begin_letter
from cases.objections.catalogue import Side, labels, read_rows
from cases.objections.errors import NotDecided
from cases.objections.evidence import list_pieces
from cases.objections.gathering import raised_of
from cases.objections.mentions import list_mentions
from cases.objections.models import Objection, Verdict
from cases.objections.proof import burden_of
from cases.objections.queries import list_disputed, list_evidence
from cases.worklist.services import finish_items

_WORDS = {
    "de": {
        "head": "# Ihr Einwand vom {day}",
        "raised": "Sie haben am {day} gegen die Forderung von {{creditor}} (Aktenzeichen {{case}})"
        " eingewandt: „{words}“",
        "examined": "Wir haben das mit den Unterlagen geprüft, die uns vorliegen.",
        "again": "Auf denselben Einwand haben wir Ihnen am {day} geantwortet. Neue Tatsachen oder"
        " Unterlagen enthält Ihre Nachricht nicht; wir nehmen auf unsere Antwort Bezug.",
        "evidence": "Wir stützen uns auf diese Unterlagen: {names}.",
        "credited": "Ihr Einwand trifft in Höhe von {amount} zu; um diesen Betrag ist die Forderung"
        " verringert.",
        "rest": "Im Übrigen besteht die Forderung nach den Unterlagen fort.",
        "stands": "Nach den Unterlagen besteht die Forderung. Dass Sie ihr widersprochen haben,"
        " bleibt in der Akte vermerkt.",
        "different": "Sehen Sie das anders oder haben Sie Unterlagen, die wir nicht kennen, senden"
        " Sie sie uns bitte an {{email}}. Wir prüfen sie.",
        "ask": "Damit wir ihn prüfen können, bitten wir Sie bis zum {day} um:",
        "ask_end": "Bis dahin fordern wir den bestrittenen Teil nicht an. Senden Sie die Unterlagen"
        " bitte an {{email}}; eine Kopie genügt.",
        "bye": "Mit freundlichen Grüßen\n{{handler}}",
    },
    "en": {
        "head": "# Your objection of {day}",
        "raised": "On {day} you objected to the claim of {{creditor}} (case number {{case}}):"
        " “{words}”",
        "examined": "We have examined this with the documents that we have.",
        "again": "We answered the same objection on {day}. Your message contains no new facts or"
        " documents; we refer to our answer.",
        "evidence": "We rely on these documents: {names}.",
        "credited": "Your objection is right for {amount}; the claim is reduced by this amount.",
        "rest": "For the rest, according to the documents, the claim stands.",
        "stands": "According to the documents the claim stands. That you disputed it stays on"
        " file.",
        "different": "If you see it differently or have documents that we do not know, please send"
        " them to {{email}}. We will examine them.",
        "ask": "So that we can examine it, please send us by {day}:",
        "ask_end": "Until then we do not ask for the disputed part. Please send the documents to"
        " {{email}}; a copy is enough.",
        "bye": "Yours sincerely\n{{handler}}",
    },
}


def begin_reply(objection: Objection, language: str, user_id: int) -> LetterDraft:
    """A draft of the reply to a decided objection. Raises NotDecided."""
    if objection.is_open:
        raise NotDecided
    case = get_case_by_id(objection.case_id)
    text = reply_text(case, objection, language)
    return begin_letter(case, LetterKind.OBJECTION_REPLY, language, user_id, text)


def begin_request(objection: Objection, language: str, user_id: int) -> LetterDraft:
    """A draft that asks the debtor for what he must bring."""
    case = get_case_by_id(objection.case_id)
    text = request_text(objection, language)
    return begin_letter(case, LetterKind.OBJECTION_REPLY, language, user_id, text)


def reply_text(case: Case, objection: Objection, language: str) -> str:
    """The text of a reply: what was said, the argument, the evidence, and what follows."""
    from cases.letters.money_words import money

    words, mentions = _WORDS[language], list_mentions(objection.id)
    again = objection.answered_at is not None
    said = mentions[-1] if mentions and again else None
    day = said.raised_on if said else objection.raised_on
    credited = sum(one.item.genuine_cents or 0 for one in list_disputed(objection.id))
    parts = [
        words["head"].format(day=day_words(day, language)),
        "{salutation},",
        words["raised"].format(
            day=day_words(day, language), words=_quoted(said.words if said else objection.words)
        ),
    ]
    if again and objection.answered_at is not None:
        answered_on = clock.local(objection.answered_at).date()
        parts.append(words["again"].format(day=day_words(answered_on, language)))
    else:
        parts += [words["examined"], *_argument(objection, language)]
        if names := [name.replace("{", "").replace("}", "") for name in list_evidence(objection)]:
            parts.append(words["evidence"].format(names=", ".join(names)))
        if credited:
            amount = money(credited, case.currency, language)
            parts.append(words["credited"].format(amount=amount))
        if objection.verdict is Verdict.PARTLY_GENUINE:
            parts.append(words["rest"])
        elif objection.verdict is Verdict.PRETEXT:
            parts.append(words["stands"])
    parts += [words["different"].format(), words["bye"].format()]
    return "\n\n".join(parts) + "\n"


def request_text(objection: Objection, language: str) -> str:
    """The text that asks the debtor for his evidence, each piece with what it shows."""
    words = _WORDS[language]
    pieces = [
        piece
        for piece in list_pieces(objection.id)
        if piece.side is Side.DEBTOR and piece.asked_at and piece.answered_at is None
    ]
    due_on = max((piece.due_on for piece in pieces if piece.due_on), default=clock.today())
    asked = [labels()[piece.label].words for piece in pieces]
    items = [f"- {one.german if language == 'de' else one}" for one in asked]
    return "\n\n".join([
        words["head"].format(day=day_words(objection.raised_on, language)),
        "{salutation},",
        words["raised"].format(
            day=day_words(objection.raised_on, language), words=_quoted(objection.words)
        ),
        "\n".join([words["ask"].format(day=day_words(due_on, language)), *items]),
        words["ask_end"].format(),
        words["bye"].format(),
    ]) + "\n"  # fmt: skip


def on_letter(case: Case, event: TimelineEvent) -> None:
    """A reply left the house: the clock of every decided objection of the case stops."""
    if event.params.get("letter_code") != LetterKind.OBJECTION_REPLY.value:
        return
    for objection in db.session.scalars(select(Objection).where(Objection.case_id == case.id)):
        finish_items(case, f"objection:{objection.id}:letter")
        if objection.is_open:
            continue
        finish_items(case, f"objection:{objection.id}:repeated", f"objection:{objection.id}:late")
        if objection.answered_at is None:
            objection.answered_at = clock.now()
            audit.record(
                "objection.answered", "objection", objection.id, creditor_id=case.creditor_id
            )


def _argument(objection: Objection, language: str) -> list[str]:
    """The sentence of this reason and verdict; a partly genuine one argues in its amounts."""
    verdict = objection.verdict.value if objection.verdict else ""
    found = _replies().get((objection.kind.value, verdict))
    if found is None:
        return []
    rule = burden_of(raised_of(objection)).rule
    law = rule.law_german if language == "de" else rule.law
    return [found[language].replace("{law}", law)]


@cache
def _replies() -> dict[tuple[str, str], dict[str, str]]:
    return {
        (row["reason"], row["verdict"]): {"de": row["german"], "en": row["english"]}
        for row in read_rows("replies")
    }


def _quoted(words: str) -> str:
    """Somebody's words inside a text of the small language: on one line, braces doubled."""
    flat = " ".join(words.split())[:500]
    return flat.replace("{", "{{").replace("}", "}}")
