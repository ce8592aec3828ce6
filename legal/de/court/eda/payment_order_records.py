"""The records of an application for a payment order, in the order of the genuine files."""

from collections.abc import Iterator

from legal.de.court.eda.payment_order import (
    ANCILLARY,
    AgentCase,
    CaseMarks,
    Claim,
    CourtAddress,
    Party,
    PaymentOrderApplication,
    TrialCourt,
)
from legal.de.court.eda.records import Part, part, parts_of

#: The reason of a free-text claim is cut after 93 characters without regard to words.
FREE_TEXT_FIRST = 93


def list_parts(application: PaymentOrderApplication) -> list[Part]:
    """Every record of the application."""
    return [
        _head(application),
        *_applicants(application),
        *_agent(application),
        *_defendants(application),
        *_claims(application),
        *_ancillary(application),
    ]


def _head(application: PaymentOrderApplication) -> Part:
    marks = application.kennsatz or CaseMarks()
    court = application.court or CourtAddress()
    return part("C01", "kennsatz.", marks, plz=court.plz, place=court.place)


def _applicants(application: PaymentOrderApplication) -> Iterator[Part]:
    for index, party in enumerate(application.applicants):
        path = f"applicants[{index}]."
        yield from parts_of(path, party, "C02", "C03")
        yield part("C04", path, party)
        yield from _representatives(path, party, "C05", "C06")


def _representatives(path: str, party: Party, first: str, second: str) -> Iterator[Part]:
    for index, representative in enumerate(party.representatives):
        yield from parts_of(f"{path}representatives[{index}].", representative, first, second)


def _agent(application: PaymentOrderApplication) -> Iterator[Part]:
    if agent := application.representative:
        yield from parts_of("representative.", agent, "C07", "C08")
        for index, representative in enumerate(agent.representatives):
            yield part("C09", f"representative.representatives[{index}].", representative)
    if application.representative_case:
        yield part("C10", "representative_case.", application.representative_case)
    elif application.representative or (application.kennsatz and application.kennsatz.pvkezi):
        yield part("C10", "representative_case.", AgentCase())


def _defendants(application: PaymentOrderApplication) -> Iterator[Part]:
    for index, party in enumerate(application.defendants):
        path = f"defendants[{index}]."
        yield from parts_of(path, party, "C13", "C14")
        yield part("C15", path, party)
        yield part("C16", f"{path}prozessgericht.", party.prozessgericht or TrialCourt())
        yield from _representatives(path, party, "C17", "C18")


def _claims(application: PaymentOrderApplication) -> Iterator[Part]:
    if application.computed_interest:
        yield part("C19", "computed_interest.", application.computed_interest)
    for index, claim in enumerate(application.claims):
        yield from _claim(f"claims[{index}].", claim)


def _claim(path: str, claim: Claim) -> Iterator[Part]:
    if claim.kind == "free":
        first, second = split_free_text(claim.text)
        yield part("C23", path, claim, text_1=first)
        if second:
            yield part("C24", path, claim, text_2=second)
    else:
        yield part("C20", path, claim)
        if claim.property:
            yield part("C21", f"{path}property.", claim.property)
        if claim.contract_type:
            yield part("C22", path, claim)
    if claim.assignment:
        yield part("C25", f"{path}assignment.", claim.assignment)
    for index, interest in enumerate(claim.interest):
        yield part("C26", f"{path}interest[{index}].", interest)
    if claim.consumer_credit:
        yield part("C27", f"{path}consumer_credit.", claim.consumer_credit)


def split_free_text(text: str) -> tuple[str, str]:
    """The reason of a free-text claim as its two records hold it."""
    return text[:FREE_TEXT_FIRST], text[FREE_TEXT_FIRST:]


def _ancillary(application: PaymentOrderApplication) -> Iterator[Part]:
    if application.ancillary is None:
        return
    for key, record in ANCILLARY.items():
        claim = getattr(application.ancillary, key)
        if claim is not None:
            yield part(record, f"ancillary.{key}.", claim)
