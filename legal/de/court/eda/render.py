"""Readable German text of exactly these bytes, for the workbench, the cover sheet and the command.

Every field that has content is shown, record by record and in order, so that whoever releases a
file sees what leaves the house and not what was meant to.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from legal.de.court.eda.codec import ENCODING, RECORD_LENGTH, Field, Value, is_empty
from legal.de.court.eda.grouping import Entry
from legal.de.court.eda.reading_sentences_de import SENTENCES_DE
from legal.de.court.eda.render_words import FIELD_NAMES, KINDS, MARKS, RECORD_NAMES
from legal.de.court.eda.replies import ReadFile, read_file
from legal.findings import Finding

_LABEL_WIDTH = 36
#: An application has fewer records than this, so that the head of a file holds whole ones.
MOST_RECORDS_SHOWN = 100


def render_file(file: ReadFile) -> str:
    """One logical file as text."""
    lines = [
        *_header(file),
        *_groups(file),
        *_trailer(file),
        *_findings(file),
    ]
    return "\n".join(lines)


def render_part(data: bytes) -> str:
    """Parts of a file without its end: the header and whatever applications or messages follow."""
    file = read_file(data)[0]
    return "\n".join([*_header(file), *_groups(file)])


def render_head(data: bytes, groups: int) -> str:
    """The first applications of a long file of ours, without what stands at its end."""
    head = data[: RECORD_LENGTH * MOST_RECORDS_SHOWN * groups]
    file = read_file(head)[0]
    if len(head) == len(data) and len(file.logical.groups) <= groups:
        return render_file(file)
    return "\n".join([*_header(file), *islice(_lines_of_groups(file), groups)])


def _lines_of_groups(file: ReadFile) -> Iterator[str]:
    """Each application as one text."""
    lines: list[str] = []
    for line in _groups(file):
        if line.startswith("--- ") and len(lines) > 1:
            yield "\n".join(lines[:-1])
            lines = lines[-1:]
        lines.append(line)
    yield "\n".join(lines)


def _header(file: ReadFile) -> Iterator[str]:
    header = file.header
    kind = KINDS.get(file.belart, "unbekannte Belegart")
    yield f"EDA-Datei {header.edaid or '(ohne Nummer)'} – Belegart {file.belart}: {kind}"
    yield _line("Teilnehmer (Kennziffer)", header.tkezi)
    if header.date:
        yield _line("Erstellt am", _day(header.date))
    if header.edaidz:
        yield _line("Mahngericht (Kürzel)", header.edaidz)
    software = f"{header.software} {header.software_version}".strip()
    if software:
        yield _line("Programm", software)


def _groups(file: ReadFile) -> Iterator[str]:
    word = "Nachricht" if file.messages else "Antrag"
    for number, group in enumerate(file.logical.groups, 1):
        yield ""
        damaged = " (beschädigt)" if group.damaged else ""
        yield f"--- {word} {number}{damaged} ---"
        for entry in group.entries:
            yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    if entry.layout is None:
        yield f"Satz {entry.record.number}: unbekannt"
        yield f"  {entry.record.data.decode(ENCODING).rstrip()}"
        return
    name = RECORD_NAMES.get(entry.name, entry.layout.name)
    yield f"Satz {entry.record.number}: {name}"
    for field_name, value in shown_entries(entry):
        yield _line(field_name, value)


def shown_entries(entry: Entry) -> Iterator[tuple[str, str]]:
    """Each field of a record that has content: its name and how its value is written."""
    for field in entry.layout.fields if entry.layout else ():
        value = entry.values.get(field.attribute) if field.attribute else None
        if not is_empty(value) and not _is_zero(field, value):
            yield FIELD_NAMES.get(field.name, field.name), _show(field, value)


def _is_zero(field: Field, value: Value) -> bool:
    """A mandatory number without content is written as zeros; it says nothing."""
    return field.empty == "zeros" and value in {0, "0" * field.length}


def _show(field: Field, value: Value) -> str:
    if isinstance(value, bool):
        return "ja"
    if field.kind == "amount" and isinstance(value, int):
        return euro(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",") + " %"
    if field.kind == "date":
        return _day(value)
    text = str(value)
    word = MARKS.get((field.name, text))
    return f"{text} ({word})" if word else text


def euro(amount_cents: int) -> str:
    """An amount as it is written in Germany."""
    whole, part = divmod(amount_cents, 100)
    return f"{whole:,}".replace(",", ".") + f",{part:02d} €"


def _day(value: Value) -> str:
    return f"{value:%d.%m.%Y}"


def _trailer(file: ReadFile) -> Iterator[str]:
    trailer = file.trailer
    if trailer is None:
        return
    yield ""
    yield "--- Prüfsummen der Datei ---"
    yield _line("Anträge oder Nachrichten", str(trailer.antanz or 0))
    yield _line("Sätze", str(trailer.sanz or 0))
    if trailer.aspanz:
        yield _line("Hauptforderungen", str(trailer.aspanz))
    if trailer.suasp:
        yield _line("Summe der Hauptforderungen", euro(trailer.suasp))
    if trailer.skatnr:
        yield _line("Summe der Katalognummern", str(trailer.skatnr))
    if trailer.sugnr:
        yield _line("Summe der Gerichtsnummern", str(trailer.sugnr))


def _findings(file: ReadFile) -> Iterator[str]:
    if not file.findings:
        return
    yield ""
    yield "--- Auffälligkeiten ---"
    for finding in file.findings:
        yield _finding(finding)


def _finding(finding: Finding) -> str:
    where = f"Satz {finding.line}" if finding.line else "Datei"
    if finding.line and "position" in finding.params:
        where += f", Stelle {finding.params['position']}"
    if finding.field:
        where += f", {FIELD_NAMES.get(finding.field, finding.field)}"
    return f"{where}: {SENTENCES_DE[finding.code].format_map(finding.params)}"


def _line(label: str, value: str) -> str:
    return f"  {label + ':':<{_LABEL_WIDTH}} {value}"
