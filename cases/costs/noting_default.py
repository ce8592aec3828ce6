"""A reminder that reached a debtor, noted afterwards: from then on he is in default.

With several debtors it counts for him alone (BGB § 425(2)). Interest is computed from the new day,
and payments are spread anew where the claim account begins to count earlier or later than before.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from cases.claims import timeline
from cases.claims.default import default_of, interest_rule
from cases.claims.joint_default import Start, list_joint_defaults, starts_among
from cases.claims.law import law_of
from cases.claims.models import Case, Claim, JointDefault
from cases.claims.queries import DebtorInCase, list_claims, list_debtors, lock_case
from cases.claims.services import (
    TAKES_CLAIMS,
    debtor_place,
    require_known_rate,
    require_open,
)
from cases.core import clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.payments.booking import reallocate_payments
from legal.default import Ground


class ReminderTooEarly(Invalid):
    """A reminder that arrived before claim {number} was due puts nobody in default."""


class ReminderInFuture(Invalid):
    """The reminder cannot have arrived in the future."""


class HowKnownMissing(Invalid):
    """Please say how we know that the reminder arrived."""


class ClaimMissing(Invalid):
    """Please choose the claims that the reminder was about."""


class DefaultByContract(Invalid):
    """Claim {number} is in default since {default_on} by the agreed payment day; a reminder changes
    nothing about it.
    """


class DefaultNotNoted(Conflict):
    """A case in court or with a title keeps its days of default: the application names them."""


class NobodyElseInDefault(Conflict):
    """Nobody else is in default with claim {number}: interest and costs rest on this day. Note the
    right day instead.
    """


def note_reminder(
    case_id: int,
    debtor_public_id: str,
    claim_public_ids: Collection[str],
    received_on: date,
    how_known: str,
) -> None:
    """A debtor received a reminder about these claims on a day.

    Raises:
        NotFound, CaseClosed, DefaultNotNoted, HowKnownMissing, ClaimMissing, ReminderInFuture,
        ReminderTooEarly, DefaultByContract, DefaultTooOld.
    """
    case, party, claims = _open(case_id, debtor_public_id, claim_public_ids, how_known)
    if received_on > clock.today():
        raise ReminderInFuture
    for claim in claims:
        start = _start_by_reminder(case, party, claim, received_on)
        _keep(case, party, claim, start)
        timeline.record(
            case, "default.noted", name=party.debtor.full_name, why=how_known.strip(),
            invoice_number=claim.invoice_number, default_on=start.default_on,
        )  # fmt: skip


def withdraw_default(
    case_id: int, debtor_public_id: str, claim_public_id: str, how_known: str
) -> None:
    """No reminder ever reached this joint debtor.

    Raises:
        NotFound, CaseClosed, DefaultNotNoted, HowKnownMissing, DefaultByContract,
        NobodyElseInDefault.
    """
    case, party, claims = _open(case_id, debtor_public_id, [claim_public_id], how_known)
    [claim] = claims
    _require_no_agreed_day(claim)
    if not _others_in_default(case, party, claim):
        raise NobodyElseInDefault(number=claim.invoice_number)
    _keep(case, party, claim, Start(None, None))
    timeline.record(
        case, "default.withdrawn", name=party.debtor.full_name, why=how_known.strip(),
        invoice_number=claim.invoice_number,
    )  # fmt: skip


def _open(
    case_id: int, debtor_public_id: str, claim_public_ids: Collection[str], how_known: str
) -> tuple[Case, DebtorInCase, list[Claim]]:
    case = lock_case(case_id)
    require_open(case)
    if case.phase not in TAKES_CLAIMS:
        raise DefaultNotNoted
    party = next(
        (one for one in list_debtors(case.id) if one.debtor.public_id == debtor_public_id), None
    )
    if party is None:
        raise NotFound
    if not how_known.strip():
        raise HowKnownMissing
    claims = [claim for claim in list_claims(case.id) if claim.public_id in claim_public_ids]
    if not claims:
        raise ClaimMissing
    return case, party, claims


def _start_by_reminder(case: Case, party: DebtorInCase, claim: Claim, received_on: date) -> Start:
    law, address = law_of(case), party.address
    place = debtor_place(address.postcode, address.country) if address else law.place
    _require_no_agreed_day(claim)
    default = default_of(claim, law, place, received_on)
    if default is None:
        raise ReminderTooEarly(number=claim.invoice_number)
    if claim.default_on is None and default.first_day <= received_on:
        # Its default was ended by a verdict: only this reminder begins a new one.
        first_day = received_on + timedelta(days=1)
        default = replace(default, first_day=first_day, ground=Ground.REMINDER)
    require_known_rate(law, interest_rule(claim), default.first_day)
    return Start(default.first_day, default.ground.value, received_on)


def _require_no_agreed_day(claim: Claim) -> None:
    if claim.default_basis == "agreed_day" and claim.default_on is not None:
        raise DefaultByContract(number=claim.invoice_number, default_on=claim.default_on)


def _others_in_default(case: Case, party: DebtorInCase, claim: Claim) -> bool:
    starts = starts_among([claim], list_debtors(case.id), list_joint_defaults([case.id]))
    return any(
        own[claim.id].default_on is not None
        for debtor_id, own in starts.items()
        if debtor_id != party.debtor.id
    )


def _keep(case: Case, party: DebtorInCase, claim: Claim, start: Start) -> None:
    """Write down who is in default since when, and let the claim count from the earliest day."""
    before = claim.default_on
    debtors = list_debtors(case.id)
    if len(debtors) == 1:
        earliest = start
    else:
        starts = starts_among([claim], debtors, list_joint_defaults([case.id]))
        now = {debtor_id: own[claim.id] for debtor_id, own in starts.items()}
        now[party.debtor.id] = start
        _write(case, claim, now)
        # Who is in default with it from the first, if anybody is.
        earliest = min(now.values(), key=lambda each: each.default_on or date.max)
    claim.default_on, claim.default_basis = earliest.default_on, earliest.basis
    claim.reminded_on = earliest.reminded_on
    db.session.flush()
    if claim.default_on != before:
        days = [day for day in (before, claim.default_on) if day is not None]
        # From the day before on, so that a payment of the first day itself is spread anew too.
        reallocate_payments(case, min(days) - timedelta(days=1))


def _write(case: Case, claim: Claim, now: dict[int, Start]) -> None:
    """All debtors of the claim, so that nothing is inferred from the claim's own day any more."""
    known = {r.debtor_id: r for r in list_joint_defaults([case.id]) if r.claim_id == claim.id}
    for debtor_id, start in now.items():
        row = known.get(debtor_id)
        if row is None:
            row = JointDefault(
                case_id=case.id, creditor_id=case.creditor_id, claim_id=claim.id,
                debtor_id=debtor_id,
            )  # fmt: skip
            db.session.add(row)
        row.reminded_on = start.reminded_on
        row.default_on, row.default_basis = start.default_on, start.basis
