"""What the readiness check must know beside the application itself, from the facts of a case."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from cases.claims.models import Purpose
from cases.filings.applications.case_facts import CaseFacts, claimed_in
from cases.objections.models import Verdict
from cases.parties.models import DebtorKind
from cases.parties.queries import place_of
from legal.de.court.readiness.circumstances import (
    Circumstances,
    CreditFacts,
    ObjectionState,
    Performance,
    TrialCourts,
)
from legal.de.limitation import LimitationKind, limitation

#: From the strongest to the weakest: what stands against filing counts most.
_WEIGHT = (
    ObjectionState.OPEN,
    ObjectionState.GENUINE,
    ObjectionState.PARTLY,
    ObjectionState.UNDECIDED,
    ObjectionState.PRETEXT,
)
_STATES = {
    None: ObjectionState.OPEN,
    Verdict.UNDECIDED: ObjectionState.UNDECIDED,
    Verdict.GENUINE: ObjectionState.GENUINE,
    Verdict.PARTLY_GENUINE: ObjectionState.PARTLY,
    Verdict.PRETEXT: ObjectionState.PRETEXT,
}


def circumstances_of(facts: CaseFacts, entries: Mapping[str, Any]) -> Circumstances:
    """Recorded facts and what a person has entered; what nobody has said stays open."""
    claimed = claimed_in(facts)
    performance = facts.declarations.get("performance")
    computed, careful = _limitation(facts)
    defaults = [facts.starts[claim.id] for claim in facts.claims]
    known = [day for day in defaults if day is not None]
    return Circumstances(
        performance=Performance(performance.answer) if performance else None,
        performance_declared_on=performance.declared_on if performance else None,
        currency=facts.case.currency,
        applicant_abroad=facts.creditor.country != "DE",
        # A state of this country only: whoever is abroad has a court of his own. Law: ZPO § 689(2).
        applicant_state=None
        if facts.creditor.country != "DE"
        else place_of(facts.creditor.postcode, facts.creditor.country),
        olg_district=str(entries.get("olg_district", "")),
        address_known=all(_is_reached(debtor.address) for debtor in facts.debtors),
        debtor_private=any(
            d.debtor.kind in {DebtorKind.NATURAL_PERSON, DebtorKind.SOLE_TRADER}
            for d in facts.debtors
        ),
        letter_sent_on=facts.letter.dispatched_on if facts.letter else None,
        # A letter without a duty of § 13a RDG is refused before it is sent.
        letter_has_information=facts.letter is not None,
        notice_ends_on=facts.letter.pay_by if facts.letter else None,
        objection=_objection(facts),
        limitation_ends_on=computed,
        limitation_conservative_on=careful,
        consumer_credit=_credit(facts, entries),
        credit_claims=tuple(i for i, claim in enumerate(claimed) if claim.is_consumer_loan),
        state_of=lambda postcode: place_of(postcode, "DE"),
        trial_courts=TrialCourts(_named(facts)),
        list_enclosed="list_enclosed" in facts.declarations,
        business_claim=all(
            claim.purpose is Purpose.BUSINESS and claim.is_remuneration for claim in facts.claims
        ),
        default_since=min(known) if known and len(known) == len(defaults) else None,
        power_of_attorney=facts.power_since is not None,
        holds=tuple(hold.reason.value for hold in facts.holds),
    )


def _named(facts: CaseFacts) -> Callable[[str, str, str], frozenset[str]] | None:
    """The postcodes of the courts that the directory names, by kind and place of the defendant."""
    directory = facts.directory
    if directory is None:
        return None
    return lambda kind, postcode, place: frozenset(
        row.court_postcode for row in directory.find(kind, postcode, place)
    )


def _credit(facts: CaseFacts, entries: Mapping[str, Any]) -> CreditFacts | None:
    """The consumer credit among the claims: its day from the claim, its rate from a person."""
    for index, claim in enumerate(claimed_in(facts)):
        if not claim.is_consumer_loan:
            continue
        base = f"claims[{index}].consumer_credit."
        concluded_on = claim.contract_on or claim.invoiced_on
        return CreditFacts(concluded_on, _rate(entries.get(f"{base}rate")))
    return None


def _rate(typed: Any) -> Decimal | None:
    """A rate as the notation writes it; what cannot be read is found by the check of the form."""
    try:
        return Decimal(str(typed).replace(",", ".")) if typed else None
    except InvalidOperation:
        return None


def _is_reached(address: object) -> bool:
    return address is not None and getattr(address, "undeliverable_on", None) is None


def _objection(facts: CaseFacts) -> ObjectionState:
    found = {_STATES[o.verdict] for o in facts.objections if o.contests}
    return next((state for state in _WEIGHT if state in found), ObjectionState.NONE)


def _limitation(facts: CaseFacts) -> tuple[date | None, date | None]:
    """The earliest days of all claims: the computed and the careful one."""
    computed, careful = [], []
    for claim in facts.claims:
        first, second = claim.limitation_on, claim.limitation_conservative_on
        if first is None:
            counted = limitation(
                LimitationKind.REGULAR, claim.arose_on or claim.due_on or claim.invoiced_on, "DE"
            )
            first, second = counted.computed.last_day, counted.conservative.last_day
        computed.append(first)
        careful.append(second or first)
    days = [[day for day in some if day is not None] for some in (computed, careful)]
    return tuple(min(some) if some else None for some in days)  # type: ignore[return-value]
