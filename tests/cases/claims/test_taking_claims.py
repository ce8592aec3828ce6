"""Claims that come in later: only before court, each with a place of its own."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from cases.claims.bulk import Order, take_orders
from cases.claims.models import Claim, Phase
from cases.claims.queries import list_claims, list_debtors
from cases.claims.services import TakesNoClaims, add_claim
from cases.core.database import db, transaction
from cases.formats.invoice_fold import fold_invoice, invoice_key
from cases.ledger.queries import statement
from cases.payments.booking import Money, book_payment
from tests.factories.records import claim_details, debtor_details, make_case, make_creditor


@pytest.mark.parametrize("phase", [Phase.COURT, Phase.ENFORCEMENT])
def test_a_case_in_court_takes_no_claim(database, phase):
    case, _ = make_case()
    case.phase = phase
    with pytest.raises(TakesNoClaims):
        add_claim(case, claim_details())


@pytest.mark.parametrize(("phase", "cases"), [(Phase.AMICABLE, 1), (Phase.COURT, 2)])
def test_the_bulk_form_looks_at_the_phase_under_the_lock(fresh_app, phase, cases):
    """Somebody sends the case to court between the look-up and the lock: a new case is opened."""
    with fresh_app.app_context():
        with transaction():
            creditor = make_creditor()
            case, _ = make_case(creditor, debtors=[debtor_details()])
            case_id, debtor_id = case.id, list_debtors(case.id)[0].debtor.id
        with transaction():
            list_claims(case_id)  # Known to this session as it was.
            db.session.get_one(type(case), case_id)
            with db.engines[None].begin() as other:
                other.exec_driver_sql(f"UPDATE cases SET phase = '{phase.value}'")
            order = Order(debtor_id, debtor_details(), [claim_details()])
            taken = take_orders(creditor.id, [order])
        assert len({case_id, taken[0].case_id}) == cases


def test_two_claims_of_a_case_never_share_a_place(database):
    _, (claim,) = make_case()
    twin = {c.name: getattr(claim, c.name) for c in Claim.__table__.columns}
    for name in ("id", "public_id"):
        twin.pop(name)
    db.session.add(Claim(**twin))
    with pytest.raises(IntegrityError, match="case_id_position"):
        db.session.flush()


def test_marks_are_part_of_a_number_where_duplicates_are_sought():
    assert fold_invoice("1/12") == fold_invoice("11/2")
    assert invoice_key("1/12") != invoice_key("11/2")
    assert invoice_key("RE 7") == invoice_key("re7")


def test_money_that_came_before_the_invoice_counts_from_its_day(database):
    case, _ = make_case(claims=[claim_details(invoiced_on=date(2026, 7, 1))])
    day = date(2026, 6, 30)
    payment = book_payment(case, Money(1_000_00, "EUR", day, day, None, "test"))
    assert (payment.value_on, payment.principal_cents) == (date(2026, 7, 1), 1_000_00)
    assert statement(case.id).open_cents == 0
