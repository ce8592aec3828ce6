"""The readiness check: each rule by one change to a genuine application."""

import ast
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import legal.de.court
from legal.de.court.eda.application import ApplicationRefused, encode_file, from_notation
from legal.de.court.eda.layouts import find_unconfirmed
from legal.de.court.eda.reading_sentences import MESSAGES as READING
from legal.de.court.eda.reading_sentences_de import SENTENCES_DE
from legal.de.court.readiness.check import check_application, check_file_form, reason, remedy
from legal.de.court.readiness.circumstances import (
    Circumstances,
    CreditFacts,
    ObjectionState,
    Performance,
)
from legal.de.court.readiness.sentences import MESSAGES, REMEDIES
from tests.legal.de.court.eda_samples import change, facts

PERSON, COMPANIES, JOINT = (
    "01-natperson-katalog11",
    "03-ag-gmbh-co-kg",
    "07-wohnraummiete-anschrift",
)
LAWYER, FREE = "12-ohne-kennziffer", "05-sonstiger-anspruch"
TODAY = date(2026, 9, 21)


def codes_of(data, confirmed=frozenset()):
    file, problems = from_notation(data)
    findings = problems or check_file_form(file, confirmed_fields=confirmed).findings
    return [(f.code, f.field) for f in findings]


def case(sample, path, value, code, field, name):
    return pytest.param(sample, path, value, code, field, id=name)


