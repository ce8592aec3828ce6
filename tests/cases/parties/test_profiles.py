"""Phone numbers in one form; days of the payment run; the card with what stood before."""

from datetime import date

import pytest

from cases.core.database import transaction
from cases.parties import profiles
from cases.parties.changes import list_changes
from cases.parties.debtor_models import DebtorProfile, Organisation, PayerType
from cases.parties.phones import NumberWrong, dialled, is_same, read_number, spoken
from cases.parties.services import find_or_create_debtor
from tests.factories.records import debtor_details


@pytest.mark.parametrize(
    ("typed", "kept", "link"),
    [
        pytest.param("040 5550110", "+49 40 5550110", "tel:+49405550110", id="national"),
        pytest.param("+43 1 5880481", "+43 1 5880481", "tel:+4315880481", id="Vienna"),
        pytest.param("0049/(0)171-5550123", "+49 171 5550123", "tel:+491715550123", id="mobile"),
    ],
)
def test_numbers_have_one_form(typed, kept, link):
    assert read_number(typed) == kept
    assert dialled(typed) == link
    assert is_same(typed if typed.startswith("+") else read_number(typed), kept)


def test_what_is_no_number_is_refused_and_shown_as_it_is():
    for wrong in ("12", "keine", "040 555011012345678"):
        with pytest.raises(NumberWrong):
            read_number(wrong)
    assert spoken("Zentrale") == "Zentrale"
    assert spoken("+49 40 5550110") == "040 5550110"


@pytest.mark.parametrize(
    ("days", "today", "run"),
    [
        pytest.param([5, 25], date(2026, 11, 6), date(2026, 11, 25), id="the next one"),
        pytest.param([5], date(2026, 11, 5), date(2026, 11, 5), id="today"),
        pytest.param([31], date(2027, 2, 3), date(2027, 2, 28), id="a short month ends earlier"),
        pytest.param([], date(2026, 11, 6), None, id="unknown"),
    ],
)
def test_the_next_payment_run(days, today, run):
    assert profiles.next_run(DebtorProfile(payment_run_days=days), today) == run


def test_a_card_keeps_what_stood_before_and_the_payer_type_its_reason(database):
    with transaction():
        debtor = find_or_create_debtor(debtor_details())
        card = profiles.Card(organisation=Organisation.LARGE, payment_run_days=(25, 5))
        assert profiles.set_card(debtor.id, card) == ["organisation", "payment_run_days"]
        assert profiles.set_card(debtor.id, card) == []
        profile = profiles.find_profile(debtor.id)
        assert profile.payment_run_days == [5, 25]
        assert profiles.organisation_of(debtor, profile) is Organisation.LARGE
        assert profiles.organisation_of(debtor, None) is Organisation.PERSON
        with pytest.raises(profiles.PayerTypeReasonMissing):
            profiles.override_payer_type(debtor.id, PayerType.LATE, " ")
        profiles.override_payer_type(debtor.id, PayerType.LATE, "Zahlt immer am Quartalsende")
        assert list_changes(debtor.id)[0].field == "payer_type"
        with pytest.raises(profiles.RunDayWrong):
            profiles.set_card(debtor.id, profiles.Card(payment_run_days=(32,)))
        with pytest.raises(profiles.HeadOfficeWrong):
            profiles.set_card(debtor.id, profiles.Card(head_office_id=debtor.id))
