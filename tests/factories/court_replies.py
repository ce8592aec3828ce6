"""Court messages (EDA) as a court would send them, made independently of our own encoder.

Positions are written out by hand from the published record descriptions; nothing here uses
`legal.de.court`. Bytes are code page 858; `lines=True` frames them as courts have sent them: 126
characters and CR LF.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

Places = Sequence[tuple[int, str]]


def record(key: str, places: Places = ()) -> str:
    """A record of 128 characters with these texts at these offsets (from 0)."""
    line = list(key.ljust(128))
    for offset, text in places:
        line[offset : offset + len(text)] = text
    assert len(line) == 128, (key, len(line))
    return "".join(line)


def ymd(day: datetime.date) -> str:
    return day.strftime("%y%m%d")


def amount(cents: int, width: int) -> str:
    return f"{cents:0{width}d}"


@dataclass
class CourtFile:
    """One file of a court with messages of one kind."""

    belart: str
    sent_on: datetime.date
    tkezi: str = "07799999"
    edaid: str = "FSR501"
    court: str = "08"
    fmt: str = "4100"
    messages: list[list[str]] = field(default_factory=list)
    gnrs: list[str] = field(default_factory=list)
    principal_cents: int = 0

    def add(self, *records: str, gnrs: Sequence[str] = (), principal_cents: int = 0) -> "CourtFile":
        self.messages.append(list(records))
        self.gnrs += gnrs
        self.principal_cents += principal_cents
        return self

    def encode(self, *, lines: bool = True) -> bytes:
        body = [line for message in self.messages for line in message]
        head = record(
            "AA",
            [
                (2, self.tkezi),
                (10, ymd(self.sent_on)),
                (16, self.belart),
                (18, self.tkezi),
                (26, self.fmt),
                (30, self.edaid),
                (36, self.court),
            ],
        )
        serials = sum(int(gnr[2:9]) for gnr in self.gnrs)
        end = record(
            "BB",
            [
                (2, self.tkezi),
                (10, f"{len(self.messages):07d}"),
                (17, f"{len(body):07d}"),
                (24, "0" * 7),
                (31, amount(self.principal_cents, 14)),
                (45, f"{serials:015d}"),
            ],
        )
        return frame([head, *body, end], lines=lines)


def frame(records: Sequence[str], *, lines: bool) -> bytes:
    """Records as bytes, as a stream or as lines."""
    if not lines:
        return "".join(records).encode("cp858")
    return b"".join(r[:126].encode("cp858") + b"\r\n" for r in records)


def cost_note(
    sent_on: datetime.date,
    gnrs: Sequence[str],
    own_ref: str,
    *,
    principal_cents: int,
    court_fee_cents: int,
    lawyer_fee_cents: int = 0,
    lawyer_expenses_cents: int = 0,
    delivery_cents: int = 0,
    iban: str = "DE02120300000000202051",
    wide: bool = False,
) -> CourtFile:
    """03: the payment order was issued. `wide` moves the costs one byte to the right."""
    head = [
        (9, "07799999"),
        *((17 + 11 * i, gnr) for i, gnr in enumerate(gnrs)),
        *((17 + 11 * i, "0" * 11) for i in range(len(gnrs), 5)),
        (72, own_ref),
        (107, ymd(sent_on)),
        (113, amount(principal_cents, 10)),
    ]
    costs = (
        "0" * (9 if wide else 8)
        + amount(court_fee_cents, 7)
        + amount(delivery_cents, 4)
        + amount(lawyer_fee_cents, 9)
        + amount(lawyer_expenses_cents, 7)
        + "0" * 8
        + "0" * 10
        + "0" * 10
    )
    to_pay = court_fee_cents + delivery_cents
    return CourtFile("03", sent_on).add(
        record("03KS   00", head),
        record("03AUSGB00", [(9, costs)]),
        record("03ZAW  01", [(9, "Landesoberkasse Baden-Württ"), (36, "emberg"), (63, iban)]),
        record("03ZAW  02", [(9, amount(to_pay, 7)), (16, gnrs[0])]),
        record("03RM   00", [(9, "1"), (10, "00"), (12, "§ 66 GKG"), (27, "1"),
                             (28, "70190Stuttgart")]),
        gnrs=gnrs, principal_cents=principal_cents,
    )  # fmt: skip


def service_note(
    sent_on: datetime.date,
    gnr: str,
    own_ref: str,
    nam: str,
    *,
    served_on: datetime.date | None = None,
    reason_key: str = "",
    reason: str = "",
) -> CourtFile:
    """05: served (05, 08) or not served (06, 09)."""
    records = [
        record(
            "05KS   00",
            [
                (9, "07799999"),
                (17, gnr),
                (28, own_ref),
                (63, nam),
                (65, ymd(served_on) if served_on else ""),
            ],
        ),
        record("05AG   01", [(9, "1"), (14, "Jörg"), (49, "Weißbäcker")]),
        record("05AG   03", [(9, "Königsallee 9"), (44, "70174"), (49, "Stuttgart")]),
    ]
    if reason_key:
        records.append(record("05NZUG 01", [(9, reason_key), (11, reason[:90])]))
        if len(reason) > 90:
            records.append(record("05NZUG 02", [(9, reason[90:])]))
    return CourtFile("05", sent_on, fmt="4000").add(*records, gnrs=[gnr])


def referral(sent_on: datetime.date, gnr: str, own_ref: str) -> CourtFile:
    """16: transferred to the trial court."""
    return CourtFile("16", sent_on, fmt="4000").add(
        record(
            "16KS   00",
            [
                (9, "07799999"),
                (17, gnr),
                (28, own_ref),
                (63, ymd(sent_on)),
                (78, "1"),
                (79, "70190"),
                (84, "Stuttgart"),
            ],
        ),
        record("16AG   00", [(9, "Königsallee 9"), (44, "70174"), (49, "Stuttgart")]),
        record("16AGPV 01", [(9, "5"), (10, "Rechtsanwältin Änne Groß")]),
        record("16AGPV 02", [(9, "Ring 1"), (44, "70173"), (49, "Stuttgart")]),
        gnrs=[gnr],
    )


def opposition(
    sent_on: datetime.date,
    gnr: str,
    own_ref: str,
    *,
    extent: str = "1",
    contested_cents: int | None = None,
    value_cents: int,
    further_costs_cents: int,
    received_on: datetime.date,
    referral_requested: bool = False,
) -> CourtFile:
    """18: opposed, in full (1) or in part (2)."""
    return CourtFile("18", sent_on, fmt="4000").add(
        record(
            "18KS   00",
            [
                (9, "07799999"),
                (17, gnr),
                (28, own_ref),
                (63, "GG 7"),
                (98, amount(value_cents, 11)),
                (109, amount(further_costs_cents, 9)),
                (118, "0" * 6),
                (124, "X" if referral_requested else ""),
            ],
        ),
        record(
            "18WIPG 00",
            [
                (9, extent),
                (12, "" if contested_cents is None else amount(contested_cents, 10)),
                (41, "1"),
                (42, "70190"),
                (47, "Stuttgart"),
                (77, ymd(received_on)),
            ],
        ),
        record("18AGPV 01", [(9, "1"), (10, "Rechtsanwalt Öztürk")]),
        gnrs=[gnr],
    )


def query(
    sent_on: datetime.date,
    gnrs: Sequence[str],
    own_ref: str,
    items: Sequence[tuple[str, str, str]],
    *,
    applied_on: datetime.date,
    kind: str = "01",
) -> CourtFile:
    """20: the court asks; items are error key, field and present content."""
    numbers = [*gnrs, *["0" * 11] * (5 - len(gnrs))]
    return CourtFile("20", sent_on, fmt="4000").add(
        record(
            "20KS   00",
            [
                (9, "07799999"),
                (17, own_ref),
                *((52 + 11 * i, n) for i, n in enumerate(numbers)),
                (107, ymd(sent_on)),
                (113, ymd(applied_on)),
                (119, kind),
            ],
        ),
        *(
            record(
                "20MO   00",
                [
                    (9, key),
                    (12, name),
                    (32, "01"),
                    (34, "00"),
                    (36, "1"),
                    (37, "2"),
                    (38, "1"),
                    (39, "3"),
                    (40, content),
                ],
            )
            for key, name, content in items
        ),
        gnrs=gnrs,
    )


def enforcement_order_issued(
    sent_on: datetime.date,
    gnr: str,
    own_ref: str,
    *,
    principal_cents: int,
    court_fee_cents: int,
    interest_cents: int = 0,
    ancillary_cents: int = 0,
) -> CourtFile:
    """22: the enforcement order was issued."""
    costs = (
        "0" * 8
        + amount(court_fee_cents, 7)
        + "0" * 4
        + "0" * 9
        + "0" * 7
        + "0" * 8
        + amount(interest_cents, 10)
        + amount(ancillary_cents, 10)
    )
    return CourtFile("22", sent_on, fmt="4000").add(
        record("22KS   00", [(9, "07799999"), (17, gnr), (72, own_ref), (107, ymd(sent_on)),
                             (113, amount(principal_cents, 10))]),
        record("22AUSGB00", [(9, costs)]),
        gnrs=[gnr], principal_cents=principal_cents,
    )  # fmt: skip


def receipt(sent_on: datetime.date, *texts: str) -> bytes:
    """90: the file has arrived; no references, lines of free text."""
    file = CourtFile("90", sent_on, fmt="4000")
    file.messages = [[record("90QU   00", [(9, text)])] for text in texts]
    return file.encode()
