"""Every way by which a debtor is approached: how it is begun, and whether something leaves.

A way is begun while nothing stands against the debtor, and gone on with afterwards: what comes up
in between counts, too. `EXITS` names who calls what lets something out; a test keeps it complete.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cases.claims.models import Case
from cases.claims.reaching.allowed import Channel
from cases.contacts.dialer.services import call_list
from cases.contacts.meetings.services import begin_invitation
from cases.contacts.models import ContactChannel, ContactOutcome
from cases.contacts.services import ContactDetails, log_contact
from cases.contacts.visits.letters import begin_visit_letter
from cases.contacts.visits.route import route_of
from cases.core import clock
from cases.core.database import db
from cases.core.errors import Refusal
from cases.core.files import store_file
from cases.letters import many
from cases.letters.drafting import DemandWish
from cases.letters.mailing.models import LetterMail
from cases.letters.mailing.services import deliver_letter, key_of, mail_letter
from cases.letters.models import Letter, LetterKind, LetterState, SentLetter
from cases.letters.printing.models import PrintRunState
from cases.letters.printing.services import prepare_run, release_run, waiting
from cases.letters.services import release_first_demand
from cases.letters.written.services import begin_letter, release_written
from cases.people.models import User
from cases.plans.letters import send_reminder
from cases.plans.queries import list_instalments
from cases.strategies.facts import read_facts
from cases.strategies.planning import Act, Standing, decide
from cases.strategies.steps import Plan, Step, StepChannel
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item
from tests.factories.contacts import make_person_of
from tests.factories.documents import make_pdf
from tests.factories.planned_visits import HOURS, make_meeting_of, make_visit_of
from tests.factories.plans import make_plan_of

#: Called where something leaves -> the modules that call it, each with its ways or why it has none.
EXITS: dict[str, dict[str, str]] = {
    "enter_letter": {
        "cases/letters/services.py": "first_letter, many, strategy_letter",
        "cases/letters/written/services.py": "written, invitation, visit_letter",
        "cases/plans/letters.py": "plan",
    },
    "waiting": {"cases/letters/printing/services.py": "print"},
    "release_run": {"agency/post/printing.py": "print_run"},
    "mail_letter": {"agency/post/mailing.py": "mail"},
    "begin_mailing": {
        "cases/letters/services.py": "mail: the same gate, may_mail",
        "portal/reporting/mailing.py": "reports to clients, no debtor",
    },
    "hand_over": {
        "cases/letters/mailing/services.py": "queued_mail",
        "cases/core/mail/services.py": "to clients and staff, no debtor",
        "cases/strategies/own_name/mails.py": "before there is a case: stopped by its own states",
    },
    "log_contact": {
        "agency/cases/contacts.py": "call, visit_made",
        "agency/demo/desk.py": "invented",
        "cases/contacts/dialer/services.py": "call: results of calls",
        "cases/contacts/meetings/services.py": "meeting",
        "cases/contacts/visits/reporting.py": "visit_made",
    },
    "call_list": {"agency/calls/dialer.py": "dialer"},
    "plan_visit": {"agency/demo/visits.py": "invented", "agency/visits/planning.py": "visit"},
    "list_visits_of_day": {"cases/contacts/visits/route.py": "route"},
    "plan_meeting": {"agency/meetings/views.py": "meeting"},
    "is_by_people": {"cases/strategies/running.py": "strategy_call, strategy_visit"},
}


@dataclass(frozen=True, slots=True)
class Way:
    """A way out: what it is by the rules, how it is begun, and whether something has left."""

    name: str
    channel: Channel
    go: Callable[[Case, User, Any], bool]
    begin: Callable[[Case, User], Any] = lambda case, user: None


def _letters(case: Case) -> int:
    return db.session.query(Letter).filter_by(case_id=case.id).count()


def _set(case: Case, user: User) -> Letter:
    """A letter as it is once a worker has set it; the pages are of no matter here."""
    [letter] = release_first_demand(case.id, DemandWish(clock.today()), user.id)
    file = store_file(make_pdf(1), f"{letter.number}.pdf", "application/pdf", case.creditor_id)
    sent = SentLetter(
        letter_id=letter.id, creditor_id=case.creditor_id, file_id=file.id, sha256=file.sha256,
        pages=1, sent_at=clock.now(),
    )  # fmt: skip
    db.session.add(sent)
    letter.state = LetterState.SENT
    db.session.flush()
    return letter


def _waits(case: Case, user: User, letter: Letter) -> bool:
    return letter.id in set(db.session.scalars(waiting()))


def _first(case: Case, user: User, begun: Any) -> bool:
    return bool(release_first_demand(case.id, DemandWish(clock.today()), user.id))


def _clicked(case: Case, user: User) -> Any:
    return many.release_many([case], DemandWish(clock.today()), user.id)


def _many(case: Case, user: User, action: Any) -> bool:
    day = clock.today().isoformat()
    many.carry_out_release("x", action.id, [case.id], day, "call", user.id)
    return _letters(case) > 0


def _draft(kind: LetterKind) -> Callable[[Case, User], int]:
    return lambda case, user: begin_letter(case, kind, "de", user.id).id


def _written(case: Case, user: User, draft_id: int) -> bool:
    return bool(release_written(draft_id, user.id))


def _mailed(case: Case, user: User, letter: Letter) -> bool:
    return mail_letter(letter, user.id) is not None


def _queued(case: Case, user: User) -> Letter:
    letter = _set(case, user)
    mail_letter(letter, user.id)
    return letter


def _delivered(case: Case, user: User, letter: Letter) -> bool:
    deliver_letter(key_of(letter.number), letter.id)
    mail = db.session.get_one(LetterMail, letter.id, populate_existing=True)
    return mail.state == "sent"


def _plan(case: Case, user: User) -> Any:
    return make_plan_of(case)


def _reminded(case: Case, user: User, plan: Any) -> bool:
    first = list_instalments(plan.id)[0]
    return bool(send_reminder(case, plan, first, missing_cents=100, late=False))


def _in_run(case: Case, user: User) -> Any:
    _set(case, user)
    return prepare_run(user.id)


def _released(case: Case, user: User, run: Any) -> bool:
    release_run(run, user.id)
    return run.state is PrintRunState.RELEASED


def _logged(channel: ContactChannel) -> Callable[[Case, User, Any], bool]:
    details = ContactDetails(channel, outcome=ContactOutcome.NOT_REACHED, himself=True)
    return lambda case, user, begun: log_contact(case.id, details, hours=HOURS) is not None


def _to_call(case: Case, user: User) -> None:
    make_person_of(case)
    add_item(case, WorkQueue.STEP_DUE, "not_reached", f"call:{case.id}", happened_on="x")


def _on_list(case: Case, user: User, begun: Any) -> bool:
    return case.id in {row.case.id for row in call_list(user.id, HOURS).rows}


def _on_route(case: Case, user: User, visit: Any) -> bool:
    route = route_of(visit.visitor_id, clock.local(visit.begins_at).date())
    return visit.id in {stop.visit.id for stop in route.stops}


def _strategy(channel: StepChannel) -> Callable[[Case, User, Any], bool]:
    """Whether the night takes the step; a letter that it takes is looked at again (`_first`)."""
    plan = Plan((Step("s1", channel, template="reminder"), Step("s2", StepChannel.REVIEW)))

    def go(case: Case, user: User, begun: Any) -> bool:
        facts = read_facts([case.id], "DE-HH", [plan])[case.id]
        decision = decide(plan, Standing("s1", 0, clock.today()), facts, clock.today())
        taken = decision.act is Act.DO and decision.step == plan.steps[0]
        if taken and channel is StepChannel.LETTER:
            return _first(case, user, begun)
        return taken

    return go


WAYS = (
    Way("first_letter", Channel.LETTER, _first),
    Way("many", Channel.LETTER, _many, _clicked),
    Way("written", Channel.LETTER, _written, _draft(LetterKind.ADDRESS_CHECK)),
    Way("invitation", Channel.LETTER, _written,
        lambda case, user: begin_invitation(make_meeting_of(case), user.id).id),
    Way("visit_letter", Channel.LETTER, _written,
        lambda case, user: begin_visit_letter(make_visit_of(case), user.id).id),
    Way("plan", Channel.LETTER, _reminded, _plan),
    Way("print", Channel.LETTER, _waits, _set),
    Way("print_run", Channel.LETTER, _released, _in_run),
    Way("mail", Channel.EMAIL, _mailed, _set),
    Way("queued_mail", Channel.EMAIL, _delivered, _queued),
    Way("call", Channel.PHONE, _logged(ContactChannel.PHONE)),
    Way("dialer", Channel.PHONE, _on_list, _to_call),
    Way("visit", Channel.VISIT, lambda case, user, _: make_visit_of(case) is not None),
    Way("visit_made", Channel.VISIT, _logged(ContactChannel.VISIT)),
    Way("route", Channel.VISIT, _on_route, lambda case, user: make_visit_of(case)),
    Way("meeting", Channel.VISIT, lambda case, user, _: make_meeting_of(case) is not None),
    Way("strategy_letter", Channel.LETTER, _strategy(StepChannel.LETTER)),
    Way("strategy_mail", Channel.EMAIL, _strategy(StepChannel.EMAIL)),
    Way("strategy_call", Channel.PHONE, _strategy(StepChannel.CALL)),
    Way("strategy_visit", Channel.VISIT, _strategy(StepChannel.VISIT)),
)  # fmt: skip


def leaves(way: Way, case: Case, user: User, begun: Any) -> bool:
    """Whether something leaves by a way; what the house refuses stays."""
    db.session.commit()  # Some ways are workers with transactions of their own.
    try:
        return way.go(case, user, begun)
    except Refusal:
        db.session.rollback()
        return False
