"""What stands around every task in a case: debtors, account, holds, documents, what is next."""

from dataclasses import dataclass
from datetime import date

from flask import request

from agency.cases.creditor_papers import CreditorPapers, load_papers
from agency.cases.history import GROUPS, History, load_history
from agency.cases.intake_warnings import load_warnings
from agency.cases.law_lines import LawLines, law_lines
from agency.cases.similar import SimilarInFile, load_similar
from agency.cases.steps import NextStep, next_steps
from cases.claims.models import Case, Claim, Hold
from cases.claims.queries import (
    DebtorInCase,
    get_case,
    held_cents,
    list_cases_of_debtors,
    list_claims,
    list_debtors,
    list_open_holds,
)
from cases.contacts.models import Commitment, Promise
from cases.contacts.queries import list_open_commitments, list_open_promises
from cases.core import clock
from cases.core.mail.transport import is_set_up
from cases.dunning.trivial_rest import trivial_rest_cents
from cases.ledger.queries import shown_statement
from cases.ledger.statement import ClaimBalance, Statement
from cases.letters.inbox.delivery import Delivery, deliveries_of
from cases.letters.inbox.models import PostItem
from cases.letters.inbox.services import list_post_of
from cases.letters.mailing.models import LetterMail
from cases.letters.mailing.queries import list_mails
from cases.letters.models import Letter, SentLetter
from cases.letters.queries import list_letters
from cases.objections.facts import delivered_late
from cases.objections.models import Objection
from cases.objections.queries import list_objections
from cases.parties.clients import list_contacts
from cases.parties.models import Creditor, CreditorContact
from cases.parties.queries import get_creditor
from cases.people.services import get_user
from cases.plans.models import Plan
from cases.plans.queries import find_open_plan
from cases.strategies.queries import NextOfCase, next_of
from cases.worklist.models import WorkItem
from cases.worklist.services import list_open_items
from legal.default import Ground
from portal.evidence import saw_case
from portal.login import require_user
from portal.shell.typed import NotUnderstood, parse_date


@dataclass(frozen=True, slots=True)
class ClaimInFile:
    """A claim with its balance on the key date and what of it stands still."""

    claim: Claim
    balance: ClaimBalance
    held_cents: int

    @property
    def ground(self) -> Ground | None:
        """Why default began."""
        return Ground(self.claim.default_basis) if self.claim.default_basis else None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case with everything that its screens show."""

    case: Case
    creditor: Creditor
    debtors: list[DebtorInCase]
    claims: list[ClaimInFile]
    holds: list[Hold]
    owed: Statement
    law: LawLines
    history: History
    items: list[WorkItem]
    steps: list[NextStep]
    letters: list[tuple[Letter, SentLetter | None]]
    papers: CreditorPapers
    contacts: list[CreditorContact]  # Whom to ask at the client.
    warnings: dict[int, list[str]]  # What intake said, by claim.
    similar: list[SimilarInFile]
    objections: list[Objection]
    promises: list[Promise]
    commitments: list[Commitment]
    reserved: WorkItem | None
    reserved_by: str | None  # Somebody else who works on it right now.
    others: dict[int, list[Case]]  # Other cases, by debtor.
    plan: Plan | None  # That something is to come of.
    mails: dict[int, LetterMail]  # Letters that went by e-mail.
    deliveries: dict[int, Delivery]  # Where each letter is on paper.
    post: list[PostItem]  # What came in by post or mail.
    coming: NextOfCase | None  # What its strategy does next.
    late: dict[int, tuple[date, date]]  # Delivered later than promised, by claim.
    rest_cents: int  # A trivial rest that may be waived by one click.
    groups = GROUPS

    @property
    def name(self) -> str:
        """Who the case is against, as its heading."""
        others = len(self.debtors) - 1
        first = self.debtors[0].debtor.full_name
        return f"{first} (+{others})" if others else first

    @property
    def mailboxes(self) -> dict[int, str]:
        """The debtors to whom a letter can go by e-mail, too."""
        return {one.debtor.id: one.debtor.email for one in self.debtors if one.debtor.email
                and one.debtor.email_refused_on is None and one.spokesperson is None
                and is_set_up()}  # fmt: skip

    @property
    def held_cents(self) -> int:
        """How much of the principal stands still."""
        return sum(claim.held_cents for claim in self.claims)


def load_file(case_public_id: str, as_of: date | None = None) -> CaseFile:
    """The case of this address; filter and page of the timeline come from the query string."""
    case = get_case(case_public_id)
    saw_case(case.id, case.creditor_id)
    claims, holds = list_claims(case.id), list_open_holds(case.id)
    owed = shown_statement(case.id, as_of)
    debtors = list_debtors(case.id)
    items, objections = list_open_items(case.id), list_objections(case.id)
    return CaseFile(
        case=case,
        creditor=get_creditor(case.creditor_id),
        debtors=debtors,
        claims=[
            ClaimInFile(claim, balance, held_cents(holds, claim, balance.principal_open_cents))
            for claim, balance in zip(claims, owed.claims, strict=True)
        ],
        holds=holds,
        owed=owed,
        law=law_lines(case, owed),
        history=load_history(case, request.args.get("events", "all"), request.args.get("before")),
        items=items,
        steps=next_steps(case, items, objections, holds),
        letters=list_letters(case.id),
        similar=load_similar([one.debtor.id for one in debtors]),
        papers=load_papers(case.id, claims),
        contacts=list_contacts(case.creditor_id),
        warnings=load_warnings(case.id),
        objections=objections,
        promises=list_open_promises(case.id),
        commitments=list_open_commitments(case.id),
        reserved=_reserved(items),
        reserved_by=_reserved_by(items),
        others=_other_cases(case, debtors),
        plan=find_open_plan(case.id),
        mails=list_mails(case.id),
        deliveries=deliveries_of(case.id),
        post=list_post_of(case.id),
        coming=next_of(case),
        late=delivered_late([claim.id for claim in claims]),
        rest_cents=trivial_rest_cents(case),
    )


def key_date() -> date:
    """The day of `?as_of=`, today if there is none or it cannot be read."""
    try:
        return parse_date(request.args.get("as_of", ""), clock.today())
    except NotUnderstood:
        return clock.today()


def _other_cases(case: Case, debtors: list[DebtorInCase]) -> dict[int, list[Case]]:
    found = list_cases_of_debtors([one.debtor.id for one in debtors])
    return {
        debtor_id: [other for other in cases if other.id != case.id]
        for debtor_id, cases in found.items()
    }


def _reserved_by(items: list[WorkItem]) -> str | None:
    """Who else holds an item of this case at this moment."""
    me, now = require_user().user_id, clock.now()
    for item in items:
        taken = item.reserved_until is not None and item.reserved_until > now
        if taken and item.reserved_by is not None and item.reserved_by != me:
            return get_user(item.reserved_by).name
    return None


def _reserved(items: list[WorkItem]) -> WorkItem | None:
    """The item that this user holds, to be kept while the page is open."""
    user_id, now = require_user().user_id, clock.now()
    return next(
        (
            item
            for item in items
            if item.reserved_by == user_id and item.reserved_until and item.reserved_until > now
        ),
        None,
    )
