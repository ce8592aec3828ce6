"""Checks of the law around the application: exclusions, declaration, prior duties, limitation."""

import datetime
from decimal import Decimal

from legal.de.base_rates import base_rates
from legal.de.court.courts import (
    LOCAL_COURT,
    REGIONAL_COURT,
    DistrictNeeded,
    StateUnknown,
    competent_court,
    trial_court_kind,
)
from legal.de.court.eda.payment_order import (
    CaseMarks,
    Party,
    PaymentOrderApplication,
    TrialCourt,
)
from legal.de.court.readiness.catalogue import ANCILLARY_RENT, RESIDENTIAL_RENT
from legal.de.court.readiness.checking import Findings, error, warning
from legal.de.court.readiness.circumstances import (
    Circumstances,
    ObjectionState,
    Performance,
    TrialCourts,
)
from legal.errors import InvariantBroken, LawError

#: Law: ZPO § 688(2) no. 1.
_HIGHEST_POINTS_OVER_BASE = Decimal(12)
#: From here on a claim is urgent; our choice.
LIMITATION_WARNING_DAYS = 60
_HIGHEST_CENTS_PER_REMINDER = 3_00
_MARGINS = {False: Decimal(5), True: Decimal(9)}


def check_duties(
    application: PaymentOrderApplication, known: Circumstances, as_of: datetime.date
) -> Findings:
    """Everything that only legal knows."""
    yield from _check_exclusions(application, known)
    yield from _check_declaration(application.kennsatz or CaseMarks(), known)
    yield from _check_court(application, known)
    yield from _check_trial_courts(application, known, as_of)
    yield from _check_letter(known, as_of)
    yield from _check_objection(known)
    yield from _check_holds(known, as_of)
    yield from _check_limitation(known, as_of)
    yield from _check_individual(application, known)
    yield from _check_amounts(application, known)
    if known.power_of_attorney is not True:
        yield error("power_of_attorney_missing", "power_of_attorney")


def _check_exclusions(application: PaymentOrderApplication, known: Circumstances) -> Findings:
    """Law: ZPO § 688."""
    if known.currency != "EUR":
        yield error("not_in_euro", "claims", currency=known.currency)
    if not known.address_known:
        yield error("publication_needed", "defendants")
    credit = known.consumer_credit
    if credit is None:
        return
    try:
        base = base_rates().rate_percent(credit.concluded_on)
    except LawError:
        yield warning("base_rate_unknown", "consumer_credit")
    else:
        if (
            credit.effective_rate is not None
            and credit.effective_rate > base + _HIGHEST_POINTS_OVER_BASE
        ):
            yield error("credit_too_expensive", "consumer_credit", base=f"{base:f}")
    for index in known.credit_claims or range(len(application.claims)):
        claim = application.claims[index] if index < len(application.claims) else None
        if claim is not None and claim.consumer_credit is None:
            yield error("consumer_credit_missing", f"claims[{index}].consumer_credit")


def _check_declaration(marks: CaseMarks, known: Circumstances) -> Findings:
    """Law: ZPO §§ 688(2) no. 2, 690(1) no. 4."""
    if known.performance is None:
        yield error("declaration_missing", "performance")
        return
    if known.performance is Performance.OUTSTANDING:
        yield error("performance_outstanding", "performance")
        return
    rendered = known.performance is Performance.RENDERED
    if (rendered and not marks.vglm1) or (not rendered and not marks.vglm2):
        yield error("declaration_differs", "kennsatz.vglm1")
    if known.performance_declared_on is None:
        yield error("declaration_undated", "performance_declared_on")


def _check_court(application: PaymentOrderApplication, known: Circumstances) -> Findings:
    """Law: ZPO § 689(2)."""
    if not known.applicant_abroad and known.applicant_state is None:
        yield error("seat_unknown", "applicants[0]")
        return
    state = None if known.applicant_abroad else known.applicant_state
    try:
        court = competent_court(state, olg_district=known.olg_district)
    except DistrictNeeded:
        yield error("olg_district_missing", "applicants[0].plz")
        return
    except StateUnknown:
        yield error("seat_unknown", "applicants[0]")
        return
    if application.court and application.court.plz != court.plz:
        yield error("court_not_competent", "court.plz", court=court.name, plz=court.plz)


def _check_trial_courts(
    application: PaymentOrderApplication, known: Circumstances, as_of: datetime.date
) -> Findings:
    """The kind follows the value, the place the seat of the defendant, unless agreed otherwise.

    Rent of a flat is the local court's whatever its value. Law: GVG §§ 23, 71; ZPO §§ 12-17.
    """
    right = trial_court_kind(application.principal_cents, as_of)
    numbers = {claim.no for claim in application.claims}
    if numbers & {RESIDENTIAL_RENT, ANCILLARY_RENT}:
        right = LOCAL_COURT
    for index, party in enumerate(application.defendants):
        court, path = party.prozessgericht, f"defendants[{index}].prozessgericht"
        if court is None:
            continue
        if court.pgm in {LOCAL_COURT, REGIONAL_COURT} and court.pgm != right:
            code = "trial_court_too_high" if right == LOCAL_COURT else "trial_court_too_low"
            yield warning(code, f"{path}.pgm")
        own, its = known.state_of(party.plz), known.state_of(court.plz)
        if own and its and own != its:
            yield warning("trial_court_elsewhere", f"{path}.plz", place=court.place)
        if known.trial_courts is not None:
            yield from _check_by_directory(party, court, path, known.trial_courts)


