"""A client's reports as files for his mail: one PDF to read, one workbook to work with."""

import io
from collections.abc import Sequence
from datetime import date

from flask_babel import force_locale, gettext

from cases.core import clock
from cases.core.files import store_file
from cases.parties.models import Creditor
from cases.parties.queries import get_creditor
from cases.recoveries.mailing import services
from cases.recoveries.mailing.periods import Period
from cases.recoveries.reports.files import Titled, as_workbook
from cases.recoveries.reports.registry import REPORTS
from cases.recoveries.reports.shape import Scope
from portal.reporting.view import TYPES, Shown, as_pdf, show, titled_of
from portal.shell.formatting import day as day_words

#: What a client reads without asking: what came in, what is expected, where each claim stands.
TOLD = ("receipts", "expected", "claims")


def mail_reports(key: str, creditor_id: int, day: str) -> None:
    """Carry out the effect `reports.mail`: make the files and write the mails, once a period."""
    creditor = get_creditor(creditor_id)
    begun = services.begin_mailing(creditor_id, date.fromisoformat(day))
    if begun is None:
        return
    mailing, period = begun
    readers = services.readers_of(creditor)
    if not readers or not services.has_news(creditor_id, period):
        return
    with force_locale(creditor.language):
        file_ids = _files(creditor, period)
        shown = day_words(period.first_day), day_words(period.last_day)
    services.send(mailing, period, readers, file_ids, shown)


def _files(creditor: Creditor, period: Period) -> list[int]:
    made = [
        (shown, titled_of(shown, creditor.name))
        for currency in services.currencies_of(creditor.id)
        for code in TOLD
        for shown in [show(REPORTS[code], _scope(creditor.id, period, currency))]
        if shown.figures.rows
    ]
    name = gettext("Report %(day)s", day=f"{period.last_day:%Y-%m-%d}")
    kept = {"pdf": _one_pdf(made), "xlsx": as_workbook([titled for _, titled in made])}
    return [
        store_file(data, f"{name}.{kind}", TYPES[kind], creditor.id).id
        for kind, data in kept.items()
    ]


def _scope(creditor_id: int, period: Period, currency: str) -> Scope:
    return Scope(
        day=period.last_day,
        known_at=clock.end_of(period.last_day),
        creditor_id=creditor_id,
        currency=currency,
        months=3,
        window_days=30,
    )


def _one_pdf(made: Sequence[tuple[Shown, Titled]]) -> bytes:
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    for shown, titled in made:
        writer.append(io.BytesIO(as_pdf(shown, titled)))
    writer.write(out)
    return out.getvalue()
