"""Checks of the main claims: what the catalogue asks for, dates, amounts, individualisation.

Law: ZPO § 690(1) no. 3; BGB § 204(1) no. 3 (only an individualised claim stops limitation).
"""

import datetime

from legal.de.court.eda.codec import in_capitals
from legal.de.court.eda.payment_order import Claim, PaymentOrderApplication
from legal.de.court.eda.payment_order_records import FREE_TEXT_FIRST
from legal.de.court.readiness.catalogue import (
    ANCILLARY_RENT,
    BUSINESS_RENT,
    CONTRACT_TYPE,
    DAMAGES_FROM_CONTRACT,
    INTEREST_ARREARS,
    PERIOD,
    PROPERTY,
    REFERENCE,
    RESIDENTIAL_RENT,
    claim_catalogue,
    contract_types,
)
from legal.de.court.readiness.checking import Findings, error, require, warning
from legal.de.court.readiness.interest import check_computed_interest, check_running_interest

CATALOGUE, FREE = "catalogue", "free"
MOST_FREE_TEXT_CLAIMS = 9
LONGEST_FREE_TEXT = FREE_TEXT_FIRST + 70
#: Claims that recur month by month; the court wants to know until when.
_RECURRING = frozenset({17, 18, 21, 22, 23, 25, 90})
#: Numbers and grounds that sum up several items.
_BALANCES = frozenset({12})
_SUMMARIES = frozenset({"kontoauszug", "aufstellung"})


def check_claims(application: PaymentOrderApplication, as_of: datetime.date | None) -> Findings:
    """All main claims and the interest on them."""
    if not application.claims:
        yield error("missing", "claims")
    free = sum(claim.kind == FREE for claim in application.claims)
    if free > MOST_FREE_TEXT_CLAIMS:
        yield error("too_many_free_claims", "claims", most=MOST_FREE_TEXT_CLAIMS)
    numbers = {claim.no for claim in application.claims}
    for index, claim in enumerate(application.claims):
        path = f"claims[{index}]."
        yield from _check_claim(claim, path, as_of)
        if claim.kind == CATALOGUE:
            yield from _check_catalogue(claim, path, numbers)
        yield from check_running_interest(claim, path, as_of)
    if application.computed_interest:
        yield from check_computed_interest(application, as_of)


def _check_claim(claim: Claim, path: str, as_of: datetime.date | None) -> Findings:
    if claim.kind not in {CATALOGUE, FREE}:
        yield error("claim_kind_unknown", f"{path}kind", found=claim.kind)
    yield from require(claim, path, "first_day", "amount")
    if claim.amount is not None and claim.amount <= 0:
        yield error("amount_not_positive", f"{path}amount")
    if claim.first_day and claim.last_day and claim.last_day < claim.first_day:
        yield error("period_reversed", f"{path}to")
    if as_of and claim.first_day and claim.first_day > as_of:
        yield error("day_in_future", f"{path}from")
    if claim.kind == FREE:
        yield from _check_free_text(claim, path)
    if claim.assignment:
        yield from require(claim.assignment, f"{path}assignment.", "date", "name", "plz", "place")
    if claim.consumer_credit:
        yield from require(claim.consumer_credit, f"{path}consumer_credit.", "date", "rate")


def _check_free_text(claim: Claim, path: str) -> Findings:
    yield from require(claim, path, "text")
    if len(claim.text) > LONGEST_FREE_TEXT:
        yield error("too_long", f"{path}text", found=claim.text, length=LONGEST_FREE_TEXT)
    for name in ("no", "ground", "invoice_no", "property", "contract_type", "second_no"):
        if getattr(claim, name):
            yield error("only_with_catalogue", f"{path}{name}")


def _check_catalogue(claim: Claim, path: str, numbers: set[int | None]) -> Findings:
    entry = claim_catalogue().get(claim.no or 0)
    if entry is None:
        yield error("catalogue_number_unknown", f"{path}no", found=str(claim.no or ""))
        return
    if claim.text:
        yield error("only_with_free_text", f"{path}text")
    yield from _check_extras(claim, entry.extra, path, numbers)
    yield from _check_individual(claim, entry.extra, path)
    if claim.no == INTEREST_ARREARS and len(numbers) > 1:
        yield warning("interest_arrears_with_claim", f"{path}no")


def _check_extras(claim: Claim, extra: str, path: str, numbers: set[int | None]) -> Findings:
    """The additional entries that a number needs, and those it must not have."""
    no = claim.no or 0
    covered = no == ANCILLARY_RENT and RESIDENTIAL_RENT in numbers
    if extra == PROPERTY and claim.property is None and not covered:
        yield error("property_missing", f"{path}property", no=no)
    if claim.property is not None:
        yield from require(claim.property, f"{path}property.", "plz", "place")
        if extra != PROPERTY and no != BUSINESS_RENT:
            yield error("extra_not_possible", f"{path}property", no=no)
    if extra == CONTRACT_TYPE and not claim.contract_type:
        yield error("contract_type_missing", f"{path}contract_type")
    if claim.contract_type and in_capitals(claim.contract_type) not in contract_types():
        yield error("contract_type_unknown", f"{path}contract_type", found=claim.contract_type)
    if claim.contract_type and no != DAMAGES_FROM_CONTRACT:
        yield error("extra_not_possible", f"{path}contract_type", no=no)
    if extra == REFERENCE and not claim.invoice_no:
        yield error("reference_missing", f"{path}invoice_no", no=no)
    if (extra == PERIOD or no == RESIDENTIAL_RENT) and claim.last_day is None:
        yield error("period_missing", f"{path}to", no=no)
    elif no in _RECURRING and claim.last_day is None:
        yield warning("period_missing", f"{path}to", no=no)


def _check_individual(claim: Claim, extra: str, path: str) -> Findings:
    """A bare balance does not stop limitation: every invoice needs an entry or an enclosed list."""
    summary = claim.no in _BALANCES or claim.ground.lower() in _SUMMARIES
    if summary:
        yield warning("balance_not_individualised", f"{path}ground")
    elif not claim.invoice_no and claim.last_day is None and extra != REFERENCE:
        yield warning("invoice_number_missing", f"{path}invoice_no")
