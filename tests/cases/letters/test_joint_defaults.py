"""A letter to one joint debtor asks only what that debtor owes (BGB §§ 421, 425)."""

from datetime import date

import pytest

from cases.claims.models import DueBasis
from cases.claims.queries import list_debtors
from cases.core import clock
from cases.core.database import transaction
from cases.costs import noting_default
from cases.costs.noting_default import note_reminder, withdraw_default
from cases.ledger.queries import statement
from cases.ledger.services import allocate_by_law, post_direct_payment
from cases.letters.drafting import DemandWish, draft_first_demand
from cases.letters.queries import list_letters
from cases.letters.services import release_first_demand
from tests.factories.records import claim_details, debtor_details, make_agency, make_case, make_user

SENT_ON = date(2026, 11, 23)
WISH = DemandWish(dispatched_on=SENT_ON)
HOW = "Copy of the creditor"
ANNA, BERND = "Anna Groß", "Bernd Groß"
PRINTED = {"due_basis": DueBasis.INVOICE}  # A day merely printed starts no default.


@pytest.fixture
def house(database):
    with clock.clock_at(SENT_ON), transaction():
        make_agency()
        yield make_user(name="Nora Petersen", phone="040 5550123")


def joint(worker, *claims):
    debtors = [debtor_details("Groß", given_name=name) for name in ("Anna", "Bernd")]
    return make_case(claims=list(claims), debtors=debtors, accepted_by=worker)


def drafts_of(case, worker):
    return {d.debtor.full_name: one for d, one in draft_first_demand(case.id, WISH, worker.id)}


def sums(draft):
    content = draft.content
    return (content["principal_cents"], content["interest_cents"], content["costs_cents"])


def note(case, claims, name, day):
    party = next(d for d in list_debtors(case.id) if d.debtor.full_name == name)
    note_reminder(case.id, party.debtor.public_id, [c.public_id for c in claims], day, HOW)


def test_an_agreed_day_binds_both(house):
    case, _ = joint(house, claim_details())
    anna, bernd = drafts_of(case, house).values()
    assert sums(anna) == sums(bernd) == (1_000_00, 20_54, 55_80)
    assert not bernd.content["own_share"]


def test_a_reminder_puts_only_its_receiver_in_default(house):
    case, _ = joint(house, claim_details(**PRINTED, reminded_on=date(2026, 8, 10)))
    drafts = drafts_of(case, house)
    # From 11 August: 105 days of 6.52 % on 1,000.00 are 18.76 (18.7561...).
    assert sums(drafts[ANNA]) == (1_000_00, 18_76, 55_80)
    assert sums(drafts[BERND]) == (1_000_00, 0, 0)
    assert "kein Verzug eingetreten" in drafts[BERND].text
    assert "§ 425 BGB" in drafts[BERND].text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Inkassokosten" not in drafts[BERND].text
    assert all(draft.findings == () for draft in drafts.values())


@pytest.mark.parametrize(
    ("received_on", "interest", "costs"),
    [
        # From 2 October: 53 days are 9.47. He was in default before the order of 23 November.
        (date(2026, 10, 1), 9_47, 55_80),
        # From 23 November on, the day of the order: one day of interest, and its costs.
        (date(2026, 11, 22), 18, 55_80),
        # From 24 November on: too late for the costs of the order.
        (date(2026, 11, 23), 0, 0),
    ],
)
def test_his_own_reminder_starts_his_own_default(house, received_on, interest, costs):
    case, claims = joint(house, claim_details(**PRINTED, reminded_on=date(2026, 8, 10)))
    note(case, claims, BERND, received_on)
    drafts = drafts_of(case, house)
    assert sums(drafts[BERND]) == (1_000_00, interest, costs)
    assert sums(drafts[ANNA]) == (1_000_00, 18_76, 55_80)
    assert claims[0].default_on == date(2026, 8, 11)


def test_costs_are_on_the_value_of_the_claims_he_is_in_default_with(house):
    case, _ = joint(
        house,
        claim_details(invoice_number="RE-1"),
        claim_details(invoice_number="RE-2", **PRINTED, reminded_on=date(2026, 8, 10)),
    )
    drafts = drafts_of(case, house)
    # Of 2,000.00 half the fee is 88.00, of 1,000.00 it is 46.50; a fifth of it is the flat rate.
    assert sums(drafts[ANNA])[2] == 105_60
    assert sums(drafts[BERND]) == (2_000_00, 20_54, 55_80)
    assert [line["cents"] for line in drafts[BERND].content["costs"]] == [46_50, 9_30]


