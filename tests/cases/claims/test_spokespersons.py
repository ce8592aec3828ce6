"""A lawyer, counsellor or guardian changes where letters go; nothing stands still by it."""

from datetime import date

import pytest

from cases.claims.debtors import end_spokesperson, name_spokesperson
from cases.claims.queries import list_debtors, list_open_holds
from cases.core.clock import clock_at
from cases.letters.recipients import recipient_of
from cases.parties.models import DebtorSpokesperson, SpokespersonKind
from cases.parties.spokespersons import SpokespersonIncomplete, SpokespersonSourceMissing
from cases.parties.spokespersons import SpokespersonWish as Wish
from tests.factories.records import make_case

LAWYER = Wish(
    SpokespersonKind.LAWYER, "Rechtsanwältin Petra Holm", "Neuer Wall 1", "20354", "Hamburg",
    reference="77/26", how_known="Schreiben vom 20.11.2026",
)  # fmt: skip


@pytest.fixture
def case(database):
    with clock_at(date(2026, 11, 23)):
        yield make_case()[0]


@pytest.mark.parametrize("kind", list(SpokespersonKind))
def test_letters_go_to_whoever_speaks_for_the_debtor_and_the_work_goes_on(case, kind):
    party = list_debtors(case.id)[0]
    wish = Wish(kind, *[getattr(LAWYER, name) for name in ("name", "street", "postcode", "city")],
                reference="77/26", how_known="Schreiben")  # fmt: skip
    name_spokesperson(case.id, party.debtor.public_id, wish)
    found = recipient_of(list_debtors(case.id)[0], "de")
    assert found.address[0] == "Jonas Weber"
    assert "c/o Rechtsanwältin Petra Holm, 77/26" in found.address
    assert {"Neuer Wall 1", "20354 Hamburg"} <= set(found.address)
    assert (found.payer.name, found.payer.street) == ("Jonas Weber", "Lindenallee 7")
    assert list_open_holds(case.id) == []


def test_an_address_where_post_came_back_does_not_matter_then(case):
    party = list_debtors(case.id)[0]
    party.address.undeliverable_on = date(2026, 11, 20)
    assert party.post is None
    name_spokesperson(case.id, party.debtor.public_id, LAWYER)
    assert list_debtors(case.id)[0].post.street == "Neuer Wall 1"


def test_the_next_one_replaces_the_first_and_the_end_brings_the_debtor_back(case, database):
    public_id = list_debtors(case.id)[0].debtor.public_id
    name_spokesperson(case.id, public_id, LAWYER)
    name_spokesperson(case.id, public_id, LAWYER)
    assert database.query(DebtorSpokesperson).count() == 2
    end_spokesperson(case.id, public_id)
    assert list_debtors(case.id)[0].post.street == "Lindenallee 7"


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (Wish(SpokespersonKind.LAWYER, "", "x", "1", "y", how_known="z"), SpokespersonIncomplete),
        (Wish(SpokespersonKind.LAWYER, "RA", "x", "1", "y"), SpokespersonSourceMissing),
    ],
)
def test_what_is_missing_is_said(case, wish, refusal):
    with pytest.raises(refusal):
        name_spokesperson(case.id, list_debtors(case.id)[0].debtor.public_id, wish)
