"""Limitation (Verjährung) of each claim: two last days, and the events that move them.

The conservative day counts only what legal has confirmed; warnings use it. A kind of claim that
has no rule here (short periods such as freight or rent) gets its day from legal.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.law import country_place, law_of
from cases.claims.models import Case, Claim, LimitationRow
from cases.claims.queries import DebtorInCase, list_debtors
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Invalid, NotFound
from cases.parties.queries import place_of
from legal.jurisdiction import Jurisdiction
from legal.limitation import Expiry, Limitation
from legal.limitation_events import LimitationEvent, LimitationEventKind, check_order

#: Asked with the claim; what has no rule here is "other", and legal sets its day.
OTHER = "other"
#: What a title makes of a claim, and the interest that falls due after it.
TITLE, TITLE_INTEREST = "title", "title_interest"


class LimitationDayMissing(Invalid):
    """Say until when the claim can be enforced, and why."""


class KindUnknown(Invalid):
    """There is no such kind of claim."""


class EventWithoutRule(Invalid):
    """The law of this case has no rule for this event. Legal sets the last day instead."""


class WhoseEvent(Invalid):
    """Say in whose person it happened: it moves the limitation of no other debtor (§ 425 BGB)."""


def kinds_of(law: Jurisdiction) -> tuple[str, ...]:
    """What may be asked of a claim under a law."""
    return (*law.limitation_kinds, OTHER)


@dataclass(frozen=True, slots=True)
class EventDays:
    """The days of an event, as far as they are known."""

    first_day: date | None = None
    last_day: date | None = None
    applied_on: date | None = None
    served_on: date | None = None
    last_act_on: date | None = None


def compute_limitation(
    claim: Claim, events: Sequence[LimitationRow], law: Jurisdiction, place: str, as_of: date
) -> Limitation | None:
    """Both days of a claim, or None where legal must set the day.

    A kind that was not asked counts as the shortest that the law has a rule for.
    """
    if claim.kind == OTHER:
        return None
    kind = claim.kind or law.unasked_limitation_kind(consumer_loan=claim.is_consumer_loan)
    due_on = claim.due_on or claim.arose_on or claim.invoiced_on
    found = [_event(row) for row in events]
    untitled = law.limitation(kind, due_on, place, events=found, as_of=as_of)
    if claim.titled_on is None or TITLE not in law.limitation_kinds:
        return untitled
    titled = law.limitation(TITLE, claim.title_final_on or claim.titled_on, place)
    # The careful day waits for finality: an order that is contested may still fall.
    careful = titled.conservative if claim.title_final_on else untitled.conservative
    return Limitation(titled.computed, careful)


def interest_limitation(case: Case, claim: Claim, day: date) -> date | None:
    """Until when interest that falls due on a day after the title can be enforced.

    None while there is no final title. Law: BGB § 197(2).
    """
    law = law_of(case)
    if claim.title_final_on is None or TITLE_INTEREST not in law.limitation_kinds:
        return None
    return law.limitation(TITLE_INTEREST, day, _place_of(case)).computed.last_day


def refresh_limitation(case: Case, claims: Sequence[Claim]) -> None:
    """Compute and keep the two days of claims of one case: the first debtor's to be over."""
    law, place, joint = law_of(case), _place_of(case), _joint(case)
    events = list_limitation_events([claim.id for claim in claims])
    for claim in claims:
        own = [row for row in events if row.claim_id == claim.id]
        _keep(claim, compute_for_all(claim, own, joint, law, place, clock.today()))


def compute_for_all(
    claim: Claim,
    events: Sequence[LimitationRow],
    debtor_ids: Collection[int],
    law: Jurisdiction,
    place: str,
    as_of: date,
) -> Limitation | None:
    """Both days of a claim against several debtors: of each the one that is over first.

    What one of them acknowledges, pays or is served moves only his own day. Law: BGB § 425.
    """
    found = [
        compute_limitation(claim, _events_of(events, debtor_id), law, place, as_of)
        for debtor_id in (debtor_ids if _is_personal(events) else ())
    ] or [compute_limitation(claim, events, law, place, as_of)]
    known = [each for each in found if each is not None]
    if not known:
        return None
    return Limitation(
        min((each.computed for each in known), key=_ends),
        min((each.conservative for each in known), key=_ends),
    )