@pytest.mark.parametrize(
    ("sample", "path", "value", "code", "field"),
    [
        case(PERSON, "file.tkezi", "0779999", "kennziffer_wrong", "file.tkezi", "seven digits"),
        case(PERSON, "file.tkezi", "AB123456", "kennziffer_wrong", "file.tkezi", "letters"),
        case(
            PERSON,
            "kennsatz.pvkezi",
            "07199999",
            "kennziffer_not_of_representative",
            "kennsatz.pvkezi",
            "not a representative's number",
        ),
        case(PERSON, "file.edaid", "AB012", "edaid_wrong", "file.edaid", "short file number"),
        case(PERSON, "file.edaid", "ABC501", "edaid_of_court", "file.edaid", "the courts' range"),
        case(PERSON, "file.format", "4100", "format_wrong", "file.format", "wrong format"),
        case(PERSON, "file.edaidz", "08", "edaidz_not_ours", "file.edaidz", "the courts' field"),
        case(
            PERSON, "court.plz", "70154", "bulk_postcode", "court.plz", "bulk postcode of the court"
        ),
        case(PERSON, "court.plz", "39417", "dunning_court_unknown", "court.plz", "no such court"),
        case(
            PERSON,
            "kennsatz.vglm1",
            False,
            "declaration_not_in_application",
            "kennsatz.vglm1",
            "no declaration",
        ),
        case(
            PERSON,
            "kennsatz.swum",
            "U",
            "procedure_unknown",
            "kennsatz.procedure",
            "other procedure",
        ),
        case(
            PERSON,
            "kennsatz.own_ref",
            "R" * 31,
            "reference_long",
            "kennsatz.own_ref",
            "reference too long for the enforcement order",
        ),
        case(
            PERSON,
            "kennsatz.own_ref",
            "R" * 36,
            "too_long",
            "kennsatz.own_ref",
            "reference too long",
        ),
        case(
            PERSON,
            "kennsatz.joint_debtors",
            True,
            "joint_debtors_alone",
            "kennsatz.joint_debtors",
            "joint debtors alone",
        ),
        case(
            JOINT,
            "kennsatz.joint_debtors",
            False,
            "joint_debtors_not_said",
            "kennsatz.joint_debtors",
            "joint debtors not said",
        ),
        case(
            COMPANIES,
            "applicants.0.representatives",
            [],
            "representative_missing",
            "applicants[0].representatives",
            "GmbH without representative",
        ),
        case(
            COMPANIES,
            "defendants.0.representatives",
            [],
            "representative_missing",
            "defendants[0].representatives",
            "GmbH & Co KG without representative",
        ),
        case(
            COMPANIES,
            "defendants.0.representatives",
            [{"function": "Geschäftsführer", "name": "Max Muster"}],
            "partner_company_missing",
            "defendants[0].representatives[0].function",
            "general partner missing",
        ),
        case(
            COMPANIES,
            "defendants.0.representatives",
            [{"function": "Muster GmbH", "name": ""}],
            "partner_officer_missing",
            "defendants[0].representatives",
            "officer missing",
        ),
        case(
            COMPANIES,
            "applicants.0.representatives.0.function",
            "Hausmeister",
            "function_unusual",
            "applicants[0].representatives[0].function",
            "unusual function",
        ),
        case(
            COMPANIES,
            "applicants.0.representatives.0.name",
            "",
            "missing",
            "applicants[0].representatives[0].name",
            "representative without name",
        ),
        case(
            COMPANIES,
            "applicants.0.rechtsform",
            "",
            "legal_form_missing",
            "applicants[0].rechtsform",
            "no legal form",
        ),
        case(
            COMPANIES,
            "applicants.0.rechtsform",
            "XYZ",
            "legal_form_unknown",
            "applicants[0].rechtsform",
            "unknown legal form",
        ),
        case(
            PERSON,
            "defendants.0.rechtsform",
            "GmbH",
            "salutation_and_legal_form",
            "defendants[0].rechtsform",
            "person with a legal form",
        ),
        case(
            PERSON,
            "defendants.0.anrede",
            "7",
            "salutation_unknown",
            "defendants[0].anrede",
            "unknown salutation",
        ),
        case(PERSON, "defendants.0.n2", "", "missing", "defendants[0].n2", "no surname"),
        case(
            PERSON,
            "defendants.0.n2",
            "Müller-É",
            "character_not_admitted",
            "defendants[0].n2",
            "letter outside the list",
        ),
        case(PERSON, "defendants.0.n1", "M" * 36, "too_long", "defendants[0].n1", "name too long"),
        case(
            PERSON,
            "defendants.0.street",
            "Postfach 12",
            "address_not_servable",
            "defendants[0].street",
            "post-office box",
        ),
        case(
            PERSON,
            "defendants.0.street",
            "Hauptstraße",
            "house_number_missing",
            "defendants[0].street",
            "no house number",
        ),
        case(
            PERSON,
            "defendants.0.plz",
            "4109",
            "postcode_wrong",
            "defendants[0].plz",
            "four-digit postcode",
        ),
        case(
            PERSON,
            "defendants.0.country",
            "D",
            "country_of_germany",
            "defendants[0].country",
            "D for Germany",
        ),
        case(
            PERSON,
            "defendants.0.country",
            "CH",
            "defendant_abroad",
            "defendants[0].country",
            "defendant abroad",
        ),
        case(
            PERSON,
            "defendants.0.prozessgericht",
            ...,
            "trial_court_missing",
            "defendants[0].prozessgericht",
            "no trial court",
        ),
        case(
            PERSON,
            "defendants.0.prozessgericht.pgm",
            "5",
            "trial_court_kind_unknown",
            "defendants[0].prozessgericht.pgm",
            "unknown kind of court",
        ),
        case(
            PERSON,
            "defendants.0.prozessgericht.plz",
            "70154",
            "bulk_postcode",
            "defendants[0].prozessgericht.plz",
            "bulk postcode of the trial court",
        ),
        case(
            PERSON,
            "applicants.0.prozessgericht",
            {"pgm": "1"},
            "has_no_field",
            "applicants[0].prozessgericht",
            "entry without a field",
        ),
        case(
            PERSON,
            "representative_case",
            ...,
            "missing",
            "representative_case.order_date",
            "no day of instruction",
        ),
        case(
            PERSON,
            "representative_case.order_date",
            "2026-10-01",
            "day_in_future",
            "representative_case.order_date",
            "instructed tomorrow",
        ),
        case(
            PERSON,
            "representative_case.remuneration",
            "63.00",
            "field_unconfirmed",
            "representative_case.remuneration",
            "remuneration unconfirmed",
        ),
        case(
            PERSON,
            "representative_case.vat_rate",
            "19.00",
            "field_unconfirmed",
            "representative_case.vat_rate",
            "VAT rate unconfirmed",
        ),
        case(
            PERSON,
            "bank_account",
            {"iban": "DE02120300000000202051"},
            "has_no_field",
            "bank_account.iban",
            "bank account has no known record",
        ),
        case(
            LAWYER,
            "kennsatz.pvkezi",
            "07799999",
            "representative_given_twice",
            "representative",
            "representative twice",
        ),
        case(
            LAWYER,
            "representative.anrede",
            "8",
            "no_rvg_fields",
            "representative_case.credit_vv2300",
            "agency with lawyers' fields",
        ),
        case(
            LAWYER,
            "representative_case.credit_vv2300",
            ...,
            "credit_missing",
            "representative_case.credit_vv2300",
            "no credit of the business fee",
        ),
        case(
            LAWYER, "ancillary.VV23", "900.00", "cost_above_cap", "ancillary.VV23", "above the cap"
        ),
        case(
            LAWYER,
            "ancillary.INKB",
            "50.00",
            "field_unconfirmed",
            "ancillary.INKB.amount",
            "collection costs unconfirmed",
        ),
        case(
            LAWYER,
            "ancillary.AUSK",
            "5.00",
            "field_unconfirmed",
            "ancillary.AUSK.amount",
            "enquiry costs unconfirmed",
        ),
        case(
            LAWYER,
            "ancillary.MAHNK",
            {"amount": "5.00", "rate": "5.000", "mark": "B"},
            "field_unconfirmed",
            "ancillary.MAHNK.rate",
            "interest on costs unconfirmed",
        ),
        case(
            LAWYER,
            "ancillary.MAHNK",
            {"amount": "5.00", "rate": "5.000"},
            "rate_and_mark_together",
            "ancillary.MAHNK.rate",
            "rate without mark",
        ),
        case(
            LAWYER, "ancillary.MAHNK", "0.00", "amount_not_positive", "ancillary.MAHNK", "no costs"
        ),
        case(PERSON, "claims", [], "missing", "claims", "no claim"),
        case(
            PERSON, "claims.0.no", 47, "catalogue_number_unknown", "claims[0].no", "unknown number"
        ),
        case(
            PERSON, "claims.0.kind", "other", "claim_kind_unknown", "claims[0].kind", "unknown kind"
        ),
        case(
            PERSON,
            "claims.0.amount",
            "0.00",
            "amount_not_positive",
            "claims[0].amount",
            "amount zero",
        ),
        case(PERSON, "claims.0.amount", ..., "missing", "claims[0].amount", "no amount"),
        case(PERSON, "claims.0.from", ..., "missing", "claims[0].from", "no day"),
        case(
            PERSON,
            "claims.0.from",
            "2026-10-01",
            "day_in_future",
            "claims[0].from",
            "claim of tomorrow",
        ),
        case(
            PERSON,
            "claims.0.to",
            "2025-09-14",
            "period_reversed",
            "claims[0].to",
            "period reversed",
        ),
        case(
            PERSON,
            "claims.0.invoice_no",
            ...,
            "invoice_number_missing",
            "claims[0].invoice_no",
            "invoice not individualised",
        ),
        case(
            PERSON,
            "claims.0.ground",
            "Kontoauszug",
            "balance_not_individualised",
            "claims[0].ground",
            "a bare balance",
        ),
        case(
            PERSON,
            "claims.0.no",
            28,
            "contract_type_missing",
            "claims[0].contract_type",
            "damages without contract type",
        ),
        case(
            PERSON,
            "claims.0.contract_type",
            "KAUF",
            "extra_not_possible",
            "claims[0].contract_type",
            "contract type elsewhere",
        ),
        case(
            PERSON,
            "claims.0.property",
            {"plz": "04109", "place": "Leipzig"},
            "extra_not_possible",
            "claims[0].property",
            "flat with a sale",
        ),
        case(
            PERSON, "claims.0.no", 70, "period_missing", "claims[0].to", "day care without period"
        ),
        case(
            PERSON,
            "claims.0.text",
            "Text",
            "only_with_free_text",
            "claims[0].text",
            "text with a number",
        ),
        case(
            PERSON,
            "claims.0.consumer_credit",
            {"date": "2024-01-01", "rate": "5.000"},
            "field_unconfirmed",
            "claims[0].consumer_credit.date",
            "consumer credit unconfirmed",
        ),
        case(
            PERSON,
            "claims.0.second_no",
            "12",
            "field_unconfirmed",
            "claims[0].second_no",
            "second catalogue number",
        ),
        case(
            JOINT,
            "claims.0.property",
            ...,
            "property_missing",
            "claims[0].property",
            "rent without flat",
        ),
        case(JOINT, "claims.0.to", ..., "period_missing", "claims[0].to", "rent without period"),
        case(FREE, "claims.0.text", "x" * 164, "too_long", "claims[0].text", "free text too long"),
        case(
            FREE,
            "claims.0.invoice_no",
            "R1",
            "only_with_catalogue",
            "claims[0].invoice_no",
            "number with free text",
        ),
        case(
            PERSON,
            "claims.0.interest.0.mark",
            "X",
            "interest_mark_unknown",
            "claims[0].interest[0].mark",
            "unknown mark",
        ),
        case(
            PERSON,
            "claims.0.interest.0.mark",
            ...,
            "missing",
            "claims[0].interest[0].mark",
            "no mark",
        ),
        case(
            PERSON,
            "claims.0.interest.0.rate",
            "18.000",
            "rate_unusual",
            "claims[0].interest[0].rate",
            "fixed rate too high",
        ),
        case(
            PERSON,
            "claims.0.interest.0.base_amount",
            "5000.01",
            "interest_base_wrong",
            "claims[0].interest[0].base_amount",
            "interest on more than the claim",
        ),
        case(
            PERSON,
            "claims.0.interest.0.from",
            "2025-09-14",
            "interest_before_claim",
            "claims[0].interest[0].from",
            "interest before the claim",
        ),
        case(
            PERSON,
            "claims.0.interest.0.per",
            "2",
            "interest_only_per_year",
            "claims[0].interest[0].per",
            "monthly interest",
        ),
        case(
            PERSON,
            "claims.0.interest",
            [
                {"rate": "5", "mark": "B", "from": "2025-10-15"},
                {"rate": "5", "mark": "B", "from": "2025-12-01"},
            ],
            "interest_overlaps",
            "claims[0].interest",
            "overlapping interest",
        ),
        case(
            PERSON,
            "claims.0.interest",
            [
                {"rate": "5", "mark": "B", "from": f"2025-1{i}-01", "to": f"2025-1{i}-02"}
                for i in range(3)
            ]
            + [{"rate": "5", "mark": "B"}],
            "too_many_interest_rows",
            "claims[0].interest",
            "four rows",
        ),
        case(
            PERSON,
            "claims.0.no",
            46,
            "interest_on_interest",
            "claims[0].interest",
            "interest on interest",
        ),
        case(
            PERSON,
            "computed_interest",
            {"from": "2025-10-15", "to": "2025-12-31", "amount": "1.00"},
            "interest_computed_and_running",
            "computed_interest",
            "interest claimed twice",
        ),
        case(PERSON, "claims.0.preis", "1", "key_unknown", "claims[0].preis", "unknown entry"),
        case(
            PERSON,
            "claims.0.amount",
            "12,50",
            "value_unreadable",
            "claims[0].amount",
            "decimal comma",
        ),
        case(PERSON, "file.date", "21.09.2026", "value_unreadable", "file.date", "German date"),
        case(PERSON, "claims", "none", "not_a_list", "claims", "not a list"),
    ],
)
def test_one_change_brings_one_finding(sample, path, value, code, field):
    assert (code, field) in codes_of(change(facts(sample), path, value))


