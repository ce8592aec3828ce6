"""The first and last record of a file (Dateivorsatz AA, Dateinachsatz BB) and its control sums."""

# ruff: noqa: RUF009 - these functions are spellings of dataclasses.field.

import datetime
from dataclasses import dataclass

from legal.de.court.eda.layouts import layouts
from legal.de.court.eda.notation import cents, day, number, text
from legal.de.court.eda.records import Part, part

#: The version of the record description for each kind of application.
FORMATS = {
    "01": "4000",
    "07": "4100",
    "08": "4100",
    "10": "4100",
    "20": "4000",
    "25": "4000",
    "29": "4000",
}
#: A physical file holds at most this many logical files.
MOST_LOGICAL_FILES = 220


@dataclass(frozen=True, slots=True)
class Header:
    """Who sends what and when (AA); file number is `edaid`, three letters and three digits."""

    tkezi: str = text()
    date: datetime.date | None = day()
    belart: str = text()
    format: str = text()
    software: str = text("software", "swn")
    software_version: str = text("software_version", "swv")
    edaid: str = text()
    ekezi: str = text()
    edaidz: str = text()  # The issuing court in its replies, blank in applications.


@dataclass(frozen=True, slots=True)
class Trailer:
    """The control sums of a file (BB); a court refuses a file whose sums are wrong."""

    tkezi: str = text()
    antanz: int | None = number()  # Applications or messages.
    sanz: int | None = number()  # Records between AA and BB.
    skatnr: int | None = number()  # Sum of the catalogue numbers.
    suasp: int | None = cents()  # Sum of the main claims in cents.
    sugnr: int | None = number()  # Sum of the serial numbers within the court numbers.
    aspanz: int | None = number()  # Number of main claims.


def header_part(header: Header, belart: str) -> Part:
    """The first record."""
    return part("AA", "file.", header, belart=belart, format=header.format or FORMATS[belart])


def encode_trailer(trailer: Trailer) -> bytes:
    """The last record."""
    return layouts()["BB"].encode("BB", part("BB", "", trailer).values)


def serial_of(gnr: str) -> int:
    """What a court number adds to the control sum: its digits 3 to 9."""
    return int(gnr[2:9]) if gnr else 0
