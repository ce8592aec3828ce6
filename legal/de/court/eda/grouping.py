"""From records to logical files and their groups: a group is one application or one message.

Position is the only link between records: everything after a head (KS) belongs to it. A head that
cannot be read therefore leaves the records after it without an owner; they are reported, never
given to the message before.
"""

from dataclasses import dataclass, field

from legal.de.court.eda.codec import Fault, Value
from legal.de.court.eda.envelope import Header, Trailer
from legal.de.court.eda.framing import Record, split_records
from legal.de.court.eda.layouts import Layout, known_belarts, layouts, layouts_of
from legal.de.court.eda.notation import build
from legal.errors import InvariantBroken
from legal.findings import Finding, Severity

HEAD = "KS   00"
RECEIPT = "90"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a group with its values; an unknown record has no layout."""

    record: Record
    layout: Layout | None
    values: dict[str, Value]

    @property
    def name(self) -> str:
        return self.layout.record if self.layout else ""


@dataclass(slots=True)
class Group:
    """One application or message."""

    entries: list[Entry] = field(default_factory=list)
    damaged: bool = False

    @property
    def raw(self) -> bytes:
        """The bytes of the message as they came, for keeping."""
        return b"".join(entry.record.data for entry in self.entries)

    def values(self, name: str) -> dict[str, Value]:
        """The values of the first record with this number; empty when there is none."""
        return next((e.values for e in self.entries if e.name == name), {})


@dataclass(slots=True)
class LogicalFile:
    """A file between AA and BB."""

    header: Header
    belart: str
    groups: list[Group] = field(default_factory=list)
    trailer: Trailer | None = None
    findings: list[Finding] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)  # Between AA and BB, as they came.


def read_physical(data: bytes) -> list[LogicalFile]:
    """The logical files of a physical one; what is wrong is in the findings of each."""
    reader = _Reader()
    for record in split_records(data):
        reader.take(record)
    return reader.close()


class _Reader:
    """Takes records one by one; the state is the file and the group that are open."""

    def __init__(self) -> None:
        self.files: list[LogicalFile] = []
        self.file: LogicalFile | None = None
        self.group: Group | None = None

    def take(self, record: Record) -> None:
        if record.key == "AA":
            self._open(record)
        elif record.key == "BB" and self.file is not None and not record.damaged:
            self._end(record, self.file)
        elif self.file is None:
            self._open_nameless(record)
        else:
            self._add(record, self.file)

    def close(self) -> list[LogicalFile]:
        """The files, when no record is left."""
        if not self.files:
            self._start(LogicalFile(Header(), ""))
            self._find("file_empty", None)
        elif self.file is not None:
            self._find("trailer_missing", None)
        return self.files

    def _open(self, record: Record) -> None:
        if self.file is not None:
            self._find("trailer_missing", record)
        if record.damaged:
            # The kind of the file is then what its first record says.
            self._start(LogicalFile(Header(), ""))
            self._find("record_damaged", record, length=len(record.data))
            return
        values, faults = layouts()["AA"].decode(record.data)
        header = build(Header, values)
        self._start(LogicalFile(header, header.belart))
        self._report(record, faults)
        if header.belart not in known_belarts():
            self._find("kind_unknown", record, belart=header.belart)

    def _open_nameless(self, record: Record) -> None:
        """Records without a header: read by the kind they name themselves."""
        self._start(LogicalFile(Header(belart=record.key[:2]), record.key[:2]))
        self._find("header_missing", record)
        if self.file is None:
            raise InvariantBroken("self.file is missing")
        self._add(record, self.file)

    def _start(self, file: LogicalFile) -> None:
        self.file, self.group = file, None
        self.files.append(file)

    def _end(self, record: Record, file: LogicalFile) -> None:
        values, faults = layouts()["BB"].decode(record.data)
        file.trailer = build(Trailer, values)
        self._report(record, faults)
        self.file, self.group = None, None

    def _add(self, record: Record, file: LogicalFile) -> None:
        file.records.append(record)
        file.belart = file.belart or record.key[:2]
        layout = layouts_of(file.belart).get(record.key)
        if record.damaged:
            self._lose(record, layout)
            return
        if layout is None and record.key[:2] != file.belart:
            self._find("kind_mixed", record, found=record.key[:2])
        elif layout is None:
            self._find("record_unknown", record, Severity.WARNING, found=record.key[2:].strip())
        self._assign(record, layout, file)

    def _lose(self, record: Record, layout: Layout | None) -> None:
        """A damaged record: without a readable key nobody knows whose the next ones are."""
        self._find("record_damaged", record, length=len(record.data))
        if self.group is not None:
            self.group.damaged = True
        if layout is None or layout.key == HEAD:
            self.group = None

    def _assign(self, record: Record, layout: Layout | None, file: LogicalFile) -> None:
        starts = record.key[2:] == HEAD and layout is not None
        if starts or (file.belart == RECEIPT and self.group is None):
            self.group = Group()
            file.groups.append(self.group)
        if self.group is None:
            self._find("record_without_head", record)
            return
        values, faults = layout.decode(record.data) if layout else ({}, ())
        self.group.entries.append(Entry(record, layout, values))
        self.group.damaged |= any(fault.code == "field_unreadable" for fault in faults)
        self._report(record, faults)

    def _report(self, record: Record, faults: tuple[Fault, ...]) -> None:
        for fault in faults:
            severity = Severity.ERROR if fault.code == "field_unreadable" else Severity.WARNING
            params: dict[str, str | int] = {"found": fault.found, "position": fault.position}
            self._find(fault.code, record, severity, fault.field.name, **params)

    def _find(
        self,
        code: str,
        record: Record | None,
        severity: Severity = Severity.ERROR,
        field_name: str | None = None,
        **params: str | int,
    ) -> None:
        if not self.files:
            raise InvariantBroken("self.files")
        line = record.number if record else None
        details = {"position": 1, **params}
        self.files[-1].findings.append(Finding(code, severity, field_name, line, details))