def test_six_defendants_are_too_many():
    data = facts(JOINT)
    data["defendants"] = data["defendants"][1:] * 6
    assert ("too_many_defendants", "defendants") in codes_of(data)


def test_all_problems_are_said_at_once():
    data = change(facts(COMPANIES), "applicants.0.representatives", [])
    data = change(data, "claims.0.no", 47)
    data = change(data, "defendants.0.plz", "1")
    found = {code for code, _ in codes_of(data)}
    assert {"representative_missing", "catalogue_number_unknown", "postcode_wrong"} <= found


def test_claimed_amount_is_refused_until_its_field_is_confirmed_and_then_written():
    data = change(facts(LAWYER), "ancillary", {"INKB": "63.00"})
    file, _ = from_notation(data)
    with pytest.raises(ApplicationRefused) as refused:
        encode_file(file)
    assert [f.field for f in refused.value.findings] == ["ancillary.INKB.amount"]
    written = encode_file(file, confirmed_fields=frozenset({"C32.INKBET"}))
    assert b"01INKB 000000006300" in written


def test_rent_covers_the_flat_of_its_ancillary_costs():
    data = facts(JOINT)
    extra = {
        "kind": "catalogue",
        "no": 20,
        "from": "2025-06-01",
        "to": "2025-08-31",
        "amount": "90.00",
    }
    data["claims"].append(extra)
    assert codes_of(data) == []
    data["claims"] = [extra]
    assert ("property_missing", "claims[0].property") in codes_of(data)


