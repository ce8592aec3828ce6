"""Acts of the later slices upon one case: plans, strategies, written letters, post, requests.

Each makes what it acts upon first, as a person would; where the case forbids that already, the
refusal of it counts.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from cases.claims import reports
from cases.claims.asking import services as asking
from cases.claims.asking.models import AskedFor
from cases.claims.models import Case
from cases.claims.queries import list_claims, list_debtors
from cases.claims.report_models import ReportKind
from cases.contacts import corrections, learning, requests, status_mail
from cases.contacts.requests import DebtorRequest, RequestKind, RequestWish
from cases.core import audit, clock
from cases.costs.booking import book_first_costs
from cases.dunning import paid_in_time, plan_decisions, trivial_rest
from cases.dunning.plan_limits import limits_for
from cases.letters.drafting import DemandWish
from cases.letters.inbox import returns
from cases.letters.inbox import services as post
from cases.letters.mailing import services as mailing
from cases.letters.models import Letter, LetterDraft, LetterKind
from cases.letters.services import release_first_demand
from cases.letters.written import services as written
from cases.objections import evidence, holding, mentions, second_person
from cases.objections.complaints import services as complaints
from cases.objections.complaints.models import Cause
from cases.objections.evidence_models import ObjectionPhase
from cases.objections.models import Verdict
from cases.objections.verdicts import Decision
from cases.parties.changes import Place
from cases.plans import letters as plan_letters
from cases.plans import running as plan_running
from cases.plans import services as plans
from cases.plans.building import PlanWish
from cases.plans.models import AcceptedBy, EndedBy, Plan, PlanKind
from cases.plans.queries import list_instalments
from cases.strategies import placing
from cases.strategies import running as strategies
from cases.worklist import by_hand
from cases.worklist.services import list_open_items
from tests.factories.casework import make_post
from tests.factories.contacts import make_contact_of
from tests.factories.strategies import make_live_strategy

MODULES = (
    plans, plan_running, plan_letters, plan_decisions, placing, strategies, written, post, returns,
    mailing, requests, corrections, learning, status_mail, evidence, holding, mentions,
    second_person, complaints, reports, by_hand, paid_in_time, trivial_rest,
)  # fmt: skip
State = Any  # Of `test_every_service`, which imports this.


def plan_of(s: State, kind: PlanKind = PlanKind.FORBEARANCE) -> Plan:
    audit.set_actor(s.user_id)
    wish = PlanWish(kind=kind, first_on=clock.today() + timedelta(days=7), number=4)
    return plans.make_plan(s.case.id, wish, limits_for(s.case))


def on_plan(act: Callable[[Case, Plan], object]) -> Callable[[State], object]:
    return lambda s: act(s.case, plan_of(s))


def client_answer(s: State) -> object:
    plan = plan_of(s, PlanKind.AGREEMENT)
    asked = asking.ask_client(s.case, AskedFor.PLAN, reason="so", subject_id=plan.id)
    asking.answer_in_portal(asked, s.user_id, agrees=True, words="")
    return plan_decisions.client_answered(s.case, asked)


def on_agreement(act: Callable[[Plan], object]) -> Callable[[State], object]:
    return lambda s: act(plan_of(s, PlanKind.AGREEMENT))


def remind(case: Case, plan: Plan) -> object:
    first = list_instalments(plan.id)[0]
    return plan_letters.send_reminder(case, plan, first, missing_cents=1_00, late=True)


def choose(s: State) -> object:
    make_live_strategy()
    version, _ = placing.list_live()[0]
    return placing.choose_strategy(s.case, version, "so", clock.today())


def draft_of(s: State) -> LetterDraft:
    return written.begin_letter(s.case, LetterKind.REQUEST_ANSWER, "de", s.user_id)


def letter_of(s: State) -> Letter:
    book_first_costs(s.case, clock.today())
    return release_first_demand(s.case.id, DemandWish(clock.today()), s.user_id)[0]


def request_of(s: State) -> DebtorRequest:
    return requests.note_request(s.case, RequestWish(RequestKind.COPY, "Bitte eine Kopie"))


def first_debtor(s: State) -> Any:
    return list_debtors(s.case.id)[0].debtor


def correct(s: State) -> object:
    wrong = make_contact_of(s.case)
    better = corrections.Correction(note="Bitte um mehr Geduld")
    return corrections.correct_contact(wrong.public_id, s.case.id, better)


def answer_piece(s: State) -> object:
    piece = evidence.ask(s.objection.id, ["proof_of_delivery"])[0]
    return evidence.answer(piece.id, evidence.PieceAnswer(has_none=True))


def report_of(s: State) -> reports.CreditorReport:
    told = reports.Report(ReportKind.DIRECT_PAYMENT, 1_00, clock.today())
    return reports.report(s.case, s.user_id, told)


def tell_report(s: State) -> object:
    return reports.tell_report("", report_of(s).id)


def answer_report(s: State) -> object:
    kept = report_of(s)
    reports.tell_report("", kept.id)
    return reports.answer_report(kept.public_id, "verbucht")


def on_item(act: Callable[[Any], object]) -> Callable[[State], object]:
    def carried(s: State) -> object:
        items = [each for each in list_open_items(s.case.id) if by_hand.may_tick(each)]
        return act(items[0]) if items else None

    return carried


def inquiry_answer(s: State) -> object:
    inquiry = returns.order_inquiry(s.case, first_debtor(s).id, "Auskunftei", 8_00, s.user_id)
    return returns.note_answer(inquiry.public_id, Place("Neue Straße 1", "21335", "Lüneburg"))


def complaint_answer(s: State) -> object:
    kept = complaints.record_complaint(s.case.id, "Niemand ruft zurück.", clock.today())
    complaints.answer_in_portal(kept, "Wir rufen an.")
    return complaints.tell_answer("", kept.id)


SOON = date(2026, 12, 10)
SERVICES: dict[str, Callable[[State], object]] = {
    "make_plan": plan_of,
    "make_plan agreement": lambda s: plan_of(s, PlanKind.AGREEMENT),
    "accept_offer": on_agreement(
        lambda plan: plans.accept_offer(plan, plans.Acceptance(clock.today(), AcceptedBy.EMAIL))
    ),
    "note_client_decision": on_agreement(
        lambda plan: plans.note_client_decision(plan, agrees=True, words="am Telefon")
    ),
    "second_person_agreed": on_agreement(plans.second_person_agreed),
    "second_person_refused": on_agreement(plans.second_person_refused),
    "offer_now": on_agreement(plans.offer_now),
    "client_answered": client_answer,
    "break_plan": on_plan(lambda case, plan: plan_running.break_plan(case, plan, SOON)),
    "give_time": on_plan(lambda case, plan: plan_running.give_time(case, plan, SOON)),
    "revoke": on_plan(
        lambda case, plan: plan_running.revoke(case, plan, EndedBy.REVOKED, "zahlt nicht")
    ),
    "after_payment": on_plan(plan_running.after_payment),
    "after_return": on_plan(plan_running.after_return),
    "send_reminder": on_plan(remind),
    "choose_strategy": choose,
    "advance": lambda s: strategies.advance([s.case.id], clock.today()),
    "place_cases": lambda s: placing.place_cases([s.case.id], clock.today()),
    "begin_letter": draft_of,
    "change_letter": lambda s: written.change_letter(
        draft_of(s), "Guten Tag", term_days=14, next_step="call", contract_circumstances=""
    ),
    "drop_letter": lambda s: written.drop_letter(draft_of(s)),
    "release_written": lambda s: written.release_written(draft_of(s).id, s.user_id),
    "mail_letter": lambda s: mailing.mail_letter(letter_of(s), s.user_id),
    "assign": lambda s: post.assign(make_post(), s.case, "hand", "", s.user_id),
    "note_returned": lambda s: returns.note_returned(letter_of(s).number, clock.today()),
    "order_inquiry": lambda s: returns.order_inquiry(
        s.case, first_debtor(s).id, "Auskunftei", 8_00, s.user_id
    ),
    "note_answer": inquiry_answer,
    "note_request": request_of,
    "answer_request": lambda s: requests.answer_request(request_of(s), "Kopie geschickt"),
    "correct_contact": correct,
    "learn": lambda s: learning.learn(
        s.case.id, first_debtor(s), learning.Learned(phone="040 5550199"), "Anruf"
    ),
    "tell_status": lambda s: status_mail.tell_status(s.case.id),
    "ask": lambda s: evidence.ask(s.objection.id, ["proof_of_delivery"]),
    "explain": lambda s: evidence.explain(s.objection.id, "proof_of_delivery", "verloren"),
    "answer": answer_piece,
    "release_rest": lambda s: holding.release_rest(s.objection.id, "unstreitig"),
    "mention": lambda s: mentions.mention(
        s.objection, ObjectionPhase.AGENCY, "email", clock.today(), "Noch einmal"
    ),
    "repeat": lambda s: mentions.repeat(s.case, s.decided),
    "decide_or_ask": lambda s: second_person.decide_or_ask(
        s.objection.id, Decision(Verdict.PRETEXT, "so")
    ),
    "record_complaint": lambda s: complaints.record_complaint(
        s.case.id, "Niemand ruft zurück.", clock.today()
    ),
    "tell_answer": complaint_answer,
    "note_cause": lambda s: complaints.note_cause(
        s.case, Cause.PRICE, objection_id=s.objection.id
    ),
    "report": report_of,
    "tell_report": tell_report,
    "answer_report": answer_report,
    "postpone_item": on_item(lambda item: by_hand.postpone_item(item, SOON, "wartet")),
    "tick_off": on_item(by_hand.tick_off),
    "settle": lambda s: paid_in_time.settle(s.case),
    "waive_trivial_rest": lambda s: trivial_rest.waive_trivial_rest(s.case.id, "Kleinbetrag"),
    "contest_first": lambda s: mentions.contest_first(
        s.decided, [claim.id for claim in list_claims(s.case.id)]
    ),
}  # fmt: skip
#: Public functions of these modules that are no act of their own upon one case.
NO_ACTS = {
    "is_waiting": "Pure.",
    "draft_plan": "Kept nowhere.",
    "client_decided": "Part of note_client_decision and of the portal's decision.",
    "start": "Part of make_plan and accept_offer.",
    "end": "Part of revoke.",
    "fulfil": "Part of after_payment.",
    "send_offer": "Part of make_plan.",
    "release": "Part of send_offer and send_reminder.",
    "content_of": "Writes nothing.",
    "preview_offer": "Writes nothing.",
    "begin": "Part of choose_strategy and place_cases.",
    "look_at": "Writes nothing.",
    "house_place": "A read.",
    "standing_of": "A read.",
    "plans_of": "A read.",
    "cases_due": "A read.",
    "cases_without": "A read.",
    "wish_of": "A read.",
    "case_of": "A read.",
    "take_in": "Post has no case yet.",
    "take_in_mail": "Post has no case yet.",
    "take_in_head": "Post has no case yet.",
    "begin_mailing": "Part of the release of a letter.",
    "note_failed": "Follows a mail that came back; tests/cases/letters.",
    "end_mail": "Carried out by a worker; tests/cases/letters.",
    "address_of": "A read.",
    "language_of": "A read.",
    "read_item": "Post has no case yet.",
    "give_up_reading": "Post has no case yet.",
    "read_of": "A read.",
    "guesses_of": "A read.",
    "set_aside": "Post has no case then.",
    "split": "Post has no case yet.",
    "join": "Post has no case yet.",
    "count_waiting_post": "A read.",
    "open_post_file": "A read.",
    "numbers_in": "Pure.",
    "order_file": "A read.",
    "read_answers": "Pure.",
    "note_answers": "note_answer for many.",
    "may_mail": "A read.",
    "key_of": "Pure.",
    "message_id_of": "Pure.",
    "deliver_letter": "Carried out by a worker; tests/cases/letters/test_mailing.py.",
    "compose_letter_mail": "Pure.",
    "answer_by_letter": "Part of the release of a letter.",
    "withdraw_requests": "Part of end_case.",
    "corrected_ids": "A read.",
    "unmet": "Pure.",
    "answer_in_portal": "Of the portal, which sees its own rows only; part of tell_answer.",
    "tell_evidence": "Carried out by a worker; tests/cases/objections.",
    "open_pieces": "A read.",
    "count_open_pieces": "A read.",
    "close_pieces": "Part of a verdict.",
    "reopen_pieces": "Part of a verdict's reopening.",
    "hold_disputed": "Part of record_objection.",
    "hold_case_for": "Part of record_objection.",
    "hold_again": "Part of a verdict's reopening.",
    "take_over_holds": "Part of an objection that joins another.",
    "lift_holds": "Part of a verdict.",
    "open_principal": "A read.",
    "first_contested": "A read.",
    "needs_second": "A read.",
    "waiting_verdict": "A read.",
    "disputed_cents": "A read.",
    "cause_of": "A read.",
    "count_causes": "A read.",
    "may_tick": "A read.",
    "trivial_rest_cents": "A read.",
}  # fmt: skip
#: What a closed case still takes: post, questions, what a creditor tells, what is said about it.
WORK_WHEN_CLOSED = {
    "advance", "place_cases", "begin_letter", "change_letter", "drop_letter",
    "release_written", "assign",
    "order_inquiry", "note_answer", "note_request", "answer_request", "correct_contact", "learn",
    "tell_status", "explain", "mention", "repeat", "note_cause", "report", "tell_report",
    "answer_report", "postpone_item", "tick_off", "settle", "contest_first",
}  # fmt: skip
