"""Effects: what the outbox can carry out, registered here for web and worker alike."""

from dataclasses import replace

from agency.demo import later
from agency.settings import Settings
from cases.audit_heads import ANCHORS
from cases.claims import reports
from cases.claims.asking import services as asking
from cases.claims.asking.models import AskedFor
from cases.contacts.visits.deciding import client_decided
from cases.contacts.visits.receipts import keep_receipt
from cases.core import outbox
from cases.core.cleaning import CLEANING
from cases.core.jobs import Waker
from cases.core.mail import services as mails
from cases.core.outbox import HANDLERS, WAKE, Handler
from cases.core.queues import EffectQueue
from cases.core.runs import EFFECT, RUN_KINDS, RunKind, carry_out_batch
from cases.dunning.approval_watch import SILENCE
from cases.dunning.failures import reported
from cases.dunning.fee_watch import FEES, review_fee
from cases.dunning.limitation_watch import DAYS, WARNINGS
from cases.dunning.objection_watch import OBJECTIONS
from cases.dunning.plan_decisions import client_answered
from cases.dunning.plan_watch import PLANS
from cases.dunning.promise_watch import PROMISES
from cases.dunning.rate_watch import RATES
from cases.filings.applications import handing_over, releasing
from cases.filings.proceedings.nightly_watch import FINALITY, RECEIPTS
from cases.intake.documents import tell_document
from cases.intake.opening import open_submission
from cases.intake.reading_in import read_submission, refuse_reading
from cases.letters import many
from cases.letters import services as letters
from cases.letters.inbox import services as inbox
from cases.letters.mailing import services as mailing
from cases.objections import evidence
from cases.objections.complaints import services as complaints
from cases.parties import relationship_rules
from cases.payments.cash.services import EFFECT as CASH_RECEIPT
from cases.payments.taking_back import undo_statement
from cases.people.access import links
from cases.recoveries.mailing import services as report_mails
from cases.recoveries.open_items import services as open_items
from cases.remittances.confirming_all import import_and_confirm
from cases.remittances.statement import keep_statement
from cases.strategies import running as strategies
from cases.strategies.carrying_out import send_intended
from cases.strategies.nightly import PLACING, STEPS, STRANDED
from cases.strategies.own_name import mails as own_name_mails
from cases.strategies.own_name import services as own_name
from cases.strategies.own_name.nightly import OWN_NAME
from cases.strategies.policy_change import reconsider
from cases.worklist.house_dates.services import DATES
from portal.reporting.mailing import mail_reports


def register_effects(settings: Settings) -> None:
    """Say how each kind of effect is carried out, and how workers are woken."""
    HANDLERS.clear()
    HANDLERS.update(handlers())
    RUN_KINDS.clear()
    RUN_KINDS.update(run_kinds())
    asking.ANSWERED.update({AskedFor.PLAN: client_answered, AskedFor.VISIT: client_decided})
    outbox.LEASE_SECONDS = settings.lease_seconds
    WAKE[:] = [Waker(settings.redis_url).wake]


def handlers() -> dict[str, Handler]:
    """Kind of effect -> how it is carried out."""
    return {
        "bank.import": Handler(import_and_confirm, inside=False),
        "bank.take_back": Handler(undo_statement, inside=False),
        "costs.review": Handler(review_fee, inside=True),
        releasing.EFFECT: Handler(releasing.make_file, inside=False),
        handing_over.EFFECT: Handler(handing_over.hand_over_file, inside=False),
        reports.EFFECT: Handler(reports.tell_report, inside=True),
        complaints.EFFECT: Handler(complaints.tell_answer, inside=True),
        evidence.EFFECT: Handler(evidence.tell_evidence, inside=True),
        "intake.document_added": Handler(tell_document, inside=True),
        "intake.open": Handler(open_submission, inside=False, queue=EffectQueue.UPLOADS),
        "intake.read": Handler(
            read_submission, inside=False, queue=EffectQueue.UPLOADS, give_up=refuse_reading
        ),
        many.EFFECT: Handler(many.carry_out_release, inside=False),
        later.EFFECT: Handler(later.send_as_dated, inside=True),
        inbox.EFFECT: Handler(
            inbox.read_item, inside=True, queue=EffectQueue.UPLOADS, give_up=inbox.give_up_reading
        ),
        CASH_RECEIPT: Handler(keep_receipt, inside=True),
        mailing.EFFECT: Handler(mailing.deliver_letter, inside=False),
        asking.EFFECT: Handler(asking.carry_out_answer, inside=True),
        relationship_rules.EFFECT: Handler(reconsider, inside=True, queue=EffectQueue.NIGHT),
        "letter.send": Handler(letters.send_letter, inside=True),
        mails.EFFECT: Handler(mails.deliver, inside=False),
        strategies.EFFECT: Handler(send_intended, inside=True, queue=EffectQueue.NIGHT),
        open_items.EFFECT: Handler(open_items.carry_out, inside=True, queue=EffectQueue.UPLOADS),
        report_mails.EFFECT: Handler(mail_reports, inside=True, queue=EffectQueue.NIGHT),
        own_name.EFFECT: Handler(own_name.read_list, inside=True, queue=EffectQueue.UPLOADS),
        own_name_mails.EFFECT: Handler(own_name_mails.deliver, inside=False),
        links.ASKED: Handler(links.ask_for_reset, inside=True),
        "remittance.statement": Handler(keep_statement, inside=True),
        EFFECT: Handler(carry_out_batch, inside=False, queue=EffectQueue.NIGHT),
    }


def run_kinds() -> dict[str, RunKind]:
    """What is done every night, in this order: what must be warned of comes first."""
    return {
        "limitation.warnings": WARNINGS,
        "limitation.days": DAYS,
        "court.receipts": RECEIPTS,
        "court.finality": FINALITY,
        "objections": OBJECTIONS,
        "client.approvals": SILENCE,
        "promises": PROMISES,
        "plans": PLANS,
        "fees": FEES,
        # A case for which one of these fails comes onto somebody's desk.
        "strategies.placing": replace(PLACING, **reported()),
        strategies.RUN: replace(STEPS, **reported()),
        "strategies.stranded": replace(STRANDED, **reported()),
        "own_name": OWN_NAME,
        "rates": RATES,
        "house.dates": DATES,
        report_mails.EFFECT: report_mails.MAILINGS,
        "cleaning": CLEANING,
        "audit.heads": ANCHORS,
    }
