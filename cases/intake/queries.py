"""Reads about submissions and their rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, text
from sqlalchemy.dialects.postgresql import JSONB

from cases.claims.models import Case, Claim
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.files import StoredFile
from cases.core.sums import NOTHING, Sums, apart
from cases.intake.models import FOREIGN, RowState, Submission, SubmissionRow, SubmissionState

PAGE = 50
#: What still waits for its creditor: errors, questions of ours, and what is ready but not sent.
WAITING = (RowState.ERROR, RowState.RETURNED, RowState.READY)


def get_submission(public_id: str) -> Submission:
    """The submission of that public id. For a creditor only its own exist; raises NotFound."""
    submission = db.session.scalar(select(Submission).where(Submission.public_id == public_id))
    if submission is None:
        raise NotFound
    return submission


def lock_submission(submission_id: int) -> Submission:
    """The submission, locked until the end of the transaction; raises NotFound."""
    submission = db.session.scalar(
        select(Submission)
        .where(Submission.id == submission_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if submission is None:
        raise NotFound
    return submission


def get_row(submission_id: int, line: int) -> SubmissionRow:
    """The row of that line; raises NotFound."""
    row = db.session.scalar(
        select(SubmissionRow).where(
            SubmissionRow.submission_id == submission_id, SubmissionRow.line == line
        )
    )
    if row is None:
        raise NotFound
    return row


def get_upload(submission: Submission) -> StoredFile:
    """The file as it was handed in."""
    file = db.session.get(StoredFile, submission.file_id)
    if file is None:
        raise NotFound
    return file


def list_submissions(
    before_id: int | None = None, limit: int = PAGE
) -> list[tuple[Submission, StoredFile]]:
    """Uploads, newest first; for a creditor its own."""
    query = (
        select(Submission, StoredFile)
        .join(StoredFile, StoredFile.id == Submission.file_id)
        .order_by(Submission.id.desc())
        .limit(limit)
    )
    if before_id is not None:
        query = query.where(Submission.id < before_id)
    return [(submission, file) for submission, file in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows there are in a state, and what they come to."""

    rows: int = 0
    cents: Sums = NOTHING

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.rows + other.rows, self.cents + other.cents)


@dataclass(frozen=True, slots=True)
class Tallies:
    """The result of a check, by what is to be done next."""

    errors: Tally = Tally()
    returned: Tally = Tally()
    warned: Tally = Tally()  # Ready, with a hint.
    clean: Tally = Tally()  # Ready, nothing to say.
    opened: Tally = Tally()
    skipped: Tally = Tally()  # Known already or left out.

    @property
    def ready(self) -> Tally:
        """What can be handed over now."""
        return self.warned + self.clean

    @property
    def to_correct(self) -> Tally:
        """What the creditor has to look at."""
        return self.errors + self.returned

    @property
    def rows(self) -> int:
        """All rows together."""
        return (self.to_correct + self.ready + self.opened + self.skipped).rows


def tally(submission_id: int) -> Tallies:
    """Count the rows of a submission; answered from an index alone."""
    return tally_many([submission_id]).get(submission_id, Tallies())


def tally_many(submission_ids: Sequence[int]) -> dict[int, Tallies]:
    """The same for several submissions at once."""
    kinds = SubmissionRow.submission_id, SubmissionRow.state, SubmissionRow.warned
    own = SubmissionRow.submission_id.in_(submission_ids)
    cents: ColumnElement[Any] = func.coalesce(func.sum(SubmissionRow.amount_cents), 0)
    query = select(*kinds, func.count(), cents).where(own).group_by(*kinds)
    foreign = _foreign(own, kinds, cents)
    found: dict[int, dict[str, Tally]] = {}
    for submission_id, state, warned, rows, everything in db.session.execute(query):
        named = found.setdefault(submission_id, {})
        name = _name_of(state, warned)
        sums = apart(int(everything), foreign.get((submission_id, state, warned), NOTHING))
        named[name] = named.get(name, Tally()) + Tally(rows, sums)
    return {submission_id: Tallies(**named) for submission_id, named in found.items()}


def _foreign(
    own: ColumnElement[bool], kinds: Sequence[Any], cents: ColumnElement[Any]
) -> dict[tuple[Any, ...], Sums]:
    """What is in another currency than most; an index of its own names these few rows."""
    currency = SubmissionRow.parsed["currency"].astext
    query = select(*kinds, currency, cents).where(own, text(FOREIGN)).group_by(*kinds, currency)
    found: dict[tuple[Any, ...], Sums] = {}
    for *kind, name, amount in db.session.execute(query):
        found[tuple(kind)] = found.get(tuple(kind), NOTHING) + Sums.of(int(amount), name)
    return found


def _name_of(state: RowState, warned: bool) -> str:
    if state is RowState.READY:
        return "warned" if warned else "clean"
    return {
        RowState.ERROR: "errors",
        RowState.RETURNED: "returned",
        RowState.OPENED: "opened",
    }.get(state, "skipped")


#: Tab of the check page -> rows it shows; "all" shows every row.
TABS: dict[str, tuple[RowState, ...]] = {
    "errors": (RowState.ERROR, RowState.RETURNED),
    "hints": (RowState.READY,),
    "ready": (RowState.READY,),
    "done": (RowState.OPENED,),
    "skipped": (RowState.DUPLICATE, RowState.LEFT_OUT),
}


