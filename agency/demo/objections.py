"""Cases whose debtor objects to the claim: every kind, every verdict, some still open."""

from datetime import timedelta

from agency.demo.agenda import Story
from agency.demo.desk import Desk
from cases.claims.models import Phase
from cases.claims.queries import get_case_by_id, list_claims
from cases.contacts.models import ContactOutcome, NonPaymentReason
from cases.core import clock
from cases.ledger.services import owed_on
from cases.letters.models import LetterKind
from cases.objections.catalogue import Contests, reason_of
from cases.objections.checklist import questions_for
from cases.objections.evidence import explain, list_needs, unmet
from cases.objections.indicators import SpeaksFor
from cases.objections.models import ObjectionKind, Verdict
from cases.objections.queries import get_objection_by_id
from cases.objections.services import (
    Answer,
    Disputed,
    ObjectionDetails,
    answer_questions,
    record_objection,
)
from cases.objections.verdicts import Decision, decide_objection

WORDS = {
    ObjectionKind.PAID: "Das habe ich schon im Frühjahr überwiesen.",
    ObjectionKind.NOT_ORDERED: "Ich habe dort nie etwas bestellt.",
    ObjectionKind.NOT_DELIVERED: "Die Ware ist nicht angekommen.",
    ObjectionKind.DEFECT: "Die Leistung war mangelhaft, das habe ich gleich gesagt.",
    ObjectionKind.WRONG_AMOUNT: "Vereinbart war ein niedrigerer Preis.",
    ObjectionKind.WITHDRAWN: "Ich habe den Vertrag widerrufen.",
    ObjectionKind.TIME_BARRED: "Das ist doch längst verjährt.",
    ObjectionKind.NOT_LIABLE: "Der Anschluss läuft auf meinen früheren Mitbewohner.",
    ObjectionKind.SET_OFF: "Ich habe selbst noch eine Gutschrift zu bekommen.",
    ObjectionKind.PRICE_NOT_AGREED: "Über den Preis haben wir nie gesprochen.",
    ObjectionKind.CANCELLED: "Ich habe zum Jahresende gekündigt.",
    ObjectionKind.SUBSCRIPTION_TRAP: "Dass das etwas kostet, stand nirgends.",
    ObjectionKind.IDENTITY_MISUSE: "Da hat jemand auf meinen Namen bestellt.",
    ObjectionKind.MINOR: "Mein Sohn war damals erst 16.",
    ObjectionKind.DECEASED_DEBT: "Das war noch mein verstorbener Vater.",
    ObjectionKind.RETENTION: "Erst wenn die Restarbeiten fertig sind.",
    ObjectionKind.INSTALMENTS_AGREED: "Ich hatte doch Raten vereinbart.",
    ObjectionKind.INVOICE_NOT_RECEIVED: "Eine Rechnung habe ich nie bekommen.",
    ObjectionKind.COSTS_ONLY: "Die Inkassokosten zahle ich nicht.",
    ObjectionKind.NO_AUTHORITY: "Zeigen Sie mir erst einmal Ihre Vollmacht.",
    ObjectionKind.OTHER: "Ich sehe nicht ein, dass ich das zahlen soll.",
}
REASONS = {
    Verdict.PRETEXT: "Lieferschein und Schriftwechsel sprechen dagegen.",
    Verdict.GENUINE: "Der Mandant bestätigt die Angaben.",
    Verdict.PARTLY_GENUINE: "Ein Teil der Rechnung war falsch berechnet.",
    Verdict.UNDECIDED: "Die Auskunft des Mandanten steht noch aus.",
}

#: What was verified so lately still waits for the client's answer.
WAITS_DAYS = 35


def objects(desk: Desk, case_id: int, turn: int) -> Story:
    """An objection on the phone, its checklist, its verdict, and what follows."""
    kind = list(ObjectionKind)[turn % len(ObjectionKind)]
    verdict = list(Verdict)[turn // 3 % len(Verdict)]
    yield 2
    desk.accept(case_id)
    yield 3
    desk.demand(case_id)
    yield 17
    yield from desk.call(
        case_id, ContactOutcome.OBJECTION, NonPaymentReason.DISPUTE, note=WORDS[kind]
    )
    yield 1
    desk.worker(case_id)
    claim = list_claims(case_id)[0]
    said = ObjectionDetails(
        kind, WORDS[kind], contests=True, channel="phone", raised_on=clock.today(),
        disputed=[Disputed(claim.id, claim.principal_cents)],
    )  # fmt: skip
    objection_id = record_objection(case_id, said).id
    yield 20
    desk.worker(case_id)
    speaks = SpeaksFor.GENUINE if verdict is Verdict.GENUINE else SpeaksFor.PRETEXT
    found = Answer("Rückfrage beim Mandanten vom selben Tag", speaks)
    answer_questions(objection_id, dict.fromkeys(questions_for(kind), found))
    for need in unmet(list_needs(get_objection_by_id(objection_id))):
        explain(objection_id, need.label.code, "Der Mandant hat auf die Rückfrage geantwortet.")
    yield 6
    desk.worker(case_id)
    if desk.days_ago() < WAITS_DAYS:
        verdict = Verdict.UNDECIDED
    contests = reason_of(kind.value).contests
    if contests is Contests.NOTHING and verdict is Verdict.PARTLY_GENUINE:
        verdict = Verdict.GENUINE  # There is no claim of which it could be a part.
    part = {claim.id: claim.principal_cents // 3} if verdict is Verdict.PARTLY_GENUINE else {}
    waits = verdict is Verdict.UNDECIDED or contests is Contests.DUE
    again = clock.today() + timedelta(days=30) if waits else None
    decide_objection(
        objection_id,
        Decision(verdict, REASONS[verdict], part, again, "Unterlagen liegen beim Mandanten"),
    )
    if verdict is Verdict.UNDECIDED:
        yield 40
        desk.worker(case_id)
        verdict = Verdict.PRETEXT
        decide_objection(
            objection_id,
            Decision(verdict, "Der Mandant hat sich erklärt.", no_evidence="Auskunft am Telefon"),
        )
    if get_case_by_id(case_id).phase is Phase.CLOSED:
        return
    yield 2
    desk.write(case_id, LetterKind.OBJECTION_REPLY, REASONS[verdict])
    yield 20
    if owed_on(get_case_by_id(case_id), clock.today()).open_cents > 0:
        desk.pay(case_id)
    yield 16
    desk.finish_paid(case_id)