def _check_by_directory(
    party: Party, court: TrialCourt, path: str, directory: TrialCourts
) -> Findings:
    """Whether the directory of the house names this court; subjects apart are left to legal."""
    if directory.find is None:
        yield warning("trial_court_unchecked", f"{path}.plz")
    elif court.pgm in {LOCAL_COURT, REGIONAL_COURT} and not party.country:
        named = directory.find(court.pgm, party.plz, party.place)
        if not named:
            yield warning("trial_court_unlisted", f"{path}.plz", plz=party.plz)
        elif court.plz not in named:
            yield warning("trial_court_not_named", f"{path}.plz", named=", ".join(sorted(named)))


def _check_letter(known: Circumstances, as_of: datetime.date) -> Findings:
    """The letter with the information of § 13a RDG, and its notice period."""
    if known.letter_sent_on is None:
        yield error("letter_missing", "letter_sent_on")
    elif known.debtor_private and not known.letter_has_information:
        yield error("information_missing", "letter_has_information")
    if known.notice_ends_on is None:
        if known.letter_sent_on is not None:
            yield warning("notice_unknown", "notice_ends_on")
    elif known.notice_ends_on >= as_of:
        yield error("notice_running", "notice_ends_on", until=known.notice_ends_on.isoformat())
    if known.default_since is None:
        yield warning("default_unknown", "default_since")


def _check_objection(known: Circumstances) -> Findings:
    """A verdict argues; legal may file all the same, with a reason."""
    match known.objection:
        case None:
            yield warning("objection_unknown", "objection")
        case ObjectionState.OPEN | ObjectionState.UNDECIDED:
            yield warning("objection_open", "objection")
        case ObjectionState.GENUINE:
            yield warning("objection_genuine", "objection")
        case ObjectionState.PARTLY:
            yield warning("objection_partly", "objection")
        case _:
            pass


def _check_holds(known: Circumstances, as_of: datetime.date) -> Findings:
    """A hold never stops the law's clock: near its end legal may file all the same."""
    careful = known.limitation_conservative_on or known.limitation_ends_on
    is_urgent = careful is not None and (careful - as_of).days <= LIMITATION_WARNING_DAYS
    for hold in known.holds:
        if is_urgent:
            yield warning("hold_stands", "holds", reason=hold)
        else:
            yield error("hold_leaves_time", "holds", reason=hold)


def _check_limitation(known: Circumstances, as_of: datetime.date) -> Findings:
    """Warnings use the conservative day. Law: BGB §§ 195 ff."""
    computed, careful = known.limitation_ends_on, known.limitation_conservative_on
    if computed is None and careful is None:
        yield warning("limitation_unknown", "limitation_ends_on")
        return
    if computed is not None and computed < as_of:
        yield warning("time_barred", "limitation_ends_on", day=computed.isoformat())
        return
    if careful is None:
        careful = computed
    if careful is None:
        raise InvariantBroken("careful is missing")
    if careful < as_of:
        yield warning("perhaps_time_barred", "limitation_conservative_on", day=careful.isoformat())
    elif (careful - as_of).days <= LIMITATION_WARNING_DAYS:
        yield warning("limitation_near", "limitation_conservative_on", day=careful.isoformat())


def _check_individual(application: PaymentOrderApplication, known: Circumstances) -> Findings:
    """Each invoice in its own entry, or a list that reaches the debtor with it."""
    for index, invoices in known.invoices_in_claim.items():
        if invoices > 1 and not known.list_enclosed and index < len(application.claims):
            yield error("invoices_not_individualised", f"claims[{index}]", invoices=invoices)


def _check_amounts(application: PaymentOrderApplication, known: Circumstances) -> Findings:
    """Reminder costs and the interest margin that fits the kind of claim."""
    costs = application.ancillary.MAHNK if application.ancillary else None
    letters = known.reminder_letters
    claimed = (costs.amount or 0) if costs else 0
    if letters is not None and claimed > letters * _HIGHEST_CENTS_PER_REMINDER:
        yield warning("reminder_costs_high", "ancillary.MAHNK", letters=letters)
    highest = _MARGINS[known.business_claim]
    for index, claim in enumerate(application.claims):
        for row, interest in enumerate(claim.interest):
            if interest.mark == "B" and interest.rate is not None and interest.rate > highest:
                path = f"claims[{index}].interest[{row}].rate"
                yield warning("margin_too_high", path, highest=f"{highest:f}")
