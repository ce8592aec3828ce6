"""Lists of shops, payment services and ledgers that nobody taught us: headers, signs and pages."""

from datetime import date

from cases.formats.claims.reading import read_claims

GERMAN = "Rechnungsnummer;Rechnungsdatum;Fällig am;Name;Straße;PLZ;Ort;Betrag"
ROW = "RE1;02.03.2026;16.03.2026;Karl Muster;Weg 1;10115;Berlin;119,00"
#: What the list looks like, and what is open in its one claim.
LISTS = {
    "Xero": (
        ("ContactName,POAddressLine1,POCity,POPostalCode,POCountry,InvoiceNumber,InvoiceDate,"
        "DueDate,Total,InvoiceAmountPaid,InvoiceAmountDue,Currency,Type,Status\n"
        "Karl Muster,Weg 1,Berlin,10115,Germany,RE1,02/03/2026,16/03/2026,119.00,19.00,100.00,EUR,"
        "Sales invoice,Awaiting Payment"), 100_00),
    "Stripe": (
        ("id,Amount Due,Amount Paid,Currency,Customer Name,Number,Date (UTC),Due Date (UTC),Status,"
        "Customer Address Line1,Customer Address Postal Code,Customer Address City\n"
        "in_1,119.00,0.00,eur,Karl Muster,RE1,2026-03-02 10:00,2026-03-16 10:00,open,Weg 1,10115,"
        "Berlin"), 119_00),
    "a shop": (
        ("orderNumber;documentNumber;documentDate;dueDate;billingFirstName;billingLastName;"
        "billingStreet;billingZipcode;billingCity;amountTotal;amountPaid;currency\n"
        "9;RE1;2026-03-02;2026-03-16;Karl;Muster;Weg 1;10115;Berlin;119.00;0.00;EUR"), 119_00),
    "QuickBooks": (
        ("Date,Transaction Type,Num,Customer,Due Date,Amount,Open Balance,Billing Street,"
        "Billing City,Billing ZIP\n"
        '02.03.2026,Invoice,RE1,Karl Muster,16.03.2026,"119,00","100,00",Weg 1,Berlin,10115'),
        100_00),
    "an amount called euro": (f"{GERMAN.replace('Betrag', 'EUR')}\n{ROW}", 119_00),
    "carets": (f"{GERMAN}\n{ROW}".replace(";", "^"), 119_00),
    "months in words": (
        f"{GERMAN}\n{ROW}".replace("02.03.2026", "02-Mar-26").replace("16.03.2026", "16. Mär 26"),
        119_00),
    "printed pages": (f"{GERMAN}\n{ROW}\nÜbertrag;;;;;;;119,00\nSeite 2;;;;;;;\n{GERMAN}", 119_00),
}  # fmt: skip


def test_lists_of_programs_that_nobody_taught_us():
    wrong = []
    for name, (text, cents) in LISTS.items():
        read = read_claims(text.encode(), "list.csv", as_of=date(2026, 11, 28))
        (row,) = read.rows or [None]
        found = row and (
            row.invoice_number, str(row.invoiced_on), str(row.due_on), row.debtor.name,
            row.debtor.street, row.debtor.postcode, row.debtor.city, row.open_cents,
        )  # fmt: skip
        wanted = ("RE1", "2026-03-02", "2026-03-16", "Karl Muster", "Weg 1", "10115", "Berlin")
        if found != (*wanted, cents):
            wrong.append((name, found, [each.code for each in read.findings]))
    assert wrong == []


def test_a_department_is_no_part_of_a_name():
    head = GERMAN.replace("Name", "Name1;Name2")
    departments = ("Abt. Einkauf", "z. Hd. Frau Meier", "Buchhaltung", "c/o Schmidt")
    rows = [ROW.replace("Karl Muster", f"Muster GmbH;{each}") for each in departments]
    rows.append(ROW.replace("Karl Muster", "Muster Verwaltungs;GmbH & Co. KG"))
    text = "\n".join([head, *(row.replace("RE1", f"RE{at}") for at, row in enumerate(rows))])
    read = read_claims(text.encode(), "list.csv", as_of=date(2026, 11, 28))
    assert [(row.debtor.name, row.debtor.address_extra) for row in read.rows] == [
        *(("Muster GmbH", each) for each in departments),
        ("Muster Verwaltungs GmbH & Co. KG", None),
    ]


def test_what_is_no_name_and_no_number_is_asked_for_and_a_town_may_hold_its_postcode():
    head, row = GERMAN.replace(";PLZ", ""), ROW.replace(";10115;Berlin", ";10115 Berlin")
    wrong = {
        "12345": "name_is_none", "karl@muster.example": "name_is_none", "Karl Muster": None,
        "Ng": None, "1.23E+11": "number_shortened", "1,2E+05": "number_shortened", "R1E+5": None,
    }  # fmt: skip
    for value, code in wrong.items():
        place = "Karl Muster" if code in {"name_is_none", None} and "E+" not in value else "RE1"
        read = read_claims(f"{head}\n{row.replace(place, value)}".encode(), "list.csv")
        found = {each.code for each in read.rows[0].findings}
        assert found & {"name_is_none", "number_shortened"} == ({code} if code else set()), value
        assert (read.rows[0].debtor.postcode, read.rows[0].debtor.city) == ("10115", "Berlin")
