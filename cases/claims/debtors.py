"""A debtor's data changed from a case: noted there, and felt in every case against him."""

from datetime import date, timedelta

from cases.claims import timeline
from cases.claims.models import Case, HoldReason, Phase
from cases.claims.queries import (
    DebtorInCase,
    list_case_ids_of_debtor,
    list_debtors,
    list_open_holds,
    lock_case,
    lock_cases,
)
from cases.claims.services import lift_hold, require_open, set_hold
from cases.core import clock
from cases.core.errors import NotFound
from cases.parties import changes, profiles, spokespersons
from cases.parties.debtor_contacts import ContactWish, add_debtor_contact, end_debtor_contact
from cases.parties.debtor_models import DebtorContact, PayerType
from cases.parties.models import AddressSource
from cases.parties.spokespersons import SpokespersonWish

#: After so many days somebody looks whether the address was found.
ADDRESS_DAYS = 14


def change_debtor(
    case_id: int,
    debtor_public_id: str,
    person: changes.Person,
    place: changes.Place,
    how_known: str,
    source: AddressSource,
) -> list[str]:
    """Take over what is known of a debtor now; answers the fields that changed.

    A new address ends the holds for an unknown one, in every open case of the debtor.

    Raises:
        NotFound: not a debtor of this case. And what `cases.parties.changes` refuses.
    """
    # All his cases, in the order of their ids, before the debtor himself.
    cases, debtor_id = lock_cases_of_debtor(case_id, debtor_public_id)
    changed = changes.change_person(debtor_id, person, how_known)
    if changes.move(debtor_id, place, how_known, source) is not None:
        changed.append("address")
        for case in cases.values():
            _address_is_known(case)
    if changed:
        timeline.record(cases[case_id], "debtor.changed", why=how_known.strip())
    return changed


def move_debtor(
    case_id: int,
    debtor_public_id: str,
    place: changes.Place,
    how_known: str,
    source: AddressSource,
) -> None:
    """Take over where a debtor lives now, and nothing else. Raises as `change_debtor` does."""
    cases, debtor_id = lock_cases_of_debtor(case_id, debtor_public_id)
    if changes.move(debtor_id, place, how_known, source) is not None:
        for case in cases.values():
            _address_is_known(case)
        timeline.record(cases[case_id], "debtor.changed", why=how_known.strip())


def post_came_back(case_id: int, debtor_public_id: str, day: date) -> None:
    """The present address is not good: the case stands still until a better one is known.

    Raises:
        CaseClosed, NotFound, CameBackInFuture.
    """
    case = lock_case(case_id)
    require_open(case)
    changes.mark_undeliverable(_in_case(case_id, debtor_public_id).debtor.id, day)
    timeline.record(case, "debtor.post_came_back", came_back_on=day)
    if not any(h.reason is HoldReason.ADDRESS_UNKNOWN for h in list_open_holds(case.id)):
        until_on = clock.today() + timedelta(days=ADDRESS_DAYS)
        set_hold(case, HoldReason.ADDRESS_UNKNOWN, until_on=until_on)


def name_spokesperson(case_id: int, debtor_public_id: str, wish: SpokespersonWish) -> None:
    """From now on letters and calls go to whoever speaks for the debtor; the work goes on.

    Raises:
        NotFound; SpokespersonIncomplete, SpokespersonSourceMissing.
    """
    cases, debtor_id = lock_cases_of_debtor(case_id, debtor_public_id)
    spokespersons.name_spokesperson(debtor_id, wish)
    for case in cases.values():
        if case.phase is not Phase.CLOSED:
            timeline.record(case, "debtor.spokesperson", name=wish.name.strip(),
                            spokesperson_code=wish.kind.value)  # fmt: skip


def end_spokesperson(case_id: int, debtor_public_id: str) -> None:
    """The debtor speaks for himself again. Raises NotFound."""
    cases, debtor_id = lock_cases_of_debtor(case_id, debtor_public_id)
    spokespersons.end_spokesperson(debtor_id)
    for case in cases.values():
        if case.phase is not Phase.CLOSED:
            timeline.record(case, "debtor.speaks_himself")


def set_debtor_card(case_id: int, debtor_public_id: str, card: profiles.Card) -> list[str]:
    """Take over class and organisation of a debtor; answers the fields that changed.

    Raises:
        NotFound, RunDayWrong, HeadOfficeWrong.
    """
    _, debtor_id = lock_cases_of_debtor(case_id, debtor_public_id)
    return profiles.set_card(debtor_id, card)


def set_payer_type(
    case_id: int, debtor_public_id: str, payer_type: PayerType | None, why: str
) -> None:
    """Say against the rules how a debtor pays. Raises NotFound, PayerTypeReasonMissing."""
    _, debtor_id = lock_cases_of_debtor(case_id, debtor_public_id)
    profiles.override_payer_type(debtor_id, payer_type, why)


def add_person(case_id: int, debtor_public_id: str, wish: ContactWish) -> DebtorContact:
    """Note somebody to talk to at a debtor. Raises NotFound and what `debtor_contacts` refuses."""
    cases, debtor_id = lock_cases_of_debtor(case_id, debtor_public_id)
    row = add_debtor_contact(debtor_id, wish)
    timeline.record(cases[case_id], "debtor.changed", why=wish.how_known.strip())
    return row


def end_person(case_id: int, debtor_public_id: str, contact: DebtorContact) -> None:
    """Somebody is not reached at a debtor any more. Raises NotFound: not one of this debtor."""
    _, debtor_id = lock_cases_of_debtor(case_id, debtor_public_id)
    if contact.debtor_id != debtor_id:
        raise NotFound
    end_debtor_contact(contact)


def lock_cases_of_debtor(case_id: int, debtor_public_id: str) -> tuple[dict[int, Case], int]:
    """All cases of a debtor, locked in the order of their ids: he is one record for all of them.

    Raises:
        NotFound.
    """
    debtor_id = _in_case(case_id, debtor_public_id).debtor.id
    return lock_cases(list_case_ids_of_debtor(debtor_id)), debtor_id


def _in_case(case_id: int, debtor_public_id: str) -> DebtorInCase:
    found = (one for one in list_debtors(case_id) if one.debtor.public_id == debtor_public_id)
    party = next(found, None)
    if party is None:
        raise NotFound
    return party


def _address_is_known(case: Case) -> None:
    if case.phase is Phase.CLOSED:
        return
    for hold in list_open_holds(case.id):
        if hold.reason is HoldReason.ADDRESS_UNKNOWN:
            lift_hold(case, hold, "address")
