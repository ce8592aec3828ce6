"""What of the house's own profile two people change together: bank details and registration."""

from collections.abc import Mapping
from typing import Any

from cases.core.database import db
from cases.parties.models import AgencyProfile
from cases.parties.queries import get_agency
from cases.parties.services import set_agency
from cases.people.approvals import Kind, ask
from cases.people.models import Approval
from cases.people.policy import Permission
from legal.findings import N_

HOUSE_BANK = "house.bank"
#: Field of the profile -> its label.
PROTECTED: Mapping[str, str] = {
    "trust_iban": N_("IBAN of the trust account"),
    "trust_bic": N_("Its BIC"),
    "operating_iban": N_("IBAN of the operating account"),
    "register_entry": N_("Registration under § 10 RDG"),
    "kennziffer": N_("Identification number in the court dunning procedure"),
}


def change_agency(**fields: Any) -> Approval | None:
    """Change the profile; protected fields wait for a second person, the others count at once.

    The first profile of a new house counts whole: there is nothing yet that could be redirected.

    Raises:
        AlreadyAsked: protected fields already wait.
    """
    profile = db.session.get(AgencyProfile, 1)
    if profile is None:
        set_agency(**fields)
        return None
    before = {name: getattr(profile, name) for name in PROTECTED}
    wanted = {name: fields[name] for name in PROTECTED if name in fields}
    changed = {name: value for name, value in wanted.items() if value != before[name]}
    asked = ask(HOUSE_BANK, 1, profile.name, changed, before=before) if changed else None
    set_agency(**{name: value for name, value in fields.items() if name not in PROTECTED})
    return asked


def _now(approval: Approval) -> Mapping[str, Any]:
    profile = get_agency()
    return {name: getattr(profile, name) for name in PROTECTED}


def _take(approval: Approval) -> None:
    set_agency(**approval.after)


HOUSE_KINDS: Mapping[str, Kind] = {
    HOUSE_BANK: Kind(
        N_("Bank details and registration of the house"),
        N_("Compare each digit with the bank's own paper, not with a mail or a message."),
        Permission.SETTINGS_CONFIRM,
        PROTECTED,
        _now,
        _take,
        notes_check=True,
    ),
}
