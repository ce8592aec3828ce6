"""An entry is imported once: same statement twice, overlapping, reordered, intraday and day end."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cases.formats.bank.fingerprint import bookable_entries, fingerprints, join_pages
from cases.formats.bank.statement import (
    BankEntry,
    BankStatement,
    Counterparty,
    EntryStatus,
    References,
)
from legal.findings import Finding, Severity

FIRST_DAY = date(2026, 11, 2)

entries = st.builds(
    lambda day, amount, name, purpose, bank: BankEntry(
        booked_on=FIRST_DAY + timedelta(days=day),
        value_on=FIRST_DAY,
        amount_cents=amount,
        currency="EUR",
        counterparty=Counterparty(name),
        purpose=purpose,
        references=References(bank=bank),
    ),
    st.integers(0, 3),
    st.sampled_from([10_00, 50_00, -50_00]),
    st.sampled_from(["Müller", "Weiß"]),
    st.sampled_from(["Rate", "Rate 2", ""]),
    st.sampled_from([None, "NONREF", "5401192028178476", "4676978003966593", "0000000000"]),
)
days = st.lists(entries, max_size=12).map(lambda found: sorted(found, key=lambda e: e.booked_on))


def statement(found, **more):
    return BankStatement("DE89370400440532013000", "EUR", None, None, tuple(found), **more)


def import_all(*statements):
    """What the books hold after importing these statements one after another."""
    books = {}
    for each in statements:
        books.update(dict(bookable_entries(each)))
    return books


@given(days)
def test_every_entry_of_a_statement_has_a_fingerprint_of_its_own(found):
    assert len(set(fingerprints(statement(found)))) == len(found)


@given(days)
def test_same_statement_twice_books_everything_once(found):
    books = import_all(statement(found), statement(found))
    assert sorted(each.amount_cents for each in books.values()) == sorted(
        each.amount_cents for each in found
    )


@given(days, st.randoms())
def test_another_order_of_the_entries_changes_nothing(found, random):
    shuffled = random.sample(found, len(found))
    assert set(fingerprints(statement(found))) == set(fingerprints(statement(shuffled)))


@given(days, st.integers(0, 3), st.integers(0, 3))
def test_overlapping_statements_of_whole_days_book_everything_once(found, end, begin):
    early = [each for each in found if (each.booked_on - FIRST_DAY).days <= max(begin, end)]
    late = [each for each in found if (each.booked_on - FIRST_DAY).days >= min(begin, end)]
    books = import_all(statement(early), statement(late))
    assert len(books) == len(found)
    assert sum(each.amount_cents for each in books.values()) == sum(
        each.amount_cents for each in found
    )


def test_two_equal_payments_of_one_day_stay_two():
    twin = BankEntry(FIRST_DAY, FIRST_DAY, 50_00, "EUR", purpose="Rate")
    assert len(import_all(statement([twin, twin]), statement([twin, twin]))) == 2


def test_intraday_report_and_day_end_statement_tell_the_same_entry_by_the_banks_reference():
    entry = BankEntry(
        FIRST_DAY,
        FIRST_DAY,
        50_00,
        "EUR",
        purpose="Rate 2026-0001234-6",
        references=References(bank="5401192028178476"),
    )
    shorter = replace(entry, purpose="Rate", counterparty=Counterparty("Müller"))
    assert len(import_all(statement([shorter]), statement([entry]))) == 1


def test_marks_and_blanks_of_another_format_do_not_make_another_entry():
    entry = BankEntry(FIRST_DAY, FIRST_DAY, 50_00, "EUR", purpose="Rate 2026-0001234-6")
    broken = replace(entry, purpose="RATE 2026-000 1234-6")
    assert fingerprints(statement([entry])) == fingerprints(statement([broken]))


def test_another_account_amount_day_or_currency_is_another_entry():
    entry = BankEntry(FIRST_DAY, FIRST_DAY, 50_00, "EUR", references=References(bank="5401192028"))
    others = [
        replace(entry, amount_cents=-50_00),
        replace(entry, currency="CHF"),
        replace(entry, booked_on=FIRST_DAY + timedelta(days=1)),
    ]
    found = {fingerprints(statement([each]))[0] for each in [entry, *others]}
    found.add(fingerprints(replace(statement([entry]), account="other"))[0])
    assert len(found) == 5


def test_pending_entries_and_held_back_statements_book_nothing():
    entry = BankEntry(FIRST_DAY, FIRST_DAY, 50_00, "EUR")
    pending = replace(entry, status=EntryStatus.PENDING)
    assert len(bookable_entries(statement([entry, pending]))) == 1
    held = statement([entry], findings=(Finding("line_unreadable", Severity.ERROR),))
    assert bookable_entries(held) == []


def test_equal_entries_on_two_pages_of_one_statement_stay_two():
    entry = BankEntry(FIRST_DAY, FIRST_DAY, 50_00, "EUR")
    pages = [statement([entry], number="228", page=page) for page in (1, 2)]
    (whole,) = join_pages(pages)
    assert len(import_all(whole)) == 2


def test_page_delivered_twice_is_not_joined_to_itself():
    entry = BankEntry(FIRST_DAY, FIRST_DAY, 50_00, "EUR")
    page = statement([entry], number="228", page=1)
    assert len(import_all(*join_pages([page, page]))) == 1