@pytest.mark.parametrize("no", [36, 42, 61])
def test_reference_takes_the_place_of_the_invoice_number(no):
    data = change(facts(PERSON), "claims.0.no", no)
    data["claims"][0]["reference"] = data["claims"][0].pop("invoice_no")
    assert codes_of(data) == []
    data["claims"][0]["invoice_no"] = "R-1"
    assert [code for code, _ in codes_of(data)] == ["given_twice"]
    del data["claims"][0]["invoice_no"], data["claims"][0]["reference"]
    assert ("reference_missing", "claims[0].invoice_no") in codes_of(data)


FULL = Circumstances(
    performance=Performance.RENDERED,
    performance_declared_on=date(2026, 8, 1),
    applicant_state="DE-SN",
    letter_sent_on=date(2026, 8, 1),
    letter_has_information=True,
    notice_ends_on=date(2026, 8, 20),
    objection=ObjectionState.NONE,
    limitation_ends_on=date(2028, 12, 31),
    default_since=date(2026, 7, 1),
    power_of_attorney=True,
)


def duties(known, sample=PERSON):
    file, _ = from_notation(facts(sample))
    return check_application(file, known, as_of=TODAY)


def test_case_with_everything_done_is_ready():
    readiness = duties(FULL)
    assert readiness.findings == ()
    assert readiness.is_ready()


