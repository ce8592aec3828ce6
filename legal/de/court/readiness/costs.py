"""Checks of ancillary claims and of the representative: what the court would strike out.

Law: RDG §§ 13e, 13f; RVG VV 2300, preliminary note 3(4); BGB §§ 280, 286.
"""

import datetime
from decimal import Decimal

from legal.de.costs.fees import Item, Matter
from legal.de.costs.items import Asked, legal_costs
from legal.de.court.eda.payment_order import (
    ANCILLARY,
    Agent,
    AgentCase,
    Ancillary,
    PaymentOrderApplication,
)
from legal.de.court.readiness.checking import Findings, error, require, warning
from legal.de.court.readiness.file import check_kennziffer, check_representative_number
from legal.errors import LawError

_SALUTATIONS = frozenset("123456789")
COLLECTION_AGENCY = "8"
#: Private person, agency, consumer association: no fees of the RVG, so no expenses or credit.
WITHOUT_RVG_FIELDS = frozenset({"4", COLLECTION_AGENCY, "9"})
#: Only these can have a legal form and a representative of their own.
_CAN_BE_COMPANY = frozenset({"7", COLLECTION_AGENCY, "9"})
_HIGHEST_RATE = Decimal("1.3")
_VAT_PERCENT = Decimal(19)


def check_agent(application: PaymentOrderApplication, as_of: datetime.date | None) -> Findings:
    """Who represents the applicant, and what he claims for it."""
    marks, agent = application.kennsatz, application.representative
    number = marks.pvkezi if marks else ""
    if marks:
        yield from check_kennziffer(marks.askezi, "kennsatz.askezi")
        yield from check_representative_number(number, "kennsatz.pvkezi")
    if number and agent:
        yield error("representative_given_twice", "representative")
    if agent:
        yield from _check_agent(agent)
    case = application.representative_case
    if case is None:
        if number or agent:
            yield error("missing", "representative_case.order_date")
        return
    if not (number or agent):
        yield error("representative_unnamed", "representative_case")
    yield from _check_case(case, agent, as_of)


def _check_agent(agent: Agent) -> Findings:
    path = "representative."
    yield from require(agent, path, "anrede", "name", "street", "plz", "place")
    if agent.anrede and agent.anrede not in _SALUTATIONS:
        yield error("salutation_unknown", f"{path}anrede", found=agent.anrede)
    if agent.anrede not in _CAN_BE_COMPANY:
        for name in ("rechtsform", "representatives"):
            if getattr(agent, name):
                yield error("only_for_company_representatives", f"{path}{name}")
    if len(agent.representatives) > 1:
        yield error("too_many_representatives", f"{path}representatives", most=1)


def _check_case(case: AgentCase, agent: Agent | None, as_of: datetime.date | None) -> Findings:
    path = "representative_case."
    yield from require(case, path, "order_date")
    if as_of and case.order_date and case.order_date > as_of:
        yield error("day_in_future", f"{path}order_date")
    if agent and agent.anrede in WITHOUT_RVG_FIELDS:
        for name in ("expenses", "credit_vv2300"):
            if getattr(case, name) is not None:
                yield error("no_rvg_fields", f"{path}{name}")
    if case.remuneration == 0:
        yield warning("remuneration_waived", f"{path}remuneration")


def check_ancillary(application: PaymentOrderApplication) -> Findings:
    """Ancillary claims: amounts, their interest, and what the law caps."""
    claims = application.ancillary
    if claims is None:
        return
    for key in ANCILLARY:
        claim = getattr(claims, key)
        if claim is not None:
            yield from _check_one(claim, key)
    if claims.INKB and claims.VV23:
        yield warning("agency_and_lawyer", "ancillary.INKB")
    case = application.representative_case
    credited = case is not None and case.credit_vv2300 is not None
    if claims.VV23 and not credited:
        yield warning("credit_missing", "representative_case.credit_vv2300")
    for key in ("INKB", "VV23"):
        if claim := getattr(claims, key):
            yield from _check_cap(application, claim, key)


def _check_one(claim: Ancillary, key: str) -> Findings:
    path = f"ancillary.{key}"
    if claim.amount is None and claim.other_amount is None:
        yield error("missing", path)
    if claim.amount is not None and claim.amount <= 0:
        yield error("amount_not_positive", path)
    if claim.other_amount and not claim.reason:
        yield error("missing", f"{path}.reason")
    if key == "ANF" and not claim.reason:
        yield error("missing", f"{path}.reason")
    if bool(claim.mark) != (claim.rate is not None):
        yield error("rate_and_mark_together", f"{path}.rate")


def _check_cap(application: PaymentOrderApplication, claim: Ancillary, key: str) -> Findings:
    """No more than a lawyer could charge: fee 1.3, flat expenses, VAT. Law: RDG § 13e(1)."""
    case = application.representative_case
    if case is None or case.order_date is None or case.unusually_extensive:
        return
    limit = highest_pre_court_fee_cents(application.principal_cents, case.order_date)
    if limit is not None and (claim.amount or 0) > limit:
        euro = f"{limit // 100}.{limit % 100:02d}"
        yield error("cost_above_cap", f"ancillary.{key}", limit=euro)


def highest_pre_court_fee_cents(value_cents: int, order_date: datetime.date) -> int | None:
    """The most a lawyer may charge before court for an ordinary matter, with VAT.

    None where the fee tables do not reach back that far.
    """
    matter = Matter(order_date, value_cents, contested=True)
    asked = [Asked(Item.VV2300, _HIGHEST_RATE), Asked(Item.VV7002)]
    try:
        return legal_costs(matter, asked, _VAT_PERCENT).total_cents
    except LawError:
        return None