def list_rows(
    submission_id: int, tab: str = "all", after_line: int = 0, limit: int = PAGE
) -> list[SubmissionRow]:
    """Rows of a tab, in the order of the file, from a line on."""
    query = _of_tab(select(SubmissionRow), submission_id, tab)
    query = query.where(SubmissionRow.line > after_line).order_by(SubmissionRow.line).limit(limit)
    return list(db.session.scalars(query))


def _of_tab(query: Select[Any], submission_id: int, tab: str) -> Select[Any]:
    query = query.where(SubmissionRow.submission_id == submission_id)
    if tab in TABS:
        query = query.where(SubmissionRow.state.in_(TABS[tab]))
    if tab in {"hints", "ready"}:
        query = query.where(SubmissionRow.warned.is_(tab == "hints"))
    return query


@dataclass(frozen=True, slots=True)
class Mistake:
    """One kind of finding and how many rows have it."""

    code: str
    field: str | None
    rows: int
    blocking: bool


def list_mistakes(submission_id: int, limit: int = 12) -> list[Mistake]:
    """The same mistake in many rows, the most frequent first; errors before hints."""
    blocking = SubmissionRow.state != RowState.READY
    each = (
        select(
            blocking.label("blocking"),
            func.jsonb_array_elements(SubmissionRow.findings, type_=JSONB).label("finding"),
        )
        .where(
            SubmissionRow.submission_id == submission_id,
            SubmissionRow.state.in_([RowState.ERROR, RowState.READY]),
            (SubmissionRow.state == RowState.ERROR) | SubmissionRow.warned,
        )
        .subquery()
    )
    code, field = each.c.finding["code"].astext, each.c.finding["field"].astext
    query = (
        select(code, field, func.count(), each.c.blocking)
        .group_by(code, field, each.c.blocking)
        .order_by(each.c.blocking.desc(), func.count().desc(), code)
        .limit(limit)
    )
    return [Mistake(*row) for row in db.session.execute(query)]


def find_remembered_mapping(creditor_id: int, columns: Sequence[str]) -> dict[str, str] | None:
    """How this creditor mapped a list with the same columns the last time."""
    return db.session.scalar(
        select(Submission.mapping)
        .where(
            Submission.creditor_id == creditor_id,
            Submission.columns == list(columns),
            Submission.mapping.is_not(None),
            Submission.state.in_([SubmissionState.CHECKING, SubmissionState.DONE]),
        )
        .order_by(Submission.id.desc())
        .limit(1)
    )


def asks_purpose(submission_id: int) -> int:
    """How many rows to be handed over leave open whether the debtor is consumer or business."""
    query = select(func.count()).where(
        SubmissionRow.submission_id == submission_id,
        SubmissionRow.state == RowState.READY,
        SubmissionRow.parsed["debtor"]["kind"].astext.is_(None),
        SubmissionRow.answers["purpose"].astext.is_(None),
    )
    return db.session.scalar(query) or 0


def has_reminder_days(submission_id: int) -> bool:
    """Whether the list itself says when rows were reminded."""
    query = select(SubmissionRow.id).where(
        SubmissionRow.submission_id == submission_id,
        SubmissionRow.state == RowState.READY,
        SubmissionRow.parsed["reminded_on"].astext.is_not(None),
    )
    return db.session.scalar(query.limit(1)) is not None


#: What was not handed over, whatever the reason.
LEFT = (RowState.ERROR, RowState.RETURNED, RowState.READY, RowState.DUPLICATE, RowState.LEFT_OUT)


def list_left(submission_id: int, limit: int = PAGE) -> list[SubmissionRow]:
    """Rows of an upload that came into no case, in the order of the file."""
    query = select(SubmissionRow).where(
        SubmissionRow.submission_id == submission_id, SubmissionRow.state.in_(LEFT)
    )
    return list(db.session.scalars(query.order_by(SubmissionRow.line).limit(limit)))


def count_resulting_cases(submission_id: int) -> int:
    """How many cases rows of an upload have come into."""
    query = (
        select(func.count(Claim.case_id.distinct()))
        .join(SubmissionRow, SubmissionRow.claim_id == Claim.id)
        .where(SubmissionRow.submission_id == submission_id)
    )
    return db.session.scalar(query) or 0


def list_opened(submission_id: int) -> list[tuple[SubmissionRow, str]]:
    """Rows that became claims, with the number of their case."""
    query = (
        select(SubmissionRow, Case.number)
        .join(Claim, Claim.id == SubmissionRow.claim_id)
        .join(Case, Case.id == Claim.case_id)
        .where(SubmissionRow.submission_id == submission_id)
        .order_by(SubmissionRow.line)
    )
    return [(row, number) for row, number in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class ResultingCase:
    """A case with what one upload brought into it."""

    case: Case
    claims: int
    cents: int


def list_resulting_cases(
    submission_id: int, after_id: int = 0, limit: int = PAGE
) -> list[ResultingCase]:
    """The cases that rows of an upload have come into, in the order they were opened."""
    query = (
        select(Case, func.count(), func.sum(SubmissionRow.amount_cents))
        .join(Claim, Claim.case_id == Case.id)
        .join(SubmissionRow, SubmissionRow.claim_id == Claim.id)
        .where(SubmissionRow.submission_id == submission_id, Case.id > after_id)
        .group_by(Case.id)
        .order_by(Case.id)
        .limit(limit)
    )
    return [
        ResultingCase(case, claims, int(cents or 0))
        for case, claims, cents in db.session.execute(query)
    ]
