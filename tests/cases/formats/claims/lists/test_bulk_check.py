"""The check by columns and the check row by row give the same verdicts, always."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cases.formats.claims.lists.bulk_check as bulk
from cases.formats.claims.conventions import decide_conventions
from cases.formats.claims.rows import check_rows
from cases.formats.raw_table import RawRow, RawTable
from legal.findings import Finding, Severity

AS_OF = date(2026, 11, 23)
TEXTS = ["", " ", "A", "Müller", "Müller  Bau", " Max", "Max\u202e", "x" * 300, "Zoë", "O'Neil",
         "Łukasz & Söhne AG", "Stadt Köln", "İnan", "naïve e.K.", "Straße ſ", "名", "a\tb", "€uro",
         "MÜLLER GMBH", "Inh. Karl", "\u00ad", "5\" Rohr", "Weg 1;2"]  # fmt: skip
DAYS = ["", "01.03.2026", "1.3.26", "31.02.2026", "2026-03-01", "20260301", "01032026",
        "03/04/2026",
        "13/04/2026", "31.12.9999", "01.01.1989", "23.11.2026", "22.11.2026", "01.03.26", "46000",
        "2026-3-1", " 01.03.2026", "01.03.2026 ", "29.02.2024", "31.12.79", "01.01.80",
        "20262020", "31.12.2023", "01.01.2024", "30.06.2022"]  # fmt: skip
AMOUNTS = ["", "1,00", "119,00", "1.190,00", "1,190.00", "1'190.00", "1.190", "0,00", "-1,00",
           "1,00-", "12", "12,5", "12.5", "0,001", "1.000.000,01", "1.000.000,00", "99999999999,99",
           "1,00 €", " 1,00", "x", "0012,00", "9999999999,00", "1.19"]  # fmt: skip
POSTCODES = ["", "01067", "1010", "8001", "A-1010", "O1067", "123456", "75001", "٠١٠٦٧", " 01067"]
COUNTRIES = ["", "DE", "Deutschland", "A", "Schweiz", "FR", "NO", "Atlantis", "de", " DE"]
IBANS = ["", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "DE89370400440532013001",
         "AT611904300234573201", "de89370400440532013000", "DE00370400440532013000",
         "DE0237040044053201300", "IBANDE89370400440532013000",
         "DE89\u00a0370400440532013000"]  # fmt: skip
EMAILS = ["", "a@example.org", "a@", "a b@example.org", "ä@example.org", "a@b.co.uk", "a@b..de"]
CELLS = {
    "invoice_number": ["R-1", "R-2", "", "x" * 61, "ř-9", "R 3", "r-1"], "invoiced_on": DAYS,
    "due_on": DAYS, "reminded_on": DAYS, "currency": ["", "EUR", "CHF", "€", "eur", "JPY", "Taler"],
    "total": AMOUNTS, "paid": AMOUNTS, "open": AMOUNTS, "debit": AMOUNTS, "credit": AMOUNTS,
    "account": ["", "10001", "0000010001", "K-1", "000"], "name": TEXTS, "first_name": TEXTS,
    "name_suffix": TEXTS, "address_extra": TEXTS,
    "street": [*TEXTS, "Postfach 12 34", "p.o. box 7", "Postfachweg 3"],
    "house_number": ["", "1", "3a"],
    "postcode": POSTCODES, "city": TEXTS, "postcode_city": ["", "01067 Dresden"],
    "country": COUNTRIES, "email": EMAILS, "phone": ["", "+49 351 1", "x" * 61], "iban": IBANS,
    "vat_id": ["", "DE136695976", "DE1"], "register_number": ["", "123"], "leitweg_id": ["", "x"],
    "text": TEXTS, "document_type": ["", "RV", "GS"], "dunning_level": ["", "2"],
}  # fmt: skip
#: Mostly good cells, so that many rows are plain and one bad cell stands alone.
GOOD = {
    "invoice_number": "R-77", "invoiced_on": "01.03.2026", "due_on": "31.03.2026",
    "total": "119,00", "open": "119,00", "debit": "119,00", "name": "Max Mustermann",
    "street": "Weg 1", "postcode": "01067", "city": "Dresden",
}  # fmt: skip


@st.composite
def tables(draw):
    fields = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, unique=True))
    fields = list(dict.fromkeys([*fields, *draw(st.sampled_from([(), tuple(GOOD)]))]))
    rows = []
    for line in range(1, draw(st.integers(2, 30))):
        good = {name: GOOD.get(name, "") for name in fields}
        changed = draw(st.lists(st.sampled_from(fields), max_size=2))
        cells = good | {name: draw(st.sampled_from(CELLS[name])) for name in changed}
        rows.append(RawRow(line, list(cells.values())))
    return RawTable("csv", "utf-8", tuple(fields), rows, currency=draw(st.sampled_from(
        ["EUR", "CHF", "JPY"])))  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables(), st.sampled_from([None, AS_OF]))
def test_both_ways_give_the_same_rows_and_findings(table, as_of):
    mapping = {name: name for name in table.columns}
    conventions = decide_conventions(table, mapping, as_of)
    one_by_one = list(check_rows(table, mapping, conventions))
    assert check_all(table, mapping, conventions) == one_by_one


@pytest.mark.deep
def test_a_million_rows_get_the_same_verdict():
    """The long form: random columns and cells in tables of a thousand rows."""
    seed = random.randrange(10**9)
    chance = random.Random(seed)
    for _ in range(1_000):
        fields = list(dict.fromkeys([*GOOD, *chance.sample(sorted(CELLS), 4)]))
        fields = chance.sample(fields, chance.randint(len(fields) - 3, len(fields)))
        rows = [RawRow(line, random_cells(chance, fields)) for line in range(1, 1_001)]
        table = RawTable("csv", "utf-8", tuple(fields), rows, currency="EUR")
        mapping = {name: name for name in fields}
        conventions = decide_conventions(table, mapping, chance.choice([None, AS_OF]))
        expected = list(check_rows(table, mapping, conventions))
        assert bulk.check_table(table, mapping, conventions) == expected, seed


def random_cells(chance, fields):
    """A row that is good but for two cells."""
    changed = chance.sample(fields, 2)
    return [
        chance.choice(CELLS[name]) if name in changed else GOOD.get(name, "") for name in fields
    ]


def check_all(table, mapping, conventions):
    """The check by columns, however short the table is."""
    few = bulk.WORTH_IT
    bulk.WORTH_IT = 0
    try:
        return bulk.check_table(table, mapping, conventions)
    finally:
        bulk.WORTH_IT = few


def test_every_cell_of_the_catalogue_by_itself():
    """Not left to chance: each cell above once, in a row that is good otherwise."""
    for name, cells in CELLS.items():
        fields = tuple(dict.fromkeys([*GOOD, name]))
        if name in {"debit", "credit"}:
            fields = tuple(f for f in (*fields, "debit") if f not in {"total", "paid"})
            fields = tuple(dict.fromkeys(fields))
        else:
            fields = tuple(f for f in fields if f != "debit")
        rows = [
            RawRow(line, list(({f: GOOD.get(f, "") for f in fields} | {name: cell}).values()))
            for line, cell in enumerate(cells, start=1)
        ]
        table = RawTable("csv", "utf-8", fields, rows, currency="EUR")
        mapping = {field: field for field in fields}
        conventions = decide_conventions(table, mapping, AS_OF)
        expected = list(check_rows(table, mapping, conventions))
        assert check_all(table, mapping, conventions) == expected, name


def test_plain_rows_do_not_meet_the_schema(monkeypatch):
    """The quick way is really taken: of 600 rows only the bad one is checked one by one."""
    met = []

    def counting(table, mapping, conventions):
        met.extend(row.line for row in table.rows)
        return check_rows(table, mapping, conventions)

    monkeypatch.setattr(bulk, "check_rows", counting)
    fields = tuple(name for name in GOOD if name != "debit")
    rows = [RawRow(line, [GOOD[name] for name in fields]) for line in range(600)]
    rows[5] = replace(rows[5], cells=["R-5", "31.02.2026", *rows[5].cells[2:]])
    rows[9] = replace(rows[9], findings=(Finding("quotes_broken", Severity.ERROR, line=9),))
    table = RawTable("csv", "utf-8", fields, rows, currency="EUR")
    mapping = {name: name for name in fields}
    checked = bulk.check_table(table, mapping, decide_conventions(table, mapping, AS_OF))
    assert met == [5, 9]
    assert [row.line for row in checked] == list(range(600))
