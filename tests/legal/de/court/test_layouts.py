"""Every record description and every field of it."""

from datetime import date
from decimal import Decimal

import pytest

from legal.de.court.eda.layouts import find_unconfirmed, layouts

SAMPLE_VALUES = {
    "text": "Ä1",
    "upper": "AB",
    "mark": True,
    "digits": "7",
    "gnr": "26111111100",
    "number": 5,
    "amount": 1234,
    "rate": Decimal("5.000"),
    "percent": Decimal("19.00"),
    "date": date(2026, 10, 12),
}
FIELDS = [
    pytest.param(layout, field, id=f"{layout.record}.{field.name}@{field.offset}")
    for layout in layouts().values()
    for field in layout.fields
    if field.attribute
]


@pytest.mark.parametrize("layout", layouts().values(), ids=lambda la: la.record)
def test_fields_fill_the_record_without_gap_or_overlap(layout):
    position = 2 if layout.record in {"AA", "BB"} else 9
    assert len(layout.key) == (2 if position == 2 else 7)
    for field in layout.fields:
        assert field.offset == position
        position += field.length
    assert position == 128


@pytest.mark.parametrize(("layout", "field"), FIELDS)
def test_field_is_written_at_its_place_alone_and_read_back(layout, field):
    value = SAMPLE_VALUES[field.kind]
    if isinstance(value, str) and field.length < len(value):
        value = value[: field.length]
    if field.kind == "amount" and field.length < 4:
        value = 9
    belart = min(layout.belarts)
    empty = layout.encode(belart, {})
    written = layout.encode(belart, {field.attribute: value})
    start, end = field.offset, field.offset + field.length
    assert len(written) == 128
    assert written[:start] == empty[:start]
    assert written[end:] == empty[end:]
    values, faults = layout.decode(written)
    assert not faults
    expected = value.rjust(field.length, "0") if field.kind == "digits" else value
    assert values[field.attribute] == expected


# Places stated in words in the record descriptions, counted from 0.
@pytest.mark.parametrize(
    ("record", "field", "offset", "length"),
    [
        ("C01", "TGZ", 9, 35),
        ("C01", "ASKEZI", 44, 8),
        ("C01", "PVKEZI", 52, 8),
        ("C01", "MGPLZ", 60, 5),
        ("C01", "MGO", 65, 30),
        ("C01", "MGGNR", 95, 11),
        ("C01", "SWUM", 106, 1),
        ("C01", "AGGMM", 107, 1),
        ("C01", "VGLM1", 108, 1),
        ("C01", "VGLM2", 109, 1),
        ("C01", "ASTRVM", 114, 1),
        ("C02", "ASN1", 45, 35),
        ("C10", "ASPVAUFD", 44, 6),
        ("C10", "IKUBET", 69, 7),
        ("C10", "VORSTM", 80, 1),
        ("C20", "ASPBET", 103, 10),
        ("E01", "ASGZ", 28, 30),
        ("L01", "ASGZ", 72, 35),
        ("L02", "GERGEB", 17, 7),
        ("L04", "ZBET", 9, 7),
        ("O01", "ASTRVM", 124, 1),
    ],
)
def test_fields_stand_where_the_papers_say(record, field, offset, length):
    found = next(f for f in layouts()[record].fields if f.name == field)
    assert (found.offset, found.length) == (offset, length)


def test_attributes_of_a_record_are_unique():
    for layout in layouts().values():
        names = [field.attribute for field in layout.fields if field.attribute]
        assert len(names) == len(set(names)), layout.record


def test_fields_of_low_confidence_are_the_known_ones():
    unconfirmed = set(find_unconfirmed())
    assert {"C10.IKUBET", "C32.INKBET", "C20.ASPKAT2", "C33.VV2300STW", "C29.ZISATZ"} <= unconfirmed
    assert not unconfirmed & {"C29.MAHNK", "C28.VPBET", "C33.VV2300BET", "C10.ASPVMBAUSL"}
