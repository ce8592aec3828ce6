"""Damaged and unknown records are reported with their place; the rest is still read."""

from datetime import date

import pytest

from legal.de.court.eda.replies import read_file
from tests.factories import court_replies as court
from tests.legal.de.court.eda_samples import eda, facts, records_of

SENT = date(2026, 10, 20)
NAME = "01-natperson-katalog11"
GNRS = ["26000001111", "26000002222", "26000003333"]


def three_messages(lines: bool) -> list[bytes]:
    """The records of a file with three service notes, framed."""
    file = court.CourtFile("05", SENT, fmt="4000")
    for number, gnr in enumerate(GNRS):
        note = court.service_note(SENT, gnr, f"REF-{number}", "05", served_on=SENT)
        file.add(*note.messages[0], gnrs=[gnr])
    data = file.encode(lines=lines)
    return [data[i : i + 128] for i in range(0, len(data), 128)]


def read_one(data: bytes):
    (read,) = read_file(data)
    return read, [(f.code, f.line) for f in read.findings]


@pytest.mark.parametrize("lines", [True, False], ids=["lines", "stream"])
@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda r: r[:60] + r[70:], id="ten bytes lost"),
        pytest.param(lambda r: r[:60] + b"XYZ" + r[60:], id="three bytes too many"),
    ],
)
def test_damaged_head_loses_its_own_message_only(lines, damage):
    records = three_messages(lines)
    records[4] = damage(records[4])  # The head of the second message.
    read, codes = read_one(b"".join(records))
    assert [m.message.gnr for m in read.messages] == [GNRS[0], GNRS[2]]
    assert ("record_damaged", 5) in codes
    assert ("record_without_head", 6) in codes
    assert ("record_without_head", 7) in codes
    assert any(code == "sum_differs" for code, _ in codes)
    # Nothing of the second message was given to the first one.
    assert len(read.logical.groups[0].entries) == 3


@pytest.mark.parametrize("lines", [True, False], ids=["lines", "stream"])
def test_damaged_record_inside_a_message_marks_it(lines):
    records = three_messages(lines)
    records[5] = records[5][:40] + records[5][44:]
    read, codes = read_one(b"".join(records))
    assert [m.message.gnr for m in read.messages] == GNRS
    assert [m.damaged for m in read.messages] == [False, True, False]
    assert codes == [("record_damaged", 6)]


def test_unknown_record_is_kept_and_the_message_read():
    records = three_messages(lines=False)
    records.insert(5, court.record("05NEU  01", [(9, "etwas")]).encode("cp858"))
    read, codes = read_one(b"".join(records))
    assert len(read.messages) == 3
    assert ("record_unknown", 6) in codes
    assert b"05NEU" in read.messages[1].raw


def test_unreadable_field_is_named_with_its_position():
    records = three_messages(lines=False)
    records[1] = records[1][:65] + b"26XX20" + records[1][71:]
    (read,) = read_file(b"".join(records))
    (finding,) = read.findings
    assert (finding.code, finding.field, finding.line) == ("field_unreadable", "ZUD", 2)
    assert finding.params["position"] == 66
    assert read.messages[0].damaged
    assert read.messages[0].message.own_ref == "REF-0"


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        pytest.param(b"", ["file_empty"], id="empty"),
        pytest.param(b"\r\n\x1a", ["file_empty"], id="only line ends"),
        pytest.param(b"Sehr geehrte Damen und Herren", ["header_missing"], id="a letter"),
    ],
)
def test_what_is_no_court_file_is_said(data, codes):
    (read,) = read_file(data)
    assert [f.code for f in read.findings][:1] == codes
    assert read.is_damaged


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(lambda r: r[:-1], "trailer_missing", id="trailer cut off"),
        pytest.param(lambda r: r[1:], "header_missing", id="header cut off"),
        pytest.param(
            lambda r: [*r[:-1], r[-1].replace("0000009", "0000008", 1)],
            "sum_differs",
            id="wrong number of records",
        ),
        pytest.param(
            lambda r: [*r[:-1], r[-1].replace("500000", "500001", 1)],
            "sum_differs",
            id="wrong sum of claims",
        ),
        pytest.param(
            lambda r: [*r[:-1], r[-1].replace("SAH00003", "SAH00004")],
            "trailer_of_another",
            id="another's trailer",
        ),
        pytest.param(lambda r: [*r[:2], "05" + r[2][2:], *r[3:]], "kind_mixed", id="mixed kinds"),
        pytest.param(
            lambda r: [r[0].replace("2101", "2199", 1), *r[1:]], "kind_unknown", id="unknown kind"
        ),
        pytest.param(
            lambda r: [r[0], r[1][:112] + "J" + r[1][113:], *r[2:]],
            "filler_not_blank",
            id="mark of unconfirmed meaning",
        ),
    ],
)
def test_files_that_are_not_whole(change, code):
    records = change(records_of(eda(NAME)))
    (read,) = read_file("".join(records).encode("cp858"))
    assert code in [f.code for f in read.findings]


def test_end_of_file_byte_and_line_end_are_tolerated():
    for ending in (b"\x1a", b"\r\n", b"\n\x1a"):
        (read,) = read_file(eda(NAME) + ending)
        assert read.in_notation() == facts(NAME)


def test_every_byte_can_be_lost_and_nothing_breaks():
    data = court.cost_note(SENT, GNRS[:1], "R", principal_cents=1, court_fee_cents=38_00).encode()
    for position in range(len(data)):
        for broken in (data[:position] + data[position + 1 :], data[:position]):
            read = read_file(broken)
            text = [f.code for each in read for f in each.findings]
            # CR and LF are interchangeable; everything else must be noticed.
            assert text or data[position : position + 1] in b"\r\n" or position > len(data) - 3
