"""What follows from an event of a proceeding beyond its state: titles, tasks, drafts.

Called once for each new event, whether a court message or a person brought it.
"""

from datetime import timedelta

from sqlalchemy import select

from cases.claims.queries import get_case_by_id
from cases.claims.services import title_obtained
from cases.core.database import db
from cases.filings import liability_log
from cases.filings.applications.drafts import draft_filing, drop, list_drafts
from cases.filings.applications.models import FilingKind
from cases.filings.proceedings.models import DeadlineState, LegalDeadline, Proceeding, Title
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_items
from legal.proceeding import CourtEventKind, Event

E = CourtEventKind
#: When somebody looks at a new title; our choice.
FOLLOW_UP_DAYS = 30


def follow(
    proceeding: Proceeding, event: Event, *, why: str = "", message_id: int | None = None
) -> None:
    """Carry out what this event asks for."""
    _settle_queries(proceeding, event)
    match event.kind:
        case E.QUERIED:
            _queried(proceeding, event, message_id)
        case E.ORDER_NOT_SERVED | E.ENFORCEMENT_NOT_SERVED:
            _inquire_address(proceeding, event, why)
        case E.ORDER_SERVED | E.ENFORCEMENT_SERVED:
            _finish(proceeding, "address")
            _serve_title(proceeding, event)
        case E.OPPOSED | E.PROTESTED:
            _task(proceeding, "opposition_decide", "opposition", event)
        case E.ENFORCEMENT_ISSUED:
            _issue_title(proceeding, event)
        case E.BECAME_FINAL:
            _become_final(proceeding, event)
        case E.REFERRED:
            _finish(proceeding, "opposition")
            _task(proceeding, "lawyer_hand_over", "lawyer", event)
        case E.REFERRAL_REQUESTED | E.WITHDRAWN | E.RESOLVED:
            _finish(proceeding, "opposition")
        case _:
            pass


def find_title(proceeding_id: int) -> Title | None:
    """The title of a proceeding, if there is one."""
    return db.session.scalar(select(Title).where(Title.proceeding_id == proceeding_id))


def _queried(proceeding: Proceeding, event: Event, message_id: int | None) -> None:
    """The answer is drafted with the court's own entries, to be changed in place."""
    _task(proceeding, "court_query", "query", event)
    if message_id is not None:
        draft_filing(proceeding, FilingKind.QUERY_ANSWER, "court_query", message_id=message_id)


def _settle_queries(proceeding: Proceeding, event: Event) -> None:
    """A court that goes on waits for no answer: neither a task nor a draft of one is left."""
    asked = db.session.scalars(
        select(LegalDeadline.state).where(
            LegalDeadline.proceeding_id == proceeding.id, LegalDeadline.name == "query_answer"
        )
    ).all()
    if not asked or DeadlineState.OPEN in asked:
        return
    _finish(proceeding, "query")
    for filing in list_drafts(proceeding.case_id):
        if filing.kind is FilingKind.QUERY_ANSWER and filing.proceeding_id == proceeding.id:
            drop(filing, event.kind.value)


def _inquire_address(proceeding: Proceeding, event: Event, why: str) -> None:
    case = get_case_by_id(proceeding.case_id)
    add_item(
        case, WorkQueue.LEGAL, "address_inquiry", _cause(proceeding, "address"), since=event.on,
        owner_id=case.owner_id, why=why,
    )  # fmt: skip


def _issue_title(proceeding: Proceeding, event: Event) -> None:
    """An enforcement order is a title from its issue on. Law: ZPO §§ 700(1), 794(1) no. 4."""
    if find_title(proceeding.id) is not None:
        return
    title = Title(
        case_id=proceeding.case_id,
        creditor_id=proceeding.creditor_id,
        debtor_id=proceeding.debtor_id,
        proceeding_id=proceeding.id,
        court=proceeding.court,
        court_number=proceeding.court_number,
        issued_on=event.on,
        follow_up_on=event.on + timedelta(days=FOLLOW_UP_DAYS),
    )
    db.session.add(title)
    db.session.flush()
    case = title_obtained(proceeding.case_id, event.on)
    liability_log.note(title, "title", "issued", after={"issued_on": event.on})
    add_item(
        case, WorkQueue.LEGAL, "title_follow_up", f"title:{title.id}", since=event.on,
        visible_on=title.follow_up_on, issued_on=event.on.isoformat(),
    )  # fmt: skip


def _serve_title(proceeding: Proceeding, event: Event) -> None:
    title = find_title(proceeding.id)
    if title is not None and event.kind is E.ENFORCEMENT_SERVED:
        title.served_on = event.on
        return
    if event.kind is E.ENFORCEMENT_SERVED:  # The note on its service came before its cost note.
        _issue_title(proceeding, event)
        _serve_title(proceeding, event)


def _become_final(proceeding: Proceeding, event: Event) -> None:
    """Thirty years from finality. Law: BGB §§ 197(1) no. 3, 201."""
    _finish(proceeding, "final")
    title = find_title(proceeding.id)
    if title is None:
        return
    title.final_on = event.on
    title.expires_on = db.session.scalar(
        select(LegalDeadline.last_day)
        .where(LegalDeadline.proceeding_id == proceeding.id, LegalDeadline.rule_id == "L04")
        .order_by(LegalDeadline.id.desc())
        .limit(1)
    )
    liability_log.note(
        title, "title", "final", after={"final_on": event.on, "expires_on": title.expires_on}
    )


def _task(proceeding: Proceeding, reason: str, what: str, event: Event) -> None:
    case = get_case_by_id(proceeding.case_id)
    add_item(
        case, WorkQueue.LEGAL, reason, _cause(proceeding, what), since=event.on,
        owner_id=case.owner_id, happened_on=(event.received_on or event.on).isoformat(),
    )  # fmt: skip


def _finish(proceeding: Proceeding, what: str) -> None:
    finish_items(get_case_by_id(proceeding.case_id), _cause(proceeding, what))


def _cause(proceeding: Proceeding, what: str) -> str:
    return f"proceeding:{proceeding.id}:{what}"
