"""A report on its way to a reader: asked for in the address, worded, drawn, and as a file.

Staff and creditors read the same pages through here; who may see which rows is decided before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from flask import Response, render_template
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from cases.core import clock
from cases.letters.pdf import render_pdf
from cases.letters.rendering import render_html
from cases.parties.queries import get_agency
from cases.recoveries.reports.files import Titled, as_csv, as_xlsx, cells_of
from cases.recoveries.reports.registry import Report
from cases.recoveries.reports.shape import Column, Figures, Row, Scope, Unit
from portal.reporting.chart import BarChart, bar_chart
from portal.shell.formatting import count, day, euro, language, percent
from portal.shell.typed import NotUnderstood, parse_date
from portal.shell.wording import said

MONTHS = (3, 6, 12, 24)
WINDOWS = (7, 14, 30, 60, 90)
CURRENCIES = ("EUR", "CHF")
NUMERIC = frozenset({Unit.COUNT, Unit.MONEY, Unit.SHARE, Unit.DAYS})
#: A page shows so many rows; files have all.
ROWS_ON_PAGE = 400
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One line as words, and the key of the list behind it."""

    cells: tuple[str, ...]
    key: str | None
    unfinished: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as a page shows it."""

    report: Report
    scope: Scope
    labels: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[ShownRow, ...]
    left_out: int
    total: tuple[str, ...] | None
    chart: BarChart | None
    series: tuple[str, ...]
    figures: Figures


def scope_of(args: "MultiDict[str, str]", creditor_id: int | None) -> Scope:
    """What an address asks for; what cannot be read is the usual."""
    today = clock.today()
    try:
        asked = parse_date(args["day"], today) if args.get("day") else today
    except NotUnderstood:
        asked = today
    asked = min(asked, today)
    return Scope(
        day=asked,
        known_at=clock.now() if asked == today else clock.end_of(asked),
        creditor_id=creditor_id,
        currency=_one_of(args.get("currency"), CURRENCIES, "EUR"),
        months=int(_one_of(args.get("months"), tuple(map(str, MONTHS)), "12")),
        window_days=int(_one_of(args.get("window"), tuple(map(str, WINDOWS)), "30")),
    )


def _one_of(given: str | None, allowed: tuple[str, ...], usual: str) -> str:
    return given if given in allowed else usual


def show(report: Report, scope: Scope) -> Shown:
    """Work a report out and word it."""
    figures = report.work_out(scope)
    rows = figures.rows[:ROWS_ON_PAGE]
    columns = figures.columns
    return Shown(
        report=report,
        scope=scope,
        labels=tuple(_label(column) for column in columns),
        numeric=tuple(column.unit in NUMERIC for column in columns),
        rows=tuple(_shown(row, figures, scope) for row in rows),
        left_out=len(figures.rows) - len(rows),
        total=_total(figures, scope),
        chart=_chart(figures, scope),
        series=_series(figures),
        figures=figures,
    )


def as_file(shown: Shown, kind: str, limited_to: str) -> Response:
    """The same rows as CSV, XLSX or PDF."""
    titled = titled_of(shown, limited_to)
    data = (
        {"csv": as_csv, "xlsx": as_xlsx}[kind](titled) if kind != "pdf" else as_pdf(shown, titled)
    )
    answer = Response(data, mimetype=TYPES[kind].partition(";")[0])
    answer.headers["Content-Type"] = TYPES[kind]
    name = f"{shown.report.code}-{shown.scope.day:%Y-%m-%d}.{kind}"
    way = "inline" if kind == "pdf" else "attachment"
    answer.headers["Content-Disposition"] = f'{way}; filename="{name}"'
    return answer


def titled_of(shown: Shown, limited_to: str) -> Titled:
    """A report with its words."""
    key_date = gettext("Key date: %(day)s", day=day(shown.scope.day))
    return Titled(
        title=gettext(shown.report.title),
        definition=gettext(shown.report.definition),
        as_of=f"{key_date}, {limited_to}, {shown.scope.currency}",
        labels=shown.labels,
        total=gettext("Sum"),
        figures=shown.figures,
        words={
            column: {code: said(words) for code, words in table.items()}
            for column, table in shown.figures.words.items()
        },
    )


def as_pdf(shown: Shown, titled: Titled) -> bytes:
    """The report on paper, with its chart and definition."""
    house = get_agency()
    chart = render_template("portal/own_reports/_chart.html", shown=shown) if shown.chart else ""
    columns, scope = shown.figures.columns, shown.scope
    html = render_html(
        "report",
        {
            "language": language(),
            "agency": {"name": house.name},
            "title": titled.title,
            "definition": titled.definition,
            "as_of": titled.as_of,
            "dispatched_on": scope.day.isoformat(),
            "labels": shown.labels,
            "numeric": shown.numeric,
            "rows": [
                [word(cell, column, scope) for cell, column in zip(cells, columns, strict=True)]
                for cells in cells_of(titled)
            ],
            "chart": Markup(chart),
            "currency": scope.currency,
        },
    )
    return render_pdf(html, "statement.css")


def word(value: Any, column: Column, scope: Scope) -> str:
    """One value as people read it; a dash where there is none."""
    if value is None:
        return "–"
    if column.unit is Unit.MONEY:
        return euro(value, scope.currency)
    make = _WORDS.get(column.unit)
    return str(make(value) if make is not None and not isinstance(value, str) else value)


def _month(value: date) -> str:
    return str(format_date(value, "LLL yyyy", locale=language()))


def _one_digit(value: Decimal) -> str:
    """A number with one digit, as the language writes it."""
    return percent(value).removesuffix("%").strip()


_WORDS: dict[Unit, Callable[[Any], str]] = {
    Unit.SHARE: lambda value: percent(Decimal(value) * 100),
    Unit.COUNT: count,
    Unit.DAYS: _one_digit,
    Unit.DAY: day,
    Unit.MONTH: _month,
}


def _label(column: Column) -> str:
    if column.name.startswith("within_"):
        return str(gettext(column.label, days=column.name.partition("_")[2]))
    return str(gettext(column.label))


def _shown(row: Row, figures: Figures, scope: Scope) -> ShownRow:
    return ShownRow(
        tuple(_words_of(row, column, figures, scope) for column in figures.columns),
        row.key,
        row.unfinished,
    )


def _words_of(row: Row, column: Column, figures: Figures, scope: Scope) -> str:
    value = row[column.name]
    table = figures.words.get(column.name)
    if table is not None and value in table:
        return said(table[value])
    return word(value, column, scope)


def _total(figures: Figures, scope: Scope) -> tuple[str, ...] | None:
    total = figures.total
    if total is None:
        return None
    return (
        gettext("Sum"),
        *(
            word(total[column.name], column, scope) if column.name in total.values else ""
            for column in figures.columns[1:]
        ),
    )


def _series(figures: Figures) -> tuple[str, ...]:
    if figures.chart is None:
        return ()
    by_name = {column.name: column for column in figures.columns}
    return tuple(_label(by_name[name]) for name in figures.chart.values)


def _chart(figures: Figures, scope: Scope) -> BarChart | None:
    """The chart of the rows; in a report with several lines a month that of the last of each."""
    if figures.chart is None or not figures.rows:
        return None
    by_name = {column.name: column for column in figures.columns}
    along = by_name[figures.chart.along]
    rows = [(row, _words_of(row, along, figures, scope)) for row in _charted(figures)]
    return bar_chart(
        [
            (
                label,
                [
                    (row[name], f"{label}, {_pair(row, by_name[name], figures, scope)}")
                    for name in figures.chart.values
                ],
            )
            for row, label in rows
        ]
    )  # fmt: skip


def _pair(row: Row, column: Column, figures: Figures, scope: Scope) -> str:
    return f"{_label(column)}: {_words_of(row, column, figures, scope)}"


def _charted(figures: Figures) -> Sequence[Row]:
    """One row of each month: where there are several methods, that of all."""
    totals = [row for row in figures.rows if row["method"] == "all"]
    return totals or figures.rows
