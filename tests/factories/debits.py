"""Mandates and debits for tests."""

from cases.claims.models import Case
from cases.core import clock
from cases.core.database import db
from cases.parties.queries import get_agency
from cases.plans.models import Plan
from cases.plans.queries import find_open_plan
from cases.remittances.debits.mandates import ask_mandate, find_mandate
from cases.remittances.debits.models import Debit, DebitRun, Mandate
from tests.factories.plans import make_plan_of
from tests.factories.records import make_user

IDENTIFIER = "DE98ZZZ09999999999"
IBAN = "DE02120300000000202051"


def set_up_debits() -> None:
    """The house has agreed direct debits with its bank."""
    house = get_agency()
    house.sepa_creditor_id, house.sepa_notice_days = IDENTIFIER, 2
    house.sepa_mandate_text = "Ich ermächtige den Zahlungsempfänger ...\nHinweis der Bank."


def make_mandate_of(case: Case) -> Mandate:
    """A mandate of the case's plan that was sent to be signed."""
    set_up_debits()
    return ask_mandate(_plan_of(case), "Eva Weber", IBAN)


def make_mandate_row(case: Case) -> Mandate:
    """A mandate without its letter, whatever state its plan is in."""
    plan = _plan_of(case)
    mandate = find_mandate(plan.id) or Mandate(
        plan_id=plan.id,
        case_id=case.id,
        creditor_id=case.creditor_id,
        reference=f"{case.number}-M1",
        name="Eva Weber",
        iban=IBAN,
        asked_on=clock.today(),
        asked_by=make_user().id,
    )
    db.session.add(mandate)
    db.session.flush()
    return mandate


def make_debit_run(case: Case) -> DebitRun:
    """A prepared run with one debit of such a mandate."""
    mandate = make_mandate_row(case)
    run = DebitRun(made_on=clock.today(), prepared_at=clock.now())
    db.session.add(run)
    db.session.flush()
    db.session.add(
        Debit(
            run_id=run.id,
            mandate_id=mandate.id,
            plan_id=mandate.plan_id,
            instalment=1,
            number=f"LS-{run.id}-1",
            collect_on=clock.today(),
            amount_cents=10_00,
        )
    )
    db.session.flush()
    return run


def _plan_of(case: Case) -> Plan:
    return find_open_plan(case.id) or make_plan_of(case)
