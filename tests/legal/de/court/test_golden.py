"""Genuine files come out byte for byte, and go back to the facts they were made from."""

import json

import pytest

from legal.de.court.eda.application import (
    ApplicationRefused,
    encode_file,
    from_notation,
    read_applications,
    to_notation,
)
from legal.de.court.eda.grouping import read_physical
from legal.de.court.eda.replies import read_file
from legal.de.court.readiness.check import check_file_form
from tests.legal.de.court.eda_samples import GENUINE, eda, facts


@pytest.mark.parametrize("name", GENUINE)
def test_facts_become_the_genuine_bytes(name):
    file, problems = from_notation(facts(name))
    assert not problems
    assert check_file_form(file).findings == ()
    assert encode_file(file) == eda(name)


@pytest.mark.parametrize("name", GENUINE)
def test_genuine_bytes_become_the_facts(name):
    (logical,) = read_physical(eda(name))
    assert logical.findings == []
    assert to_notation(read_applications(logical)) == facts(name)


@pytest.mark.parametrize("name", GENUINE)
def test_what_is_read_can_be_encoded_again(name):
    (read,) = read_file(eda(name))
    file, problems = from_notation(json.loads(json.dumps(read.in_notation())))
    assert not problems
    assert encode_file(file) == eda(name)


def test_worked_example_needs_the_field_it_uses_confirmed():
    (read,) = read_file(eda("worked_example"))
    file, _ = from_notation(read.in_notation())
    with pytest.raises(ApplicationRefused) as refused:
        encode_file(file)
    assert [f.field for f in refused.value.findings] == ["representative_case.remuneration"]
    confirmed = frozenset({"C10.IKUBET"})
    assert encode_file(file, confirmed_fields=confirmed) == eda("worked_example")


def test_several_files_in_one_transmission_are_read_one_by_one():
    read = read_file(eda(GENUINE[0]) + eda(GENUINE[1]))
    assert [each.in_notation() for each in read] == [facts(GENUINE[0]), facts(GENUINE[1])]


@pytest.mark.parametrize("name", GENUINE)
def test_lines_of_126_characters_say_the_same_as_the_stream(name):
    data = eda(name)
    lines = b"".join(data[i : i + 126] + b"\r\n" for i in range(0, len(data), 128))
    (read,) = read_file(lines)
    assert read.in_notation() == facts(name)


def test_court_message_of_the_test_exchange():
    (read,) = read_file(eda("court-03-anonymised-test-exchange"))
    (message,) = read.in_notation()["messages"]
    assert message["event"] == "mb_issued"
    assert (message["gnr"], message["own_ref"]) == ("26111111100", "00029/26")
    assert message["date"] == "2026-09-30"
    # Half a fee for 5,192.78 EUR is 96.50, a full lawyer's fee 414.00: GKG and RVG of June 2025.
    assert message["court_fee"] == "96.50"
    assert message["lawyer_fee"] == "414.00"
    assert message["lawyer_expenses"] == "20.00"
    assert message["payment"]["amount"] == "96.50"
    assert message["payment"]["payee"] == "Landesoberkasse Baden-Württemberg"
    codes = [finding.code for finding in read.findings]
    assert codes == ["costs_one_byte_right", "field_unreadable"]
    assert read.in_notation()["trailer"]["sugnr"] == 1111111
