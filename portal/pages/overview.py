"""A creditor's start page: what we need, then figures, then what moved."""

from datetime import date, timedelta

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cases.core import clock
from cases.core.database import portal_creditor_id
from cases.core.files import StoredFile
from cases.core.sums import NOTHING
from cases.intake.models import Submission, SubmissionState
from cases.intake.queries import Tallies, list_submissions, tally_many
from cases.intake.questions import question_of_upload
from cases.parties.looked_after import contact_of_house
from cases.recoveries.figures import find_standing, list_received_since
from cases.recoveries.open_items.services import list_open_questions
from cases.recoveries.queries import list_moved_cases
from legal.errors import InvariantBroken
from portal.access import may
from portal.pages.case_words import STAGES, event_text, stage_words
from portal.pages.month_chart import chart_of
from portal.pages.owed_answers import list_owed
from portal.plans.offers import list_shown_plans
from portal.shell.pages import page

blueprint = Blueprint("overview", __name__, template_folder="../templates")
WAITING = {SubmissionState.MAPPING, SubmissionState.CHECKING, SubmissionState.REFUSED}
#: An unreadable file is news for so long; the list of uploads names it for ever.
NEWS = timedelta(days=7)
OPEN_STAGES = tuple(stage for stage in STAGES if stage != "closed")


@blueprint.get("/overview")
@may("own_cases.view")
def show() -> ResponseReturnValue:
    """First what is needed, then figures, status in plain words, what moved last."""
    today = clock.today()
    first_month = _eleven_months_before(today)
    figures = find_standing()
    months = list_received_since(first_month, figures)
    return page(
        "portal/overview/show.html",
        as_of=figures.computed_at,
        owed=list_owed(),
        tasks=_tasks(),
        differences=len(list_open_questions()),
        question_of=question_of_upload,
        today=today,
        contact=contact_of_house(_creditor_id()),
        figures=figures.stages,
        stages=STAGES,
        stage_words=stage_words,
        open_cases=figures.total(*OPEN_STAGES),
        all_cases=figures.total(*STAGES),
        plans=list_shown_plans(),
        received_cents=sum(
            (each.received for each in months if each.first_day.year == today.year), NOTHING
        ),
        foreign=sum((each.foreign for each in months), NOTHING),
        chart=chart_of(months, first_month) if months else None,
        months=months,
        moved=[
            (own, event, event_text(event, own.case.currency)) for own, event in list_moved_cases()
        ],
    )


def _creditor_id() -> int:
    creditor_id = portal_creditor_id()
    if creditor_id is None:
        raise InvariantBroken("own_cases.view belongs to creditors")
    return creditor_id


def _tasks() -> list[tuple[Submission, StoredFile, Tallies | None]]:
    """Uploads that wait for this creditor: with a question of ours first, then the newest."""
    recent = [pair for pair in list_submissions(limit=20) if pair[0].state in WAITING]
    tallies = tally_many([submission.id for submission, _ in recent])
    found = [(submission, file, tallies.get(submission.id)) for submission, file in recent]
    tasks = [task for task in found if _is_open(task[0], task[2])]
    return sorted(tasks, key=lambda task: not _is_asked(task[0], task[2]))


def _is_asked(submission: Submission, counted: Tallies | None) -> bool:
    """Whether we wait for an answer: that comes before everything else."""
    return question_of_upload(submission) is not None or bool(counted and counted.returned.rows)


def _is_open(submission: Submission, counted: Tallies | None) -> bool:
    """Whether there is something to do: not when every row was left out or is in a case."""
    if submission.state is SubmissionState.REFUSED:
        return clock.now() - submission.created_at < NEWS
    if submission.state is SubmissionState.CHECKING and counted is not None:
        return bool(counted.to_correct.rows or counted.ready.rows)
    return True


def _eleven_months_before(day: date) -> date:
    """The first day of the month eleven months back, so that twelve months are shown."""
    month = day.month + 1
    return date(day.year - 1, month, 1) if month <= 12 else date(day.year, 1, 1)  # noqa: PLR2004
