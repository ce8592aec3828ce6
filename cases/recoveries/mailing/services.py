"""When which client gets his report, who reads it, and stopping it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Date, Select, and_, cast, exists, literal, or_, select
from sqlalchemy.dialects.postgresql import insert

from cases.claims.models import Case
from cases.core import audit, clock
from cases.core.database import db, new_public_id
from cases.core.errors import NotFound
from cases.core.locks import lock_row
from cases.core.mail.services import MailText, send_mail
from cases.core.outbox import register_effect
from cases.core.runs import RunKind
from cases.ledger.models import Entry, EntryKind
from cases.parties.clients import list_contacts
from cases.parties.models import ContactRole, Creditor, CreditorContract, ReportRhythm
from cases.parties.queries import get_creditor
from cases.recoveries.mailing.models import ReportMailing, ReportReader
from cases.recoveries.mailing.periods import Period, last_period
from legal.findings import N_

EFFECT = "reports.mail"
KIND = "reports.period"
#: Who at a client reads reports, unless he stops them.
READS = frozenset({ContactRole.DECIDES, ContactRole.BOOKKEEPING})
#: Bookings that a client wants to hear of.
MONEY = (EntryKind.PAYMENT, EntryKind.DIRECT_PAYMENT, EntryKind.REVERSAL)
TEXTS = {
    KIND: MailText(
        N_("Your report"),
        (
            N_("Your report on the days from {first} to {last} is attached: as PDF to read, and as"
               " a table to work with."),
            N_("What we need you to decide stands in your portal. You need to do nothing else."),
        ),
        N_("Stop these reports"),
    ),
}  # fmt: skip


def creditors_due(day: date) -> Select[int]:
    """Clients with a rhythm whose last period has not been reported yet."""
    contract = (
        select(CreditorContract.report_rhythm)
        .where(CreditorContract.creditor_id == Creditor.id, CreditorContract.valid_from <= day)
        .order_by(CreditorContract.valid_from.desc())
        .limit(1)
        .scalar_subquery()
    )
    waiting = [
        and_(
            contract == literal(rhythm.value),
            ~exists().where(
                ReportMailing.creditor_id == Creditor.id,
                ReportMailing.rhythm == rhythm,
                ReportMailing.last_day == cast(period.last_day, Date),
            ),
        )
        for rhythm in ReportRhythm
        if (period := last_period(rhythm, day)) is not None
    ]
    return select(Creditor.id).where(or_(*waiting))


def register(creditor_ids: Sequence[int], day: date) -> None:
    """Let a worker make the reports of some clients."""
    for creditor_id in creditor_ids:
        register_effect(
            EFFECT, f"{EFFECT}:{creditor_id}:{day}", creditor_id=creditor_id, day=day.isoformat()
        )


def begin_mailing(creditor_id: int, day: date) -> tuple[ReportMailing, Period] | None:
    """Note a period as reported; None where the contract wants none, or it was done before."""
    contract = db.session.scalar(
        select(CreditorContract)
        .where(CreditorContract.creditor_id == creditor_id, CreditorContract.valid_from <= day)
        .order_by(CreditorContract.valid_from.desc())
        .limit(1)
    )
    period = last_period(contract.report_rhythm, day) if contract else None
    if contract is None or period is None:
        return None
    mailing_id = db.session.scalar(
        insert(ReportMailing)
        .values(
            creditor_id=creditor_id, rhythm=contract.report_rhythm, last_day=period.last_day,
            made_at=clock.now(),
        )
        .on_conflict_do_nothing()
        .returning(ReportMailing.id)
    )  # fmt: skip
    if mailing_id is None:
        return None
    return db.session.get_one(ReportMailing, mailing_id), period


def has_news(creditor_id: int, period: Period) -> bool:
    """Whether money moved, or a case began or ended, in those days."""
    first, last = period.first_day, period.last_day
    money = exists().where(
        Entry.creditor_id == creditor_id,
        Entry.kind.in_(MONEY),
        Entry.booked_on.between(first, last),
    )
    began = exists().where(Case.creditor_id == creditor_id, Case.opened_on.between(first, last))
    ended = exists().where(
        Case.creditor_id == creditor_id,
        Case.closed_at >= _begin_of(first),
        Case.closed_at <= clock.end_of(last),
    )
    return bool(db.session.scalar(select(or_(money, began, ended))))


def currencies_of(creditor_id: int) -> list[str]:
    """The currencies that a client's cases are kept in."""
    query = select(Case.currency).where(Case.creditor_id == creditor_id).distinct()
    return sorted(db.session.scalars(query))


def readers_of(creditor: Creditor) -> list[ReportReader]:
    """Who gets the report: who decides or keeps books there; who stopped it is left out."""
    people = [each.email for each in list_contacts(creditor.id) if each.role in READS]
    wanted = {each.strip() for each in people if each} or {creditor.email or ""}
    addresses = sorted(each for each in wanted if each)
    for address in addresses:
        db.session.execute(
            insert(ReportReader)
            .values(public_id=new_public_id(), creditor_id=creditor.id, address=address)
            .on_conflict_do_nothing()
        )
    query = select(ReportReader).where(
        ReportReader.creditor_id == creditor.id,
        ReportReader.address.in_(addresses),
        ReportReader.stopped_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(ReportReader.address)))


def send(
    mailing: ReportMailing,
    period: Period,
    readers: Collection[ReportReader],
    file_ids: Sequence[int],
    shown: tuple[str, str],
) -> None:
    """Write the mails; `shown` is how first and last day are written in the client's language."""
    creditor = get_creditor(mailing.creditor_id)
    for reader in readers:
        send_mail(
            KIND, reader.address, creditor.language, {"first": shown[0], "last": shown[1]},
            path=f"/report-mails/{reader.public_id}", file_ids=file_ids,
        )  # fmt: skip
    audit.record(
        "report.mailed", "report_mailing", mailing.id, creditor_id=mailing.creditor_id,
        readers=len(readers), last_day=period.last_day,
    )  # fmt: skip


def get_reader(public_id: str) -> ReportReader:
    """The reader of a link; raises NotFound."""
    found = db.session.scalar(select(ReportReader).where(ReportReader.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def set_reading(public_id: str, *, reads: bool) -> ReportReader:
    """Stop the reports to an address, or let them come again."""
    reader = lock_row(ReportReader, get_reader(public_id).id)
    reader.stopped_at = None if reads else reader.stopped_at or clock.now()
    audit.record("report.reading_set", "report_reader", reader.id, creditor_id=reader.creditor_id)
    return reader


def _begin_of(day: date) -> datetime:
    return clock.end_of(date.fromordinal(day.toordinal() - 1))


#: Every night: what was over yesterday is reported.
MAILINGS = RunKind(keys=creditors_due, act=register, step_keys=100)
