"""Reads about visits."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select

from cases.claims.queries import DebtorInCase, list_debtors
from cases.contacts.visits.models import (
    PaperKind,
    SafetyNote,
    Visit,
    VisitPaper,
    VisitState,
)
from cases.core import clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.files import StoredFile
from cases.parties.models import Debtor

OPEN = (VisitState.PLANNED, VisitState.ASKED)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with the file it is."""

    paper: VisitPaper
    file: StoredFile

    @property
    def kind(self) -> PaperKind:
        """What it is."""
        return self.paper.kind


def get_visit(public_id: str) -> Visit:
    """The visit of that public id; raises NotFound."""
    found = db.session.scalar(select(Visit).where(Visit.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def list_visits_of_case(case_id: int, *states: VisitState) -> list[Visit]:
    """The visits of a case, the latest first."""
    query = select(Visit).where(Visit.case_id == case_id)
    if states:
        query = query.where(Visit.state.in_(states))
    return list(db.session.scalars(query.order_by(Visit.begins_at.desc(), Visit.id.desc())))


def list_visits_of_day(visitor_id: int, day: date) -> list[Visit]:
    """The visits of one person on a day, cancelled ones left out, in the order of the route."""
    zone = clock.local(clock.now()).tzinfo
    midnight = datetime.combine(day, time(), zone)
    next_midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    query = select(Visit).where(
        Visit.visitor_id == visitor_id,
        Visit.begins_at >= midnight,
        Visit.begins_at < next_midnight,
        Visit.state.in_([VisitState.PLANNED, VisitState.REPORTED]),
    )
    return list(db.session.scalars(query.order_by(Visit.begins_at, Visit.id)))


def list_late_visits(limit: int = 50) -> list[Visit]:
    """Visits whose time is over and of which nobody has reported."""
    query = select(Visit).where(Visit.state == VisitState.PLANNED, Visit.ends_at < clock.now())
    return list(db.session.scalars(query.order_by(Visit.begins_at).limit(limit)))


def count_planned_near(debtor_id: int, moment: datetime, but: int | None = None) -> int:
    """Visits of this debtor, in all his cases, that are planned in the seven days around."""
    week = timedelta(days=7)
    query = select(Visit.id).where(
        Visit.debtor_id == debtor_id,
        Visit.state.in_(OPEN),
        Visit.begins_at > moment - week,
        Visit.begins_at < moment + week,
        Visit.id != (but or 0),
    )
    return len(list(db.session.scalars(query)))


def party_of(visit: Visit) -> DebtorInCase:
    """Whom the visit is to; a record that was put into another is found by the case."""
    parties = list_debtors(visit.case_id)
    return next((one for one in parties if one.debtor.id == visit.debtor_id), parties[0])


def list_papers(visit_id: int) -> list[Paper]:
    """The papers of a visit, in the order in which they came."""
    query = (
        select(VisitPaper, StoredFile)
        .join(StoredFile, StoredFile.id == VisitPaper.file_id)
        .where(VisitPaper.visit_id == visit_id)
        .order_by(VisitPaper.id)
    )
    return [Paper(*row) for row in db.session.execute(query)]


def get_paper(visit_id: int, public_id: str) -> Paper:
    """A paper of a visit; raises NotFound."""
    found = (each for each in list_papers(visit_id) if each.paper.public_id == public_id)
    paper = next(found, None)
    if paper is None:
        raise NotFound
    return paper


def safety_notes_of(debtor_ids: Collection[int]) -> dict[int, str]:
    """What to beware of, by debtor; a record that was put into another brings its note along."""
    query = (
        select(SafetyNote.words, Debtor.id, Debtor.merged_into_id)
        .join(Debtor, Debtor.id == SafetyNote.debtor_id)
        .where(or_(Debtor.id.in_(debtor_ids), Debtor.merged_into_id.in_(debtor_ids)))
        .order_by(Debtor.id)
    )
    found: dict[int, list[str]] = {}
    for words, own, into in db.session.execute(query):
        found.setdefault(own if into is None or own in debtor_ids else into, []).append(words)
    return {debtor_id: " ".join(words) for debtor_id, words in found.items()}
