"""More rules of the readiness check, by one change each, and those of the later applications."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from legal.de.court.eda.application import (
    encode_file,
    from_notation,
    read_applications,
    to_notation,
)
from legal.de.court.eda.grouping import read_physical
from legal.de.court.readiness.check import check_application, check_file_form
from legal.de.court.readiness.circumstances import Circumstances, CreditFacts, ObjectionState
from tests.legal.de.court.eda_samples import change, facts

PERSON, COMPANIES, JOINT = (
    "01-natperson-katalog11",
    "03-ag-gmbh-co-kg",
    "07-wohnraummiete-anschrift",
)
LAWYER, FREE, ASSIGNED = "12-ohne-kennziffer", "05-sonstiger-anspruch", "09-abtretung"


def codes_of(data, confirmed=frozenset()):
    file, problems = from_notation(data)
    findings = problems or check_file_form(file, confirmed_fields=confirmed).findings
    return [(f.code, f.field) for f in findings]


def case(sample, path, value, code, field, name):
    return pytest.param(sample, path, value, code, field, id=name)


REP = {"function": "Betreuer", "name": "Eva Recht"}


@pytest.mark.parametrize(
    ("sample", "path", "value", "code", "field"),
    [
        case(
            PERSON,
            "kennsatz.askezi",
            "04512347",
            "applicant_given_twice",
            "applicants",
            "applicant by number and written out",
        ),
        case(PERSON, "applicants", [], "missing", "applicants", "no applicant"),
        case(PERSON, "defendants", [], "missing", "defendants", "no defendant"),
        case(
            PERSON,
            "kennsatz.askezi",
            "0451234",
            "kennziffer_wrong",
            "kennsatz.askezi",
            "applicant's number too short",
        ),
        case(
            PERSON,
            "defendants.0.representatives",
            [REP],
            "representative_address_missing",
            "defendants[0].representatives[0].street",
            "guardian without address",
        ),
        case(
            COMPANIES,
            "applicants.0.representatives",
            [REP] * 7,
            "too_many_representatives",
            "applicants[0].representatives",
            "seven representatives",
        ),
        case(
            PERSON,
            "applicants.0",
            {
                "anrede": "B",
                "rechtsform": "GmbH",
                "n1": "WEG Ring 1",
                "street": "Ring 1",
                "plz": "01067",
                "place": "Dresden",
            },
            "representative_missing",
            "applicants[0].representatives",
            "owners without administrator",
        ),
        case(
            PERSON,
            "defendants.0",
            {
                "rechtsform": "Stadt",
                "n1": "Stadt Leipzig",
                "street": "Ring 1",
                "plz": "04109",
                "place": "Leipzig",
            },
            "representative_perhaps_missing",
            "defendants[0].representatives",
            "city",
        ),
        case(
            PERSON,
            "defendants.0",
            {
                "rechtsform": "Phantasie",
                "n1": "X",
                "street": "Ring 1",
                "plz": "04109",
                "place": "Leipzig",
            },
            "representative_perhaps_missing",
            "defendants[0].representatives",
            "unknown form",
        ),
        case(
            PERSON,
            "defendants.0",
            {
                "rechtsform": "GmbH",
                "n1": "X GmbH",
                "street": "Ring 1",
                "plz": "1010",
                "place": "Wien",
                "country": "A",
            },
            "representative_perhaps_missing",
            "defendants[0].representatives",
            "company abroad",
        ),
        case(
            PERSON,
            "defendants.0.prozessgericht.plz",
            "0427",
            "postcode_wrong",
            "defendants[0].prozessgericht.plz",
            "trial court's postcode",
        ),
        case(PERSON, "court.place", "", "missing", "court.place", "dunning court without place"),
        case(
            LAWYER,
            "representative.anrede",
            "x",
            "salutation_unknown",
            "representative.anrede",
            "unknown kind of representative",
        ),
        case(
            LAWYER,
            "representative.rechtsform",
            "GmbH",
            "only_for_company_representatives",
            "representative.rechtsform",
            "lawyer with a legal form",
        ),
        case(
            LAWYER,
            "representative",
            {
                "anrede": "8",
                "name": "I GmbH",
                "street": "Ring 1",
                "plz": "01099",
                "place": "Dresden",
                "representatives": [REP, REP],
            },
            "too_many_representatives",
            "representative.representatives",
            "two officers of an agency",
        ),
        case(
            LAWYER,
            "representative.representatives",
            [REP],
            "field_unconfirmed",
            "representative.representatives[0].function",
            "officer of the representative",
        ),
        case(
            PERSON,
            "kennsatz.pvkezi",
            None,
            "representative_unnamed",
            "representative_case",
            "nobody this could belong to",
        ),
        case(
            PERSON,
            "representative_case.remuneration",
            "0.00",
            "remuneration_waived",
            "representative_case.remuneration",
            "remuneration waived",
        ),
        case(
            LAWYER,
            "ancillary.INKB",
            "50.00",
            "agency_and_lawyer",
            "ancillary.INKB",
            "agency and lawyer",
        ),
        case(
            LAWYER,
            "ancillary.AUSL",
            {"other_amount": "3.00"},
            "missing",
            "ancillary.AUSL.reason",
            "outlay without reason",
        ),
        case(
            LAWYER,
            "ancillary.AUSL",
            {"reason": "Porto"},
            "missing",
            "ancillary.AUSL",
            "outlay without amount",
        ),
        case(
            LAWYER,
            "ancillary.ANF",
            "3.00",
            "missing",
            "ancillary.ANF.reason",
            "other without reason",
        ),
        case(
            PERSON,
            "claims.0.no",
            90,
            "period_missing",
            "claims[0].to",
            "contribution without period",
        ),
        case(
            PERSON,
            "claims.0.interest.0.from",
            "2026-09-22",
            "day_in_future",
            "claims[0].interest[0].from",
            "interest from tomorrow",
        ),
        case(
            PERSON,
            "claims.0.interest.0.to",
            "2025-10-14",
            "period_reversed",
            "claims[0].interest[0].to",
            "interest reversed",
        ),
        case(
            PERSON,
            "claims.0.interest.0.rate",
            "0.000",
            "amount_not_positive",
            "claims[0].interest[0].rate",
            "no rate",
        ),
        case(
            PERSON,
            "claims.0.interest",
            [{"rate": "5", "mark": "B"}, {"rate": "9", "mark": "B"}],
            "interest_overlaps",
            "claims[0].interest",
            "two rows from service on",
        ),
        case(
            ASSIGNED,
            "computed_interest.amount",
            "0.00",
            "amount_not_positive",
            "computed_interest.amount",
            "no computed interest",
        ),
        case(ASSIGNED, "computed_interest.to", ..., "missing", "computed_interest.to", "no end"),
        case(
            ASSIGNED,
            "computed_interest.to",
            "2024-12-31",
            "period_reversed",
            "computed_interest.to",
            "computed interest reversed",
        ),
        case(
            ASSIGNED,
            "computed_interest.to",
            "2026-10-01",
            "day_in_future",
            "computed_interest.to",
            "computed into the future",
        ),
        case(
            ASSIGNED,
            "claims.0.assignment.name",
            "",
            "missing",
            "claims[0].assignment.name",
            "assignment by nobody",
        ),
        case(PERSON, "belart", "30", "kind_not_offered", "belart", "opposition is not ours"),
        case(PERSON, "kennsatz", 3, "not_an_object", "kennsatz", "not an object"),
        case(
            PERSON, "kennsatz.vglm1", "ja", "value_unreadable", "kennsatz.vglm1", "yes is no mark"
        ),
    ],
)
def test_one_change_brings_one_finding(sample, path, value, code, field):
    assert (code, field) in codes_of(change(facts(sample), path, value))


def test_ten_free_claims_and_seven_applicants_are_too_many():
    data = facts(FREE)
    data["claims"] *= 10
    data["applicants"] *= 7
    found = codes_of(data)
    assert ("too_many_free_claims", "claims") in found
    assert ("too_many_applicants", "applicants") in found


def test_interest_arrears_beside_their_claim_are_doubted():
    data = facts(PERSON)
    arrears = {
        "kind": "catalogue",
        "no": 46,
        "invoice_no": "Z-1",
        "from": "2025-01-01",
        "to": "2025-06-30",
        "amount": "10.00",
    }
    data["claims"].append(arrears)
    assert ("interest_arrears_with_claim", "claims[1].no") in codes_of(data)


def test_several_applications_in_one_file_need_their_own_references_and_one_court():
    one, other = facts(PERSON), facts(COMPANIES)
    header = one.pop("file")
    other.pop("file")
    one["kennsatz"]["own_ref"] = other["kennsatz"]["own_ref"] = "R-1"
    other["court"] = {"plz": "70190", "place": "Stuttgart"}
    data = {"file": header, "belart": "01", "applications": [one, other]}
    assert {c for c, _ in codes_of(data)} == {"reference_repeated", "several_courts"}
    other["claims"][0]["no"] = 47
    assert ("catalogue_number_unknown", "applications[1].claims[0].no") in codes_of(data)


def test_file_without_applications_is_incomplete():
    assert ("not_a_list", "applications") in codes_of(
        {"file": {}, "belart": "01", "applications": []}
    )


def later(belart, **application):
    header = {"tkezi": "07799999", "date": "2026-10-01", "edaid": "ABC012"}
    given = {"gnr": "26000001111", "own_ref": "R-1", **application}
    return {"file": header, "belart": belart, "applications": [given]}


ADDRESS = {"n1": "Max", "street": "Ring 1", "plz": "04109", "place": "Leipzig"}
ITEM = {"fschl": "012", "feldn": "AGPLZ", "index1": "01", "inhalt": "04109"}
ECHO = {"application_date": "2026-09-01", "application_kind": "01", "date": "2026-10-01"}


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        pytest.param(later("07"), "missing", "defendant", id="07 without defendant"),
        pytest.param(
            later("07", gnr="123", defendant=ADDRESS),
            "value_not_possible",
            "gnr",
            id="07 court number too short",
        ),
        pytest.param(
            later("07", defendant={**ADDRESS, "street": "Postfach 1"}),
            "address_not_servable",
            "defendant.street",
            id="07 post-office box",
        ),
        pytest.param(
            later("10", defendant=ADDRESS, other_costs="5.00"),
            "missing",
            "other_costs_reason",
            id="10 costs without reason",
        ),
        pytest.param(
            later("07", defendant={**ADDRESS, "n4": "Teil 4"}),
            "field_unconfirmed",
            "defendant.n4",
            id="07 name part 4 unconfirmed",
        ),
        pytest.param(later("08"), "missing", "date", id="08 without date"),
        pytest.param(
            later("08", date="2026-10-01", own_ref="R" * 31),
            "too_long",
            "own_ref",
            id="08 reference too long",
        ),
        pytest.param(
            later("08", date="2026-10-01", service="post"),
            "word_unknown",
            "service",
            id="08 unknown service",
        ),
        pytest.param(
            later("08", date="2026-10-01", other_costs="1.00"),
            "missing",
            "other_costs_reason",
            id="08 costs without reason",
        ),
        pytest.param(
            later("08", date="2026-10-01", payments=[{"date": "2026-09-01"}]),
            "missing",
            "payments[0].amount",
            id="08 payment without amount",
        ),
        pytest.param(
            later("08", date="2026-10-01", payments=[{"date": "2026-10-02", "amount": "1.00"}]),
            "day_in_future",
            "payments[0].date",
            id="08 payment of tomorrow",
        ),
        pytest.param(
            later("08", date="2026-10-01", payments=[{"date": "2026-09-01", "amount": "0.00"}]),
            "amount_not_positive",
            "payments[0].amount",
            id="08 payment of nothing",
        ),
        pytest.param(
            later(
                "08", date="2026-10-01", payments=[{"date": "2026-09-01", "amount": "1.00"}] * 13
            ),
            "too_many_payments",
            "payments",
            id="08 thirteen payments",
        ),
        pytest.param(
            later("08", date="2026-10-01", further_outlays=[{"amount": "1.00", "reason": "x"}] * 3),
            "too_many_outlays",
            "further_outlays",
            id="08 three outlays",
        ),
        pytest.param(
            later("08", date="2026-10-01", further_outlays=[{"amount": "1.00"}]),
            "missing",
            "further_outlays[0].reason",
            id="08 outlay without reason",
        ),
        pytest.param(
            later("08", date="2026-10-01", defendant={**ADDRESS, "prozessgericht": {"pgm": "1"}}),
            "has_no_field",
            "defendant.prozessgericht.pgm",
            id="08 has no trial court",
        ),
        pytest.param(later("20", **ECHO), "missing", "items", id="20 without items"),
        pytest.param(later("20", items=[ITEM]), "missing", "date", id="20 without date"),
        pytest.param(
            later("20", date="2026-10-01", items=[ITEM]),
            "echo_incomplete",
            "application_date",
            id="20 without the court's own entries",
        ),
        pytest.param(
            later("20", **ECHO, items=[ITEM], gnr="", own_ref=""),
            "missing",
            "gnr",
            id="20 for nobody",
        ),
        pytest.param(
            later("20", **ECHO, items=[ITEM], gnrs=["26000002222"]),
            "given_twice",
            "gnr",
            id="20 with two first numbers",
        ),
        pytest.param(
            later("20", **ECHO, items=[ITEM], gnrs=["26000001111"] * 6),
            "too_many_defendants",
            "gnrs",
            id="20 for six defendants",
        ),
        pytest.param(
            later("20", **ECHO, items=[{**ITEM, "inhalt": ""}]),
            "missing",
            "items[0].inhalt",
            id="20 without answer",
        ),
        pytest.param(
            later("25", gnr="", kind="withdrawal"),
            "court_number_needed",
            "gnr",
            id="25 without court number",
        ),
        pytest.param(later("25", kind="over"), "word_unknown", "kind", id="25 unknown kind"),
        pytest.param(
            later("25", kind="resolved", original="fax"),
            "word_unknown",
            "original",
            id="25 unknown original",
        ),
        pytest.param(later("29", gnr=""), "missing", "gnr", id="29 without court number"),
    ],
)
def test_later_application_with_one_gap(data, code, field):
    assert (code, f"applications[0].{field}") in codes_of(data)


REPRESENTED = {
    "new_representatives": [
        {
            "function": "Geschäftsführer",
            "name": "A",
            "street": "Ring 2",
            "plz": "04109",
            "place": "Leipzig",
        }
    ],
    "receiving_representatives": [{"function": "Liquidator", "name": "B"}],
}


@pytest.mark.parametrize(
    ("belart", "confirmed"),
    [
        pytest.param("08", frozenset(), id="published for 08"),
        pytest.param("07", frozenset({"D05", "D06", "D07", "D08"}), id="by analogy for 07"),
    ],
)
def test_changed_representatives_come_back(belart, confirmed):
    extra = {} if belart == "08" else {"prozessgericht": {"pgm": "1", "plz": "04275", "place": "L"}}
    data = later(
        belart,
        **({"date": "2026-10-01"} if belart == "08" else {}),
        defendant={**ADDRESS, **extra, **REPRESENTED},
    )
    assert codes_of(data, confirmed) == []
    file, _ = from_notation(data)
    (logical,) = read_physical(encode_file(file, confirmed_fields=confirmed))
    assert logical.findings == []
    assert (
        to_notation(read_applications(logical))["applications"] == to_notation(file)["applications"]
    )
    if confirmed:
        assert "field_unconfirmed" in {code for code, _ in codes_of(data)}


def test_officer_of_the_representative_comes_back_when_confirmed():
    agent = {
        "anrede": "8",
        "name": "Inkasso GmbH",
        "rechtsform": "GmbH",
        "street": "Ring 1",
        "plz": "01099",
        "place": "Dresden",
        "representatives": [{"function": "GF", "name": "A"}],
    }
    data = change(facts(LAWYER), "representative", agent)
    data["representative_case"] = {"order_date": "2026-08-01", "remuneration": "63.00"}
    data["ancillary"] = {"INKB": "63.00"}
    confirmed = frozenset({"C09", "C10.IKUBET", "C32"})
    file, _ = from_notation(data)
    assert not check_file_form(file, confirmed_fields=confirmed).errors
    (logical,) = read_physical(encode_file(file, confirmed_fields=confirmed))
    back = to_notation(read_applications(logical))
    assert back["representative"] == agent
    assert back["ancillary"] == {"INKB": "63.00"}


def test_name_parts_three_and_four_have_their_own_record():
    data = facts(PERSON)
    data["defendants"][0] |= {"n3": "Zusatz drei", "n4": "Zusatz vier"}
    file, _ = from_notation(data)
    written = encode_file(file)
    assert b"01AG   02Zusatz drei" in written
    (logical,) = read_physical(written)
    assert to_notation(read_applications(logical)) == data


@pytest.mark.parametrize(
    ("known", "sample", "code"),
    [
        pytest.param({"objection": ObjectionState.PARTLY}, PERSON, "objection_partly", id="partly"),
        pytest.param({"applicant_state": "DE-XX"}, PERSON, "seat_unknown", id="no such state"),
        pytest.param(
            {"consumer_credit": CreditFacts(date(1990, 1, 1), Decimal(5))},
            PERSON,
            "base_rate_unknown",
            id="credit before the base rates",
        ),
    ],
)
def test_duty_in_special_cases(known, sample, code):
    file, _ = from_notation(facts(sample))
    readiness = check_application(file, replace(Circumstances(), **known), as_of=date(2026, 9, 21))
    assert code in [f.code for f in readiness.findings]


@pytest.mark.parametrize(("business", "found"), [(False, True), (True, False)])
def test_nine_points_are_for_business_claims_only(business, found):
    data = change(facts(PERSON), "claims.0.interest.0.mark", "B")
    file, _ = from_notation(data)
    known = Circumstances(business_claim=business)
    codes = [f.code for f in check_application(file, known, as_of=date(2026, 9, 21)).findings]
    assert ("margin_too_high" in codes) is found
