"""What the invented dunning court sends: files of 128-character records, as courts exchange them.

Offsets are those of the published record descriptions (EDA); code page 858, lines of 126.
"""

from collections.abc import Sequence
from datetime import date

KENNZIFFER = "07599999"
COURT_IBAN = "DE02120300000000202051"
Places = Sequence[tuple[int, str]]


def cost_note(day: date, number: str, own_ref: str, principal_cents: int, fee_cents: int) -> bytes:
    """03: the payment order was issued, with the court's bill."""
    head = [
        (9, KENNZIFFER), (17, number), (28, "0" * 44), (72, own_ref), (107, _ymd(day)),
        (113, f"{principal_cents:010d}"),
    ]  # fmt: skip
    costs = f"{'0' * 8}{fee_cents:07d}{'0' * 48}"
    return _file(
        "03", "4100", day, [number],
        [
            _record("03KS   00", head),
            _record("03AUSGB00", [(9, costs)]),
            _record("03ZAW  01", [(9, "Landeskasse (erfunden)"), (63, COURT_IBAN)]),
            _record("03ZAW  02", [(9, f"{fee_cents:07d}"), (16, number)]),
        ],
        principal_cents,
    )  # fmt: skip


def service_note(day: date, number: str, own_ref: str, kind: str, reason: str = "") -> bytes:
    """05: served (05, enforcement order 08) or not served (06, with the reason)."""
    served = "" if reason else _ymd(day)
    records = [
        _record(
            "05KS   00", [(9, KENNZIFFER), (17, number), (28, own_ref), (63, kind), (65, served)]
        )
    ]
    if reason:
        records.append(_record("05NZUG 01", [(9, "1"), (11, reason)]))
    return _file("05", "4000", day, [number], records)


def opposition(day: date, number: str, own_ref: str, value_cents: int) -> bytes:
    """18: the whole order is opposed."""
    return _file(
        "18", "4000", day, [number],
        [
            _record(
                "18KS   00",
                [(9, KENNZIFFER), (17, number), (28, own_ref), (63, "GG 7"),
                 (98, f"{value_cents:011d}"), (109, "0" * 15)],
            ),
            _record(
                "18WIPG 00",
                [(9, "1"), (41, "1"), (42, "22765"), (47, "Hamburg"), (77, _ymd(day))],
            ),
        ],
    )  # fmt: skip


def enforcement_order(
    day: date, number: str, own_ref: str, principal_cents: int, fee_cents: int
) -> bytes:
    """22: the enforcement order was issued."""
    head = [
        (9, KENNZIFFER), (17, number), (72, own_ref), (107, _ymd(day)),
        (113, f"{principal_cents:010d}"),
    ]  # fmt: skip
    costs = f"{'0' * 8}{fee_cents:07d}{'0' * 48}"
    records = [_record("22KS   00", head), _record("22AUSGB00", [(9, costs)])]
    return _file("22", "4000", day, [number], records, principal_cents)


def receipt(day: date, file_number: str) -> bytes:
    """90: the file has arrived; it names no application."""
    records = [_record("90QU   00", [(9, f"Datei {file_number} eingegangen")])]
    return _file("90", "4000", day, [], records, edaid=file_number)


def _file(
    kind: str, version: str, day: date, numbers: Sequence[str], records: Sequence[str],
    principal_cents: int = 0,
    edaid: str = "HFM501",
) -> bytes:  # fmt: skip
    head = _record(
        "AA",
        [(2, KENNZIFFER), (10, _ymd(day)), (16, kind), (18, KENNZIFFER), (26, version),
         (30, edaid), (36, "08")],
    )  # fmt: skip
    serials = sum(int(number[2:9]) for number in numbers)
    end = _record(
        "BB",
        [(2, KENNZIFFER), (10, f"{1:07d}"), (17, f"{len(records):07d}"), (24, "0" * 7),
         (31, f"{principal_cents:014d}"), (45, f"{serials:015d}")],
    )  # fmt: skip
    lines = (each[:126].encode("cp858") + b"\r\n" for each in (head, *records, end))
    return b"".join(lines)


def _record(key: str, places: Places) -> str:
    line = list(key.ljust(128))
    for offset, text in places:
        line[offset : offset + len(text)] = text
    return "".join(line)


def _ymd(day: date) -> str:
    return f"{day:%y%m%d}"
