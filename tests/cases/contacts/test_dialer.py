"""The dialer's round trip: the list goes out, results come in once, bad rows are named."""

from datetime import date, datetime

import pytest

from cases.claims.models import HoldReason
from cases.claims.queries import list_debtors
from cases.claims.services import set_hold
from cases.contacts.dialer.columns import HEADINGS, MESSAGES
from cases.contacts.dialer.reading import read_results
from cases.contacts.dialer.services import call_list, take_results, write_list
from cases.contacts.models import ContactOutcome, NonPaymentReason
from cases.contacts.queries import list_contacts, list_open_commitments, list_open_promises
from cases.core import audit, clock
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item
from tests.factories.contacts import make_person_of
from tests.factories.planned_visits import HOURS
from tests.factories.records import debtor_details, make_agency, make_case, make_user

NOW = datetime.fromisoformat("2026-11-24T11:00:00+01:00")
ZONE = clock.local(NOW).tzinfo


@pytest.fixture
def cases(database):
    """Two cases in which a call is due, one without a number, and one whose debtor has died."""
    with clock_at(NOW), transaction():
        make_agency()
        audit.set_actor(make_user().id)
        found = []
        for name in ("Erste", "Zweite", "Ohne", "Tot"):
            case, _ = make_case(debtors=[debtor_details(name)], accepted_by=make_user())
            add_item(case, WorkQueue.STEP_DUE, "not_reached", f"call:{case.id}", happened_on="x")
            if name != "Ohne":
                make_person_of(case)
            found.append(case)
        set_hold(found[3], HoldReason.DECEASED)
        yield found


def filled(listed, *rows):
    """The list as a dialer gives it back."""
    head, *lines = listed.decode("utf-8-sig").splitlines()
    names = list(HEADINGS)
    done = []
    for line, row in zip(lines, rows, strict=True):
        cells = line.split(";")
        for name, value in row.items():
            cells[names.index(name)] = value
        done.append(";".join(cells))
    return "\r\n".join([head, *done]).encode()


def test_the_round_trip_and_the_same_file_twice(cases):
    first, second, *_ = cases
    listed = call_list(audit.actor_id(), HOURS)
    assert [row.case.id for row in listed.rows] == [first.id, second.id]
    assert listed.left_out == 2, "no number, or nobody may call there"
    assert listed.rows[0].phone == "+49 40 5550182"
    data = filled(
        write_list(listed.rows),
        {"outcome": "Zusage", "at": "24.11.2026 10:15", "seconds": "125", "identity": "ja",
         "reason": "vergessen", "promise": "400,50", "promise_on": "27.11.2026"},
        {"outcome": "rückruf", "at": "2026-11-24 10:40", "identity": "nein",
         "reason": "sagt nichts", "call_back": "25.11.2026 9:30", "note": "Chefin fragen"},
    )  # fmt: skip
    for times in (1, 2):
        results = read_results(data, ZONE)
        assert results.findings == ()
        taken = take_results(results.calls, HOURS)
        assert (taken.recorded, taken.refused) == ((2, ()) if times == 1 else (0, ()))
        assert [each.code for each in taken.findings] == ["dialer_known"] * (0 if times == 1 else 2)
    (contact,) = list_contacts(first.id)
    assert (contact.outcome, contact.reason, contact.seconds, contact.number_used) == (
        ContactOutcome.PROMISE, NonPaymentReason.FORGOT, 125, "+49 40 5550182",
    )  # fmt: skip
    assert list_open_promises(first.id)[0].due_on == date(2026, 11, 27)
    assert list_open_commitments(second.id)[0].due_at == datetime.fromisoformat(
        "2026-11-25T09:30:00+01:00"
    )
    assert list_debtors(first.id)


def test_each_bad_row_is_named_and_the_good_ones_count(cases):
    case = cases[0]
    rows = [
        "Akte;Ergebnis;Zeitpunkt;Identität geprüft;Grund der Nichtzahlung;Sekunden;Zusage Betrag",
        f"{case.number};nicht erreicht;24.11.2026 10:00;;;;",
        f"{case.number};kaputt;24.11.2026 10:01;;;;",
        f"{case.number};zahlt;gestern;;vergessen;;",
        f"{case.number};zahlt;24.11.2026 10:02;ja;keine Lust;;",
        f"{case.number};zahlt;24.11.2026 10:03;ja;vergessen;lang;",
        f"{case.number};zusage;24.11.2026 10:04;ja;vergessen;;viel",
        "99-000000;nicht erreicht;24.11.2026 10:05;;;;",
        f"{case.number};zahlt;24.11.2026 10:06;ja;;;",
        f"{case.number};nicht erreicht;22.11.2026 10:07;;;;",
        f"{case.number};;;;;;",
    ]
    results = read_results("\n".join(rows).encode("cp1252"), ZONE)
    assert [(each.code, each.line) for each in results.findings] == [
        ("dialer_outcome", 3), ("dialer_moment", 4), ("dialer_reason", 5), ("dialer_seconds", 6),
        ("dialer_amount", 7),
    ]  # fmt: skip
    assert results.left_out == 1
    taken = take_results(results.calls, HOURS)
    assert taken.recorded == 1
    assert [(each.code, each.line) for each in taken.findings] == [("dialer_case", 8)]
    assert [(type(each.refusal).__name__, each.line) for each in taken.refused] == [
        ("ApproachNotAllowed", 10), ("NonPaymentReasonMissing", 9),
    ]  # fmt: skip
    for data, code in (
        (b"", "file_empty"), (b"a;b\n1;2", "dialer_headings"),
        ("\n".join([rows[0], rows[-1]]).encode(), "dialer_empty"),
    ):  # fmt: skip
        assert [each.code for each in read_results(data, ZONE).findings] == [code]
    assert "dialer_known" in MESSAGES
