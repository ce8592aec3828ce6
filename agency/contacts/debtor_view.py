"""One debtor over all cases of all creditors: what is owed, what stands still, one conversation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from cases.claims.models import Case
from cases.claims.queries import list_cases_of_debtors, list_holds_of_cases
from cases.claims.reaching.allowed import Channel
from cases.contacts.approach import obstacles_by_channel
from cases.contacts.behaviour import payer_of
from cases.contacts.queries import list_conversation
from cases.core import clock
from cases.core.errors import NotFound
from cases.parties.changes import list_addresses
from cases.parties.debtor_contacts import list_debtor_contacts
from cases.parties.profiles import find_profile, group_of, organisation_of
from cases.parties.queries import find_debtor, find_spokesperson, list_creditors_by_id
from cases.people.services import names_of
from portal.access import may
from portal.evidence import saw_case
from portal.shell.pages import page

blueprint = Blueprint("debtor_view", __name__)

MOST_CASES = 200


@dataclass(frozen=True, slots=True)
class Exposure:
    """What an organisation with several sites owes, in all open cases of all creditors."""

    by_site: Mapping[int, Mapping[str, int]]
    totals: Mapping[str, int]  # By currency.
    cases: int


@blueprint.get("/debtors/<debtor_public_id>")
@may("contact.log")
def show(debtor_public_id: str) -> ResponseReturnValue:
    """Everything the house knows of a debtor; staff only."""
    debtor = find_debtor(debtor_public_id)
    if debtor is None:
        raise NotFound
    cases = list_cases_of_debtors([debtor.id], MOST_CASES).get(debtor.id, [])
    if cases:
        saw_case(cases[0].id, cases[0].creditor_id)
    open_cases = [case for case in cases if case.closed_at is None]
    profile = find_profile(debtor.id)
    group = group_of(debtor.id, profile)
    contacts = list_conversation(debtor.id)
    hours = current_app.config["CALLING_HOURS"]
    return page(
        "agency/contacts/debtor.html",
        debtor=debtor,
        cases=cases,
        open_cases=open_cases,
        creditors=list_creditors_by_id({case.creditor_id for case in cases}),
        totals=_totals(open_cases),
        holds=list_holds_of_cases([case.id for case in open_cases]),
        numbers={case.id: case for case in cases},
        contacts=contacts,
        names=names_of({one.user_id for one in contacts if one.user_id}),
        addresses=list_addresses(debtor.id),
        people=list_debtor_contacts(debtor.id, earlier=True),
        spokesperson=find_spokesperson(debtor.id),
        profile=profile,
        organisation=organisation_of(debtor, profile),
        group=group,
        exposure=_exposure([debtor.id, *(one.id for one in group)]) if group else None,
        payer=payer_of(debtor.id),
        obstacles=obstacles_by_channel(open_cases[0], clock.now(), hours, tuple(Channel))
        if open_cases
        else [],
    )


def _exposure(debtor_ids: list[int]) -> Exposure:
    """What the sites of an organisation owe together; a case that two of them owe counts once."""
    found = list_cases_of_debtors(debtor_ids, MOST_CASES)
    by_site: dict[int, dict[str, int]] = {}
    cases: dict[int, Case] = {}
    for debtor_id, own in found.items():
        open_ones = [case for case in own if case.closed_at is None]
        by_site[debtor_id] = _totals(open_ones)
        cases |= {case.id: case for case in open_ones}
    return Exposure(by_site, _totals(cases.values()), len(cases))


def _totals(cases: Iterable[Case]) -> dict[str, int]:
    """What is open as booked, by currency."""
    totals: dict[str, int] = {}
    for case in cases:
        totals[case.currency] = totals.get(case.currency, 0) + case.booked_open_cents
    return totals
