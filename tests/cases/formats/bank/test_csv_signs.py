"""Signs and sums of exports with two columns of amounts, and headers that name their time zone."""

from cases.formats.bank.reading import read_statements

HEAD = "Buchungsdatum;Valuta;Text;Soll;Haben;Saldo;Währung\n"


def read(text):
    return read_statements(text.encode(), "bank.csv").statements[0]


def test_a_negative_debit_takes_a_debit_back():
    statement = read(
        f"{HEAD}02.10.2026;02.10.2026;Anna B;;119,00;1119,00;EUR\n"
        "03.10.2026;03.10.2026;Strom;19,00;;1100,00;EUR\n"
        "04.10.2026;04.10.2026;Storno Strom;-19,00;;1119,00;EUR\n"
    )
    assert [each.amount_cents for each in statement.entries] == [119_00, -19_00, 19_00]
    assert "balance_mismatch" not in {each.code for each in statement.findings}


def test_debits_that_are_all_written_with_a_minus_stay_debits():
    statement = read(f"{HEAD}03.10.2026;03.10.2026;Strom;-19,00;;;EUR\n")
    assert statement.entries[0].amount_cents == -19_00


def test_a_sum_under_the_purposes_holds_nothing_back():
    statement = read(
        "Buchungstag;Wertstellung;Verwendungszweck;Umsatz;Währung\n"
        "02.10.2026;02.10.2026;RE 1001;119,00;EUR\n;;Summe;119,00;EUR\n"
    )
    assert (len(statement.entries), statement.held_back) == (1, False)


def test_a_header_may_name_its_time_zone():
    statement = read(
        "Date started (UTC),Date completed (UTC),Type,State,Description,Reference,Payer,Currency,"
        "Amount\n2026-10-01,2026-10-02,TOPUP,COMPLETED,Money added,RE 1001,Anna B,EUR,119.00\n"
    )
    assert statement.entries[0].amount_cents == 119_00
    assert statement.entries[0].counterparty.name == "Anna B"