@pytest.mark.parametrize(
    ("known", "code", "is_error"),
    [
        pytest.param({"performance": None}, "declaration_missing", True, id="never pre-ticked"),
        pytest.param(
            {"performance": Performance.OUTSTANDING},
            "performance_outstanding",
            True,
            id="not yet performed",
        ),
        pytest.param(
            {"performance": Performance.NOT_DEPENDENT},
            "declaration_differs",
            True,
            id="file says otherwise",
        ),
        pytest.param({"performance_declared_on": None}, "declaration_undated", True, id="undated"),
        pytest.param({"currency": "CHF"}, "not_in_euro", True, id="foreign currency"),
        pytest.param({"address_known": False}, "publication_needed", True, id="address unknown"),
        pytest.param({"applicant_state": None}, "seat_unknown", True, id="seat unknown"),
        pytest.param({"applicant_state": "DE-BW"}, "court_not_competent", True, id="other court"),
        pytest.param(
            {"applicant_state": "DE-NW"}, "olg_district_missing", True, id="NRW undivided"
        ),
        pytest.param({"letter_sent_on": None}, "letter_missing", True, id="no letter"),
        pytest.param(
            {"letter_has_information": False}, "information_missing", True, id="§ 13a RDG"
        ),
        pytest.param({"notice_ends_on": TODAY}, "notice_running", True, id="notice ends today"),
        pytest.param({"notice_ends_on": None}, "notice_unknown", False, id="notice unknown"),
        pytest.param({"default_since": None}, "default_unknown", False, id="default unknown"),
        pytest.param({"objection": None}, "objection_unknown", False, id="nobody asked"),
        pytest.param(
            {"objection": ObjectionState.OPEN}, "objection_open", False, id="open objection"
        ),
        pytest.param(
            {"objection": ObjectionState.GENUINE}, "objection_genuine", False, id="genuine"
        ),
        pytest.param({"holds": ("insolvency",)}, "hold_leaves_time", True, id="hold"),
        pytest.param(
            {"holds": ("insolvency",), "limitation_conservative_on": date(2026, 11, 20)},
            "hold_stands",
            False,
            id="hold while limitation is near",
        ),
        pytest.param({"limitation_ends_on": None}, "limitation_unknown", False, id="no limitation"),
        pytest.param(
            {"limitation_ends_on": date(2026, 9, 20)}, "time_barred", False, id="yesterday"
        ),
        pytest.param(
            {"limitation_conservative_on": date(2026, 9, 20)},
            "perhaps_time_barred",
            False,
            id="barred on a careful count",
        ),
        pytest.param(
            {"limitation_ends_on": date(2026, 11, 20)}, "limitation_near", False, id="near"
        ),
        pytest.param(
            {"invoices_in_claim": {0: 3}}, "invoices_not_individualised", True, id="bundle"
        ),
        pytest.param({"power_of_attorney": None}, "power_of_attorney_missing", True, id="no power"),
        pytest.param(
            {"consumer_credit": CreditFacts(date(2025, 8, 1), Decimal("6.00"))},
            "consumer_credit_missing",
            True,
            id="credit not in the file",
        ),
        # The base rate from July 2025 is 1.27: 13.27 is the limit.
        pytest.param(
            {"consumer_credit": CreditFacts(date(2025, 8, 1), Decimal("13.28"))},
            "credit_too_expensive",
            True,
            id="credit above the limit",
        ),
    ],
)
def test_duty_that_is_not_done_is_found(known, code, is_error):
    readiness = duties(replace(FULL, **known))
    found = readiness.errors if is_error else readiness.warnings
    assert code in [f.code for f in found]
    if is_error:
        assert not readiness.is_ready({code: "weil"})