def test_the_letters_say_it_and_the_account_counts_from_the_earliest(house):
    case, _ = joint(house, claim_details(**PRINTED, reminded_on=date(2026, 8, 10)))
    release_first_demand(case.id, WISH, house.id)
    demanded = {letter.demanded_cents for letter, _ in list_letters(case.id)}
    assert demanded == {1_000_00 + 18_76 + 55_80, 1_000_00}
    assert statement(case.id).open_cents == 1_000_00 + 18_76 + 55_80
    # After the release the booked costs are still asked of her alone.
    with clock.clock_at(date(2026, 11, 25)):
        again = DemandWish(dispatched_on=date(2026, 11, 25))
        found = draft_first_demand(case.id, again, house.id)
        assert [draft.content["costs_cents"] for _, draft in found] == [55_80, 0]


def test_what_one_pays_counts_for_both(house):
    case, claims = joint(house, claim_details(**PRINTED, reminded_on=date(2026, 8, 10)))
    note(case, claims, BERND, date(2026, 10, 1))
    # 22 November: 104 days are 18.58 of interest; the rest goes to the principal.
    day = date(2026, 11, 22)
    spread = allocate_by_law(statement(case.id, day), 118_58, day)
    post_direct_payment(case, spread, amount_cents=118_58, value_on=day)
    drafts = drafts_of(case, house)
    # One further day on 900.00 is open of both (0.16), of what he owed nothing older.
    assert sums(drafts[ANNA])[:2] == (900_00, 16)
    assert sums(drafts[BERND])[:2] == (900_00, 16)


def test_an_earlier_reminder_moves_the_account_and_spreads_payments_anew(house):
    case, claims = joint(house, claim_details(**PRINTED))
    assert claims[0].default_on is None
    assert {sums(d)[1:] for d in drafts_of(case, house).values()} == {(0, 0)}
    note(case, claims, BERND, date(2026, 8, 10))
    assert claims[0].default_on == date(2026, 8, 11)
    drafts = drafts_of(case, house)
    assert (sums(drafts[ANNA])[1:], sums(drafts[BERND])[1:]) == ((0, 0), (18_76, 55_80))


def test_a_single_debtor_comes_into_default_by_a_reminder_noted_later(house):
    case, claims = make_case(claims=[claim_details(**PRINTED)], accepted_by=house)
    note(case, claims, "Jonas Weber", date(2026, 8, 10))
    [draft] = drafts_of(case, house).values()
    assert sums(draft) == (1_000_00, 18_76, 55_80)
    assert claims[0].reminded_on == date(2026, 8, 10)


def test_who_was_not_reminded_is_not_in_default_while_somebody_else_is(house):
    case, claims = joint(house, claim_details(**PRINTED, reminded_on=date(2026, 8, 10)))
    anna = list_debtors(case.id)[0].debtor.public_id
    with pytest.raises(noting_default.NobodyElseInDefault):
        withdraw_default(case.id, anna, claims[0].public_id, HOW)
    note(case, claims, BERND, date(2026, 10, 1))
    withdraw_default(case.id, anna, claims[0].public_id, HOW)
    assert claims[0].default_on == date(2026, 10, 2)
    drafts = drafts_of(case, house)
    assert (sums(drafts[ANNA])[1:], sums(drafts[BERND])[1:]) == ((0, 0), (9_47, 55_80))


@pytest.mark.parametrize(
    ("day", "how", "terms", "refusal"),
    [
        (date(2026, 7, 31), HOW, PRINTED, noting_default.ReminderTooEarly),
        (date(2026, 11, 24), HOW, PRINTED, noting_default.ReminderInFuture),
        (date(2026, 8, 10), " ", PRINTED, noting_default.HowKnownMissing),
        (date(2026, 8, 10), HOW, {}, noting_default.DefaultByContract),
    ],
)
def test_what_puts_nobody_in_default_is_refused(house, day, how, terms, refusal):
    case, claims = joint(house, claim_details(**terms))
    bernd = list_debtors(case.id)[1].debtor.public_id
    with pytest.raises(refusal):
        note_reminder(case.id, bernd, [claims[0].public_id], day, how)
