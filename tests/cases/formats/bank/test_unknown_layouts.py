"""Exports of banks that nobody knows: the header's words, the cells, and what is never guessed."""

from cases.formats.bank.reading import read_statements

GERMAN = "Buchungstag;Name;Verwendungszweck;Betrag;Währung"
PAID, FEE = "02.11.2026;Muster;RE 1;100,00", "03.11.2026;Bank;Gebühr;1,50"
#: What the file looks like, and what it says: amounts, currency.
READ = {
    "a sign of its own": (
        ("Buchungstag;Auftraggeber;Verwendungszweck;Betrag;+/-;Währung\n"
        f"{PAID};+;EUR\n{FEE};-;EUR"), [100_00, -1_50], "EUR"),
    "sides under any header": (
        (f"Buchungstag;Name;Verwendungszweck;Betrag;Seite der Buchung;Währung\n"
        f"{PAID};Haben;EUR\n{FEE};Soll;EUR"), [100_00, -1_50], "EUR"),
    "English sides": (
        ("Booking Date,Counterparty,Reference,Amount,CR/DR,Ccy\n"
        "2026-11-02,Muster,RE 1,100.00,CR,CHF\n2026-11-03,Bank,Fee,1.50,DR,CHF"),
        [100_00, -1_50], "CHF"),
    "a dash that says nothing": (
        f"{GERMAN};Kategorie\n{PAID};EUR;-\n04.11.2026;Meier;RE 2;50,00;EUR;-",
        [100_00, 50_00], "EUR"),
    "the currency beside the figure": (
        ("Buchungstag;Name;Verwendungszweck;Betrag\n"
        "02.11.2026;Muster;RE 1;1.100,00 CHF\n03.11.2026;Bank;Gebühr;-1,50 CHF"),
        [1100_00, -1_50], "CHF"),
    "a currency by its sign": (
        (f"{GERMAN}\n{PAID};€\n{FEE};Euro").replace("1,50", "-1,50"), [100_00, -1_50], "EUR"),
    "income and expenses": (
        ("Datum;Bezeichnung;Einnahmen;Ausgaben\n"
        "02.11.2026;Muster RE 1;100,00 €;\n03.11.2026;Gebühr;;1,50 €"), [100_00, -1_50], "EUR"),
    "Italian": (
        ("Data contabile;Descrizione;Dare;Avere;Divisa\n"
        "02.11.2026;BONIFICO ROSSI;;1.250,00;EUR\n03.11.2026;COMMISSIONI;4,90;;EUR"),
        [1250_00, -4_90], "EUR"),
    "months in words": (
        f"{GERMAN}\n2. Nov. 2026;Muster;RE 1;100,00;EUR\n13-Dez-26;Meier;RE 2;50,00;EUR",
        [100_00, 50_00], "EUR"),
    "carets": (
        f"{GERMAN}\n{PAID};EUR\n{FEE};EUR".replace(";", "^").replace("1,50", "-1,50"),
        [100_00, -1_50], "EUR"),
}  # fmt: skip
KINDS = "Buchungstag;Buchungsart;Name;Verwendungszweck;Betrag;Währung\n"


def test_unknown_exports_are_read_with_their_signs_days_and_currency():
    wrong = []
    for name, (text, cents, currency) in READ.items():
        (statement,) = read_statements(text.encode(), "bank.csv").statements
        read = [each.amount_cents for each in statement.entries], statement.currency
        if (*read, statement.held_back) != (cents, currency, False):
            wrong.append((name, read, [each.code for each in statement.findings]))
    assert wrong == []


def test_kinds_of_payment_are_no_signs():
    read = read_statements(
        f"{KINDS}02.11.2026;Gutschrift;Muster;RE 1;100,00;EUR\n"
        "03.11.2026;Lastschrift;Bank;Gebühr;1,50;EUR\n".encode(),
        "bank.csv",
    )
    assert "side_unclear" in [each.code for each in read.findings]
    assert read.statements[0].held_back


def test_kinds_of_payment_beside_signed_amounts_hold_nothing_back():
    read = read_statements(
        f"{KINDS}02.11.2026;Gutschrift;Muster;RE 1;100,00;EUR\n"
        "03.11.2026;Lastschrift;Bank;Gebühr;-1,50;EUR\n".encode(),
        "bank.csv",
    )
    assert [each.amount_cents for each in read.statements[0].entries] == [100_00, -1_50]
    assert not read.statements[0].held_back