def test_credit_at_the_limit_is_admitted():
    known = replace(FULL, consumer_credit=CreditFacts(date(2025, 8, 1), Decimal("13.27")))
    assert "credit_too_expensive" not in [f.code for f in duties(known).findings]


def test_open_objection_can_be_overridden_with_a_reason_only():
    readiness = duties(replace(FULL, objection=ObjectionState.OPEN))
    assert not readiness.is_ready()
    assert not readiness.is_ready({"objection_open": "  "})
    assert readiness.is_ready({"objection_open": "Verjährung am 31.12.2026"})


def test_enclosed_list_individualises_bundled_invoices():
    known = replace(FULL, invoices_in_claim={0: 3}, list_enclosed=True)
    assert duties(known).is_ready()


@pytest.mark.parametrize(("letters", "expected"), [(1, True), (2, False)])
def test_reminder_costs_courts_would_strike(letters, expected):
    known = replace(FULL, reminder_letters=letters)
    found = [f.code for f in duties(known, LAWYER).findings]
    assert ("reminder_costs_high" in found) is expected


def test_every_finding_has_a_reason_and_a_remedy():
    assert set(MESSAGES) == set(REMEDIES)
    data = change(facts(PERSON), "claims.0.no", 47)
    file, _ = from_notation(data)
    for finding in check_file_form(file).findings:
        assert "{" not in reason(finding) + remedy(finding)


def test_every_code_in_the_source_has_its_sentences():
    folder = Path(legal.de.court.__file__).parent
    used = {"checks": set(), "reading": set()}
    for path in folder.glob("*.py"):
        kind = "checks" if path.name.startswith(("check", "readiness", "notation")) else "reading"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                first = node.args[0] if node.args else None
                if name in {"error", "warning", "_find", "_problem"} and isinstance(
                    first, ast.Constant
                ):
                    used[kind].add(first.value)
    assert used["checks"] <= set(MESSAGES), used["checks"] - set(MESSAGES)
    assert used["reading"] <= set(READING) | set(MESSAGES)
    assert set(READING) == set(SENTENCES_DE)


@pytest.mark.parametrize("name", sorted(find_unconfirmed()))
def test_unconfirmed_field_is_known_by_the_name_to_confirm(name):
    record, _, field = name.partition(".")
    assert record
    assert field
