"""The directory of courts for litigation: read, compared, taken as a whole, and asked."""

from datetime import date

import pytest

from cases.filings.applications import drafts
from cases.filings.applications.readiness import check_filing
from cases.filings.trial_courts import directory
from cases.filings.trial_courts.directory_file import read_directory
from cases.filings.trial_courts.models import DirectoryCourt, DirectoryState
from tests.factories.court_cases import make_court_case, make_ready_filing

TODAY = date(2026, 11, 23)
HEAD = "plz;ort;gerichtsart;gericht_plz;gericht_ort;gericht_name\n"
RIGHT = HEAD + "22765;;AG;22765;Hamburg;Amtsgericht Hamburg-Altona\n22765;;LG;20355;Hamburg;\n"


def load(house, text):
    made, file = directory.propose(text.encode(), "ag.csv", "Justiz", TODAY, house.first.id)
    assert file.findings == ()
    return directory.take(made.public_id, house.second.id)


def codes(filing):
    return {finding["code"] for finding in filing.findings}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "file_empty", None),
        ("plz;gericht_ort\n", "header_missing", None),
        (HEAD + "2276;;AG;22765;Hamburg;\n", "postcode_wrong", 2),
        (HEAD + "22765;;OLG;22765;Hamburg;\n", "kind_unknown", 2),
        (HEAD + "22765;;AG;22765;;\n", "court_place_missing", 2),
        (HEAD + f"22765;;AG;22765;{'x' * 31};\n", "court_place_long", 2),
        (HEAD + "22765;;AG;22765;Hamburg;\n22765;;AG;20097;Hamburg;\n", "contradiction", 3),
        (HEAD + "1;;AG;22765;Hamburg;\n", "postcode_wrong", 2),
        (
            HEAD + "22765;;AG;22765;Hamburg;\n22765;Altona;AG;22765;Hamburg;\n",
            "place_and_whole",
            3,
        ),
    ],
)
def test_each_mistake_is_named_with_its_line(text, code, line):
    found = read_directory(text.encode())
    assert [(f.code, f.line) for f in found.findings] == [(code, line)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("apart", [";", ",", "\t"])
def test_a_list_is_read_however_it_was_saved(encoding, apart):
    text = "PLZ;Gerichtsart;Gericht_PLZ;Gericht_Ort\n80335;Amtsgericht;80335;München\n"
    found = read_directory(text.replace(";", apart).encode(encoding))
    assert [row.court for row in found.rows] == [("80335", "München")]


def test_binary_is_refused_in_words():
    assert read_directory(bytes(range(256)) * 50).findings


def test_a_wrong_file_keeps_nothing_and_changes_nothing(house, database):
    load(house, RIGHT)
    made, file = directory.propose(
        (HEAD + "x;;AG;22765;Hamburg;\n").encode(), "b.csv", "Justiz", TODAY, house.first.id
    )
    assert made is None
    assert len(file.findings) == 1
    assert database.query(DirectoryCourt).count() == 2
    assert len(directory.list_versions()) == 1


def test_a_directory_replaces_the_one_before_as_a_whole_and_its_file_is_kept(house, database):
    first = load(house, RIGHT)
    later = HEAD + "22765;;AG;22761;Hamburg;\n80335;;AG;80335;München;\n"
    made, _ = directory.propose(later.encode(), "c.csv", "Justiz", TODAY, house.first.id)
    found = directory.compare(made)
    assert [(a.court, b.court) for a, b in found.changed] == [
        (("22765", "Hamburg"), ("22761", "Hamburg"))
    ]
    assert [row.postcode for row in found.added] == ["80335"]
    assert [row.kind for row in found.gone] == ["2"]
    directory.take(made.public_id, house.second.id)
    assert first.state is DirectoryState.REPLACED
    assert database.query(DirectoryCourt).count() == 2
    assert directory.directory_bytes(first) == RIGHT.encode()
    with pytest.raises(directory.DirectoryTaken):
        directory.take(made.public_id, house.second.id)
    directory.take(first.public_id, house.second.id)  # Back to the one before.
    assert directory.find_current().id == first.id


def test_without_a_directory_a_typed_court_is_marked_as_unchecked(house):
    case = make_court_case(house, postcode="22765", city="Hamburg")
    filing = make_ready_filing(house, case)
    assert "trial_court_unchecked" in codes(filing)
    assert filing.errors == 0
    load(house, RIGHT)
    check_filing(filing)
    assert codes(filing).isdisjoint({"trial_court_unchecked", "trial_court_unlisted"})


@pytest.mark.parametrize(
    ("cents", "court"),
    [
        (10_000_00, {"pgm": "1", "plz": "22765", "place": "Hamburg"}),
        (10_000_01, {"pgm": "2", "plz": "20355", "place": "Hamburg"}),
    ],
)
def test_the_court_is_taken_from_the_directory_by_value_and_postcode(house, cents, court):
    load(house, RIGHT)
    case = make_court_case(house, principal_cents=cents, postcode="22765", city="Hamburg")
    filing = drafts.recommend(case.id, "refuses")
    assert check_filing(filing).notation["defendants"][0]["prozessgericht"] == court
    assert "trial_court_missing" not in codes(filing)


def test_another_court_than_the_directory_names_needs_a_reason(house):
    load(house, RIGHT)
    case = make_court_case(house, postcode="22765", city="Hamburg")
    filing = make_ready_filing(house, case)
    drafts.enter(filing, {"defendants[0].prozessgericht.plz": "20097"})
    assert "trial_court_not_named" in codes(filing)
    assert filing.errors == 1
    drafts.give_reason(filing, "trial_court_not_named", "Gerichtsstand vereinbart, § 38 ZPO")
    assert filing.errors == 0


def test_a_postcode_of_several_courts_is_decided_by_the_place_or_by_legal(house):
    load(house, HEAD + "22765;Altona;AG;22765;Hamburg;\n22765;Mitte;AG;20355;Hamburg;\n")
    here = make_court_case(house, postcode="22765", city="ALTONA")
    filing = drafts.recommend(here.id, "refuses")
    court = check_filing(filing).notation["defendants"][0]["prozessgericht"]
    assert court["plz"] == "22765"
    other = make_court_case(house, "Petersen", postcode="22765", city="Hamburg")
    filing = drafts.recommend(other.id, "refuses")
    assert "prozessgericht" not in check_filing(filing).notation["defendants"][0]


def test_a_postcode_that_is_not_listed_is_said(house):
    load(house, HEAD + "80335;;AG;80335;München;\n")
    assert "trial_court_unlisted" in codes(make_ready_filing(house))