def _events_of(events: Sequence[LimitationRow], debtor_id: int) -> list[LimitationRow]:
    """What moves the limitation of one debtor: his own events, and those not assigned yet."""
    return [row for row in events if row.debtor_id in {None, debtor_id}]


def _is_personal(events: Sequence[LimitationRow]) -> bool:
    return any(row.debtor_id is not None for row in events)


def _ends(expiry: Expiry) -> date:
    return expiry.last_day or date.max


def _joint(case: Case) -> list[int]:
    return [one.debtor.id for one in list_debtors(case.id)]


def explain_limitation(case: Case, claim: Claim) -> Limitation | None:
    """Both days with every step that leads to them; None where legal must set the day."""
    events = list_limitation_events([claim.id])
    return compute_for_all(
        claim, events, _joint(case), law_of(case), _place_of(case), clock.today()
    )


def explain_by_debtor(case: Case, claim: Claim) -> list[tuple[DebtorInCase, Limitation | None]]:
    """Both days towards each joint debtor, in the order of the case."""
    events, law, place = list_limitation_events([claim.id]), law_of(case), _place_of(case)
    return [
        (
            one,
            compute_limitation(claim, _events_of(events, one.debtor.id), law, place, clock.today()),
        )
        for one in list_debtors(case.id)
    ]


def ask_kind(case: Case, claim: Claim, kind: str) -> None:
    """Keep what kind of claim it is; one without a rule here waits for legal's day.

    Raises:
        KindUnknown.
    """
    if kind not in kinds_of(law_of(case)):
        raise KindUnknown
    claim.kind = str(kind)
    refresh_limitation(case, [claim])
    timeline.record(case, "limitation.kind", limitation_kind_code=claim.kind, claim_id=claim.id)


def list_limitation_events(claim_ids: Collection[int]) -> list[LimitationRow]:
    """What moved the limitation of these claims, in the order it was noted."""
    query = select(LimitationRow).where(LimitationRow.claim_id.in_(claim_ids))
    return list(db.session.scalars(query.order_by(LimitationRow.id)))


def note_event(
    case: Case,
    claim: Claim,
    kind: LimitationEventKind,
    days: EventDays,
    note: str | None = None,
    *,
    source: str | None = None,
    debtor_id: int | None = None,
) -> LimitationRow:
    """Note what may have suspended or restarted a claim; it counts once legal confirms it.

    `debtor_id` says in whose person it happened, where there are several debtors.

    Raises:
        EventWithoutRule.
    """
    if kind not in law_of(case).limitation_events:
        raise EventWithoutRule
    row = LimitationRow(
        case_id=case.id,
        creditor_id=case.creditor_id,
        claim_id=claim.id,
        debtor_id=debtor_id if len(_joint(case)) > 1 else None,
        kind=kind,
        note=note,
        source=source,
        noted_at=clock.now(),
        noted_by=audit.actor_id(),
        **{name: getattr(days, name) for name in EventDays.__dataclass_fields__},
    )
    check_order(_event(row))
    db.session.add(row)
    db.session.flush()
    timeline.record(case, "limitation.noted", event_code=kind.value, claim_id=claim.id)
    refresh_limitation(case, [claim])
    return row


