"""Checks of the applications after the first. Law: ZPO §§ 692, 696, 699, 701."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from legal.de.court.eda.application import ApplicationFile
from legal.de.court.eda.follow_up_records import (
    MOST_DEFENDANTS,
    MOST_OUTLAYS,
    MOST_PAYMENTS,
    ORIGINAL,
    SERVICE,
    WITHDRAWAL,
)
from legal.de.court.eda.follow_ups import (
    EnforcementOrderApplication,
    LitigationRequest,
    NewServiceApplication,
    QueryAnswer,
    Withdrawal,
)
from legal.de.court.eda.payment_order import Party
from legal.de.court.readiness.checking import Findings, error, require, warning
from legal.de.court.readiness.parties import check_address


def check_follow_ups(file: ApplicationFile) -> Findings:
    """Every application of a file that is not of kind 01."""
    for index, application in enumerate(file.applications):
        yield from CHECKS[file.belart](application, f"applications[{index}].", file.header.date)


def _check_new_service(
    application: NewServiceApplication, path: str, as_of: datetime.date | None
) -> Findings:
    yield from require(application, path, "gnr", "defendant")
    if application.other_costs and not application.other_costs_reason:
        yield error("missing", f"{path}other_costs_reason")
    yield from _check_defendant(application, f"{path}defendant.")


def _check_defendant(application: Any, path: str) -> Findings:
    defendant = application.defendant
    if defendant is None:
        return
    yield from require(defendant, path, "n1")
    address = Party(
        street=defendant.street,
        plz=defendant.plz,
        place=defendant.place,
        country=defendant.country,
    )
    yield from check_address(address, path)


def _check_enforcement_order(
    application: EnforcementOrderApplication, path: str, as_of: datetime.date | None
) -> Findings:
    """The statement of payments is mandatory. Law: ZPO § 699(1) sentence 2."""
    yield from require(application, path, "gnr", "date")
    if application.service not in SERVICE:
        yield error("word_unknown", f"{path}service", found=application.service)
    if application.other_costs and not application.other_costs_reason:
        yield error("missing", f"{path}other_costs_reason")
    if len(application.payments) > MOST_PAYMENTS:
        yield error("too_many_payments", f"{path}payments", most=MOST_PAYMENTS)
    if len(application.further_outlays) > MOST_OUTLAYS:
        yield error("too_many_outlays", f"{path}further_outlays", most=MOST_OUTLAYS)
    for index, payment in enumerate(application.payments):
        where = f"{path}payments[{index}]."
        yield from require(payment, where, "date", "amount")
        if payment.amount is not None and payment.amount <= 0:
            yield error("amount_not_positive", f"{where}amount")
        if payment.date and application.date and payment.date > application.date:
            yield error("day_in_future", f"{where}date")
    for index, outlay in enumerate(application.further_outlays):
        yield from require(outlay, f"{path}further_outlays[{index}].", "amount", "reason")
    yield from _check_defendant(application, f"{path}defendant.")


def _check_query_answer(
    application: QueryAnswer, path: str, as_of: datetime.date | None
) -> Findings:
    yield from require(application, path, "date", "items")
    if not application.court_numbers and not application.own_ref:
        yield error("missing", f"{path}gnr")
    if application.gnr and application.gnrs and application.gnrs[0] != application.gnr:
        yield error("given_twice", f"{path}gnr", other="gnrs")
    if len(application.court_numbers) > MOST_DEFENDANTS:
        yield error("too_many_defendants", f"{path}gnrs", most=MOST_DEFENDANTS)
    if application.application_date is None or not application.application_kind:
        yield warning("echo_incomplete", f"{path}application_date")
    for index, item in enumerate(application.items):
        yield from require(item, f"{path}items[{index}].", "fschl", "feldn", "index1", "inhalt")


def _check_withdrawal(application: Withdrawal, path: str, as_of: datetime.date | None) -> Findings:
    if not application.gnr:
        # Without a court number the parties would have to be named in H02, which is not known.
        yield error("court_number_needed", f"{path}gnr")
    if application.kind not in WITHDRAWAL:
        yield error("word_unknown", f"{path}kind", found=application.kind)
    if application.original not in ORIGINAL:
        yield error("word_unknown", f"{path}original", found=application.original)


def _check_litigation_request(
    application: LitigationRequest, path: str, as_of: datetime.date | None
) -> Findings:
    yield from require(application, path, "gnr")


#: Kind of application -> its check.
CHECKS: Mapping[str, Callable[[Any, str, datetime.date | None], Findings]] = {
    "07": _check_new_service,
    "08": _check_enforcement_order,
    "10": _check_new_service,
    "20": _check_query_answer,
    "25": _check_withdrawal,
    "29": _check_litigation_request,
}
