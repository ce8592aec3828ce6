"""Approvals of every kind, asked for by an administrator who is somebody else each time."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select, update

from cases.claims.ending import Ending, Remainder
from cases.claims.models import Outcome
from cases.core import audit, clock
from cases.core.database import db
from cases.costs.booking import book_first_costs
from cases.ledger.books.closing_approval import PERIOD_CLOSE, ask_closing
from cases.ledger.remainder import LET_GO, end_or_ask
from cases.letters.house_texts import services as house_texts
from cases.letters.house_texts.services import ask_text_release, begin_text
from cases.letters.models import LetterKind
from cases.objections.models import Verdict
from cases.objections.second_person import VERDICT, decide_or_ask
from cases.objections.settings import change_settings
from cases.objections.verdicts import Decision
from cases.parties.clients import CLIENT_BANK, propose_bank
from cases.parties.house_bank import HOUSE_BANK, change_agency
from cases.parties.models import CreditorContract
from cases.people.accounts import (
    CREATED,
    FACTORS,
    PASSWORD,
    ROLE,
    add_account,
    ask_to_reset_factors,
    give_role,
    reset_password,
)
from cases.people.approvals import find_open
from cases.people.models import Approval, User
from cases.people.policy import Role
from cases.plans.ending import SECOND_PERSON
from cases.remittances.debits import runs as debits
from cases.remittances.debits.mandates import sign_mandate
from cases.remittances.preparing import prepare_run
from cases.remittances.releasing import PAYOUT_RELEASE, ask_release
from cases.remittances.transfers import releasing as transfers
from cases.remittances.transfers.bills import prepare_bills
from cases.strategies import versions as strategies
from cases.strategies.models import VersionState
from cases.strategies.versions import find_version
from tests.factories.access import add_app
from tests.factories.casework import answer_all, make_objection
from tests.factories.debits import make_mandate_of
from tests.factories.payouts import make_paid_case
from tests.factories.plans import make_plan_of
from tests.factories.records import make_agency, make_case, make_creditor, make_user
from tests.factories.strategies import make_strategy
from tests.factories.transfers import make_bill


def _house(asker: User) -> Approval:
    make_agency()
    asked = change_agency(trust_iban="DE02120300000000202051")
    assert asked is not None
    return asked


def _created(asker: User) -> Approval:
    account = add_account("neu@recoup.example", "Neu Beispiel", Role.LEGAL, asker.id)
    return _waiting(CREATED, account.user.id)


def _password(asker: User) -> Approval:
    user = make_user(Role.LEGAL)
    reset_password(user.id, asker.id)
    return _waiting(PASSWORD, user.id)


def _role(asker: User) -> Approval:
    user = make_user(Role.CASE_WORKER)
    give_role(user.id, Role.LEGAL, asker.id)
    return _waiting(ROLE, user.id)


def _factors(asker: User) -> Approval:
    user = make_user(Role.CASE_WORKER)
    add_app(user)
    ask_to_reset_factors(user.id, asker.id)
    return _waiting(FACTORS, user.id)


def _client_bank(asker: User) -> Approval:
    return propose_bank(make_creditor().id, "DE02120300000000202051", "Mail of the client")


def _payout(asker: User) -> Approval:
    make_agency()
    make_paid_case()
    return ask_release(prepare_run(clock.today()).public_id)


def _let_go(asker: User) -> Approval:
    case, _ = make_case(accepted_by=asker)
    asked = end_or_ask(case.id, Ending(Outcome.PAID, Remainder.WAIVED, "The client agrees"))
    assert asked is not None
    return asked


def _verdict(asker: User) -> Approval:
    case, _ = make_case(accepted_by=asker)
    change_settings(second_person_cents=50_00)
    objection = make_objection(case)
    answer_all(objection)
    decision = Decision(
        Verdict.PRETEXT, "Lieferschein unterschrieben", no_evidence="Er liegt dem Mandanten vor"
    )
    asked = decide_or_ask(objection.id, decision)
    assert isinstance(asked, Approval)
    return asked


def _plan(asker: User) -> Approval:
    """A settlement that lets go of costs that are the house's own."""
    make_agency()
    case, _ = make_case(accepted_by=asker)
    contract = db.session.scalars(
        select(CreditorContract).where(CreditorContract.creditor_id == case.creditor_id)
    ).one()
    contract.fee_terms = {**contract.fee_terms, "costs_owner": "agency"}
    contract.discount_percent, contract.discount_cents = Decimal(100), 5_000_00
    book_first_costs(case, clock.today())
    plan = make_plan_of(
        case, settles=True, settlement_cents=1_00, number=1, reason="Mehr ist nicht zu holen",
        first_on=clock.today() + timedelta(days=60),
    )  # fmt: skip
    return _waiting(SECOND_PERSON, plan.id)


def _text(asker: User) -> Approval:
    return ask_text_release(begin_text(LetterKind.REMINDER, "de", asker.id), "Erinnerung")


def _strategy(asker: User) -> Approval:
    version = find_version(make_strategy().id, VersionState.DRAFT)
    assert version is not None
    return strategies.ask_release(version, strategies.MOVE)


def _transfers(asker: User) -> Approval:
    make_agency()
    case, _ = make_case(accepted_by=asker)
    [run] = prepare_bills([make_bill(case)])
    return transfers.ask_release(run.public_id)


def _debits(asker: User) -> Approval:
    make_agency()
    case, _ = make_case(accepted_by=asker)
    db.session.execute(update(CreditorContract).values(instalment_months=24))
    sign_mandate(make_mandate_of(case), clock.today())
    return debits.ask_release(debits.prepare_debits().public_id)


def _closing(asker: User) -> Approval:
    return ask_closing(clock.today() - timedelta(days=40))


def _waiting(kind: str, subject_id: int) -> Approval:
    found = find_open(kind, subject_id)
    assert found is not None
    return found


#: Kind -> how somebody asks for it. A kind without an entry fails the tests.
ASKED: dict[str, Callable[[User], Approval]] = {
    CREATED: _created,
    PASSWORD: _password,
    ROLE: _role,
    FACTORS: _factors,
    HOUSE_BANK: _house,
    PERIOD_CLOSE: _closing,
    CLIENT_BANK: _client_bank,
    PAYOUT_RELEASE: _payout,
    LET_GO: _let_go,
    SECOND_PERSON: _plan,
    VERDICT: _verdict,
    house_texts.RELEASE: _text,
    strategies.RELEASE: _strategy,
    transfers.TRANSFER_RELEASE: _transfers,
    debits.DEBIT_RELEASE: _debits,
}


def make_approval(kind: str = ROLE) -> Approval:
    """Something that waits for a second person."""
    asker = make_user(Role.ADMIN)
    before = audit.actor_id()
    audit.set_actor(asker.id)
    asked = ASKED[kind](asker)
    audit.set_actor(before)
    return asked