def keep_event_of(
    case: Case,
    claims: Sequence[Claim],
    source: str,
    event: LimitationEvent | None,
    debtor_id: int | None = None,
) -> None:
    """Let one row for each claim say what a proceeding does to its limitation now.

    What legal has confirmed stays confirmed while it is the same kind of event: its later acts
    are facts that a person has recorded. Nothing to say takes the row away.
    """
    known = {row.claim_id: row for row in list_limitation_events([c.id for c in claims])
             if row.source == source}  # fmt: skip
    for claim in claims:
        row = known.get(claim.id)
        if event is None:
            if row is not None:
                db.session.delete(row)
            continue
        if row is None:
            row = note_event(
                case, claim, event.kind, days_of(event), source=source, debtor_id=debtor_id
            )
        elif row.kind is not event.kind:
            row.confirmed_at = row.confirmed_by = None
        row.kind = event.kind
        for name in EventDays.__dataclass_fields__:
            setattr(row, name, getattr(event, name))
    db.session.flush()
    refresh_limitation(case, claims)


def days_of(event: LimitationEvent) -> EventDays:
    """The days of an event, as a row keeps them."""
    return EventDays(**{name: getattr(event, name) for name in EventDays.__dataclass_fields__})


def set_title(
    case: Case, claims: Sequence[Claim], titled_on: date | None, final_on: date | None
) -> None:
    """Note since when claims stand under a title against all their debtors, or that they do not."""
    for claim in claims:
        claim.titled_on, claim.title_final_on = titled_on, final_on
    refresh_limitation(case, claims)


def confirm_event(case: Case, public_id: str, debtor_id: int | None = None) -> LimitationRow:
    """Legal confirms an event: from now on the conservative day counts it.

    Raises:
        NotFound.
        WhoseEvent: there are several debtors, and it is not said in whose person it happened.
    """
    row = db.session.scalar(
        select(LimitationRow).where(
            LimitationRow.public_id == public_id, LimitationRow.case_id == case.id
        )
    )
    if row is None:
        raise NotFound
    if row.confirmed_at is not None:
        return row
    joint = _joint(case)
    if len(joint) > 1 and row.debtor_id is None:
        if debtor_id not in joint:
            raise WhoseEvent
        row.debtor_id = debtor_id
    row.confirmed_at, row.confirmed_by = clock.now(), audit.actor_id()
    db.session.flush()
    timeline.record(case, "limitation.confirmed", event_code=row.kind.value, claim_id=row.claim_id)
    refresh_limitation(case, [db.session.get_one(Claim, row.claim_id)])
    return row


def set_limitation_day(case: Case, claim: Claim, day: date, why: str) -> None:
    """Legal sets the last day itself, with the reason; raises LimitationDayMissing."""
    if not why.strip():
        raise LimitationDayMissing
    claim.limitation_set_on = day
    _keep(claim, None)
    timeline.record(case, "limitation.set", last_day_on=day, why=why.strip(), claim_id=claim.id)


def withdraw_limitation_day(case: Case, claim: Claim) -> None:
    """Let the law's own computation count again instead of the day that legal set."""
    if claim.limitation_set_on is None:
        return
    claim.limitation_set_on = None
    refresh_limitation(case, [claim])
    timeline.record(case, "limitation.withdrawn", claim_id=claim.id)


def _place_of(case: Case) -> str:
    """Where the first debtor lives: its holidays move a last day."""
    first = list_debtors(case.id)[0].address
    if first is None:
        return law_of(case).place
    return place_at(first.postcode, first.country)


def place_at(postcode: str, country: str) -> str:
    """Whose holidays count at an address, the whole country's where its part is not certain."""
    return place_of(postcode, country) or country_place(country)


def _keep(claim: Claim, found: Limitation | None) -> None:
    claim.limitation_on, claim.limitation_conservative_on = last_days(claim, found)


def last_days(claim: Claim, found: Limitation | None) -> tuple[date | None, date | None]:
    """The computed and the conservative day, or for both the one that legal has set."""
    if claim.limitation_set_on is not None or found is None:
        return claim.limitation_set_on, claim.limitation_set_on
    return found.computed.last_day, found.conservative.last_day


def _event(row: LimitationRow) -> LimitationEvent:
    return LimitationEvent(
        kind=row.kind,
        first_day=row.first_day,
        last_day=row.last_day,
        applied_on=row.applied_on,
        served_on=row.served_on,
        last_act_on=row.last_act_on,
        confirmed=row.confirmed_at is not None,
    )
