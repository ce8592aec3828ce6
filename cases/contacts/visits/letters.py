"""The letter that announces a visit: a letter of the house's own kind, with day, time and place."""

from babel.dates import format_date

from cases.claims.queries import get_case_by_id
from cases.contacts.visits.errors import VisitNotOpen
from cases.contacts.visits.models import Visit, VisitState
from cases.contacts.visits.queries import party_of
from cases.core import clock
from cases.core.database import db
from cases.letters.models import LetterDraft, LetterKind
from cases.letters.written.services import begin_letter
from cases.people.services import names_of

_WORDS = {
    "de": "am {day} zwischen {first} und {last} Uhr bei Ihnen, {place}. Es kommt {name}.",
    "en": "on {day} between {first} and {last} at your address, {place}. {name} will come.",
}
_DAYS = {"de": ("EEEE, d. MMMM yyyy", "de_DE"), "en": ("EEEE, d MMMM yyyy", "en_GB")}


def begin_visit_letter(visit: Visit, user_id: int) -> LetterDraft:
    """The letter that announces a visit, to be looked at and released; the same one when asked
    again.

    Raises:
        VisitNotOpen: nobody goes, or somebody has been there.
    """
    if visit.state is not VisitState.PLANNED:
        raise VisitNotOpen
    known = find_visit_letter(visit)
    if known is not None:
        return known
    party = party_of(visit)
    language = party.debtor.language if party.debtor.language in _WORDS else "de"
    case = get_case_by_id(visit.case_id)
    draft = begin_letter(
        case, LetterKind.APPOINTMENT, language, user_id, appointment=words_of(visit, language)
    )
    visit.letter_draft_id = draft.id
    db.session.flush()
    return draft


def find_visit_letter(visit: Visit) -> LetterDraft | None:
    """The letter of a visit, being written or released."""
    return db.session.get(LetterDraft, visit.letter_draft_id) if visit.letter_draft_id else None


def renew_letter(visit: Visit) -> None:
    """A letter that is still being written says the new time; a released one needs another."""
    draft = find_visit_letter(visit)
    if draft is None:
        return
    if draft.released_at is None:
        draft.appointment = words_of(visit, draft.language)
    else:
        visit.letter_draft_id = None


def words_of(visit: Visit, language: str) -> str:
    """When, where and who, as the letter says it: never what we beware of."""
    begins, ends = (clock.local(moment) for moment in (visit.begins_at, visit.ends_at))
    pattern, locale = _DAYS[language]
    address = party_of(visit).address
    place = f"{address.street}, {address.postcode} {address.city}" if address else ""
    return _WORDS[language].format(
        day=format_date(begins.date(), pattern, locale=locale),
        first=f"{begins:%H:%M}",
        last=f"{ends:%H:%M}",
        place=place,
        name=names_of([visit.visitor_id])[visit.visitor_id],
    )
