"""Sending the paper that shows our right to collect, and noting that the debtor has it.

Law: BGB § 174 (the original of a power of attorney, for a declaration that may be refused without
it), § 410 (no payment to an assignee without the deed).
"""

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.models import Case, TimelineEvent
from cases.claims.queries import list_claims, lock_case
from cases.claims.services import require_open
from cases.core import clock
from cases.core.database import db
from cases.documents.client_papers.authority import get_authority, paper_among
from cases.documents.client_papers.models import ClientPaper, PaperKind
from cases.letters.models import Letter, LetterDraft, LetterKind
from cases.letters.rendering import day_words
from cases.letters.written.attachments import attach
from cases.letters.written.services import begin_letter
from cases.objections.facts import note_fact

_TEXTS = {
    "de": {
        PaperKind.POWER_OF_ATTORNEY: "# Vollmacht von {{creditor}}\n\n{{salutation}},\n\n"
        "wir fügen die Vollmacht vom {day} bei, mit der {{creditor}} uns beauftragt hat"
        " (Aktenzeichen {{case}}, § 174 BGB).",
        PaperKind.ASSIGNMENT: "# Abtretung von {{creditor}}\n\n{{salutation}},\n\n"
        "wir fügen die Urkunde vom {day} über die Abtretung der Forderung bei"
        " (Aktenzeichen {{case}}, § 410 BGB).",
        "end": "Haben Sie dazu Fragen, schreiben Sie uns bitte an {email}.\n\n"
        "Mit freundlichen Grüßen\n{handler}\n",
    },
    "en": {
        PaperKind.POWER_OF_ATTORNEY: "# Power of attorney of {{creditor}}\n\n"
        "{{salutation}},\n\nwe enclose the power of attorney of {day} by which {{creditor}}"
        " engaged us (case number {{case}}, § 174 BGB).",
        PaperKind.ASSIGNMENT: "# Assignment by {{creditor}}\n\n{{salutation}},\n\n"
        "we enclose the deed of {day} about the assignment of the claim"
        " (case number {{case}}, § 410 BGB).",
        "end": "If you have questions about it, please write to {email}.\n\n"
        "Yours sincerely\n{handler}\n",
    },
}


def begin_authority_letter(
    case_id: int, paper_public_id: str, language: str, user_id: int
) -> LetterDraft:
    """A letter with the paper enclosed, ready to be released.

    Raises:
        NotFound: the paper counts for another case, or no longer; CaseClosed, AttachmentNoPdf.
    """
    case = lock_case(case_id)
    require_open(case)
    paper, file = get_authority(case.creditor_id, case.id, paper_public_id)
    draft = begin_letter(
        case, LetterKind.OBJECTION_REPLY, language, user_id, authority_text(paper, language)
    )
    attach(draft, file)
    return draft


def authority_text(paper: ClientPaper, language: str) -> str:
    """What the letter says."""
    texts = _TEXTS[language]
    said = texts[paper.kind].format(day=day_words(paper.dated_on, language))
    return f"{said}\n\n{texts['end']}"


def note_authority_shown(case: Case, event: TimelineEvent) -> None:
    """A letter with the paper left the house: the duty is fulfilled, and the file says so."""
    number = event.params.get("number")
    letter = db.session.scalar(select(Letter).where(Letter.number == number))
    if letter is None:
        return
    files = [one["file_id"] for one in letter.content.get("attachments", ())]
    paper = paper_among(files) if files else None
    if paper is None:
        return
    for claim in list_claims(case.id):
        note_fact(claim, "authority_shown_on", clock.today())
    timeline.record(
        case, "authority.shown", paper_code=paper.kind.value, dated_on=paper.dated_on, number=number
    )
