"""SAP's list of customer items (FBL5N) saved "unconverted": pipes, one block per customer."""

import re
from collections.abc import Iterator, Sequence

from cases.formats.claims.lists.fingerprints import fingerprint
from cases.formats.raw_table import RawRow, RawTable
from cases.formats.text import Decoded

_RULE = re.compile(r"^[-=\s|]{10,}$")
_BLOCK = re.compile(r"^([A-Za-zÄÖÜäöüß.]+(?: [A-Za-zÄÖÜäöüß.]+){0,5}) {0,3}(?:  |:) {0,100}(\S.*)$")
#: What the head of a block says about its customer, by the words of SAP in two languages.
_BLOCK_FIELDS = {
    "customer": "Customer", "kunde": "Customer", "debitor": "Customer", "konto": "Customer",
    "name": "Name", "name1": "Name", "city": "City", "ort": "City", "street": "Street",
    "strasse": "Street", "postalcode": "Postal Code", "plz": "Postal Code",
    "postleitzahl": "Postal Code", "country": "Country", "land": "Country",
}  # fmt: skip
_MARKS = {"assignment", "zuordnung", "documentno", "belegnr", "docdate", "belegdatum", "netduedt",
          "belegdat", "belegnummer", "documentnumber", "documentdate", "nettofaell"}  # fmt: skip
_MIN_MARKS = 2
#: The head of a block is a short line.
MAX_BLOCK = 500


def is_sap_list(text: str) -> bool:
    """Whether a line between pipes holds the titles of a list of items."""
    return any(_is_header(line) for line in text[:20_000].splitlines())


def _is_header(line: str) -> bool:
    if not line.lstrip().startswith("|"):
        return False
    return len(_MARKS.intersection(fingerprint(cell) for cell in _cells(line))) >= _MIN_MARKS


def read_sap_list(decoded: Decoded) -> RawTable:
    """Flatten the blocks: each item gets the customer of its block as further columns."""
    lines = decoded.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    header = next(line for line in lines if _is_header(line))
    titles = [title or f"#{place}" for place, title in enumerate(_cells(header), start=1)]
    block_columns = tuple(dict.fromkeys(_BLOCK_FIELDS.values()))
    rows = list(_items(lines, titles, block_columns))
    columns = (*titles, *block_columns)
    return RawTable("sap-fbl5n-list", decoded.encoding, columns, rows, decoded.findings)


def _items(
    lines: Sequence[str], titles: Sequence[str], block_columns: Sequence[str]
) -> Iterator[RawRow]:
    customer: dict[str, str] = {}
    inside = False  # Below the titles of a block; the next line without pipes opens a new one.
    for number, line in enumerate(lines, start=1):
        if not line.strip() or _RULE.match(line):
            continue
        if line.lstrip().startswith("|"):
            inside = True
            cells = _cells(line)
            if not (cells[0].startswith("*") or _is_header(line)) and len(cells) == len(titles):
                yield RawRow(number, [*cells, *(customer.get(c, "") for c in block_columns)])
        elif block := _BLOCK.match(line.strip()[:MAX_BLOCK]):
            customer = {} if inside else customer
            inside = False
            field = _BLOCK_FIELDS.get(fingerprint(block.group(1)))
            if field:
                customer[field] = block.group(2).strip()


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
