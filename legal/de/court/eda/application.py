"""An application file (EDA): from JSON or objects to bytes and back.

`encode_file` refuses what the codec cannot carry: a value that does not fit and every value whose
field is not confirmed. It never leaves anything out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from legal.de.court.eda.envelope import (
    FORMATS,
    Header,
    Trailer,
    encode_trailer,
    header_part,
    serial_of,
)
from legal.de.court.eda.follow_up_reading import READERS
from legal.de.court.eda.follow_up_records import PARTS
from legal.de.court.eda.follow_ups import (
    EnforcementOrderApplication,
    LitigationRequest,
    NewServiceApplication,
    QueryAnswer,
    Withdrawal,
)
from legal.de.court.eda.grouping import LogicalFile, read_physical
from legal.de.court.eda.notation import differences, read, write
from legal.de.court.eda.payment_order import PaymentOrderApplication
from legal.de.court.eda.payment_order_reading import read_payment_order
from legal.de.court.eda.payment_order_records import list_parts
from legal.de.court.eda.records import Part, list_faults
from legal.errors import LawError
from legal.findings import Finding, Severity

PAYMENT_ORDER = "01"
#: The class of the applications of each kind.
CLASSES: dict[str, type[Any]] = {
    PAYMENT_ORDER: PaymentOrderApplication,
    "07": NewServiceApplication,
    "08": EnforcementOrderApplication,
    "10": NewServiceApplication,
    "20": QueryAnswer,
    "25": Withdrawal,
    "29": LitigationRequest,
}
_ENVELOPE = {"file", "belart", "applications", "file_name", "findings"}


class ApplicationRefused(LawError):
    """The application cannot be encoded."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(field=findings[0].field)
        self.findings = findings


@dataclass(frozen=True, slots=True)
class ApplicationFile:
    """One logical file: a header and applications of one kind."""

    header: Header
    belart: str
    applications: tuple[Any, ...]

    def parts(self) -> Iterator[tuple[str, list[Part]]]:
        """Path of each application and its records."""
        for index, application in enumerate(self.applications):
            single = self.belart == PAYMENT_ORDER and len(self.applications) == 1
            yield "" if single else f"applications[{index}].", self._parts_of(application)

    def _parts_of(self, application: Any) -> list[Part]:
        if self.belart == PAYMENT_ORDER:
            return list_parts(application)
        return list(PARTS[self.belart](application, self.header.tkezi))


def list_unwritable(file: ApplicationFile, confirmed: frozenset[str]) -> Iterator[Finding]:
    """Everything in the file that has no place to be written to."""
    yield from _encode(file, confirmed)[1]


def encode_file(file: ApplicationFile, *, confirmed_fields: frozenset[str] = frozenset()) -> bytes:
    """The bytes of a logical file, without anything between or after its records.

    Raises:
        ApplicationRefused: a value does not fit, or its field is not confirmed with the court.
    """
    data, findings = _encode(file, confirmed_fields)
    if findings:
        raise ApplicationRefused(tuple(findings))
    return data


def _encode(file: ApplicationFile, confirmed: frozenset[str]) -> tuple[bytes, list[Finding]]:
    """The bytes, or what keeps them from being written."""
    parts = list(file.parts())
    faults = list(list_faults([header_part(file.header, file.belart)], confirmed))
    for path, records in parts:
        faults += [replace(f, field=f"{path}{f.field}") for f in list_faults(records, confirmed)]
    if faults:
        return b"", faults
    head = header_part(file.header, file.belart).encode(file.belart)
    body = [part.encode(file.belart) for _, records in parts for part in records]
    data = b"".join([head, *body, encode_trailer(count(file, len(body)))])
    return data, list(_list_lost(file, [path for path, _ in parts], data))


def _list_lost(file: ApplicationFile, paths: list[str], data: bytes) -> Iterator[Finding]:
    """What the file says and its bytes do not, as no record has a field for it (C11 and others)."""
    read_again = read_applications(read_physical(data)[0])
    for path, meant, written in zip(paths, file.applications, read_again.applications, strict=True):
        if meant == written:
            continue
        in_short = meant.in_short() if isinstance(meant, QueryAnswer) else meant
        for key in differences(write(in_short), write(written)):
            yield Finding("has_no_field", Severity.ERROR, f"{path}{key}")


def count(file: ApplicationFile, records: int) -> Trailer:
    """The control sums of the file."""
    trailer = Trailer(file.header.tkezi, antanz=len(file.applications), sanz=records)
    if file.belart == PAYMENT_ORDER:
        claims = [claim for app in file.applications for claim in app.claims]
        return replace(
            trailer,
            skatnr=sum(c.no or 0 for c in claims if c.kind != "free"),
            suasp=sum(c.amount or 0 for c in claims),
            aspanz=len(claims),
        )
    return replace(trailer, sugnr=sum(serial_of(n) for a in file.applications for n in _gnrs(a)))


def _gnrs(application: Any) -> tuple[str, ...]:
    numbers = getattr(application, "court_numbers", None)
    return (application.gnr,) if numbers is None else numbers


def read_applications(logical: LogicalFile) -> ApplicationFile:
    """What one of our own files says; needs a kind of `CLASSES`."""
    reader = read_payment_order if logical.belart == PAYMENT_ORDER else READERS[logical.belart]
    applications = tuple(reader(group) for group in logical.groups)
    return ApplicationFile(logical.header, logical.belart, applications)


def to_notation(file: ApplicationFile) -> dict[str, Any]:
    """The published JSON of an application file."""
    if file.belart == PAYMENT_ORDER and len(file.applications) == 1:
        return {"file": write(file.header), **write(file.applications[0])}
    default = FORMATS[file.belart]
    header = replace(
        file.header, belart="", format="" if file.header.format == default else file.header.format
    )
    listed = [write(application) for application in file.applications]
    return {"file": write(header), "belart": file.belart, "applications": listed}


def from_notation(data: dict[str, Any]) -> tuple[ApplicationFile, list[Finding]]:
    """The application file this JSON describes, and what in the JSON cannot be understood."""
    problems: list[Finding] = []
    header = read(Header, data.get("file", {}), "file.", problems)
    belart = str(data.get("belart") or header.belart or PAYMENT_ORDER)
    if belart not in CLASSES:
        problems.append(_problem("kind_not_offered", "belart", found=belart))
        return ApplicationFile(header, belart, ()), problems
    header = replace(header, belart=belart, format=header.format or FORMATS[belart])
    if "applications" in data or belart != PAYMENT_ORDER:
        applications = _listed(CLASSES[belart], data, problems)
    else:
        rest = {key: value for key, value in data.items() if key not in _ENVELOPE}
        applications = (read(PaymentOrderApplication, rest, "", problems),)
    return ApplicationFile(header, belart, applications), problems


def _listed(cls: type[Any], data: dict[str, Any], problems: list[Finding]) -> tuple[Any, ...]:
    unknown = sorted(set(data) - _ENVELOPE)
    problems.extend(_problem("key_unknown", key) for key in unknown)
    listed = data.get("applications")
    if not isinstance(listed, list) or not listed:
        problems.append(_problem("not_a_list", "applications"))
        return ()
    return tuple(
        read(cls, each, f"applications[{index}].", problems) for index, each in enumerate(listed)
    )


def _problem(code: str, path: str, **params: str | int) -> Finding:
    return Finding(code, Severity.ERROR, field=path, params=params)
