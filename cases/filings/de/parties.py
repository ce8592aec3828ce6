"""Applicants and defendants in the published notation, from the records. Pure."""

from typing import Any

from cases.claims.queries import DebtorInCase
from cases.filings.trial_courts.choice import TrialCourt
from cases.parties.models import Creditor, Debtor, DebtorAddress, DebtorKind
from legal.de.court.readiness.catalogue import find_legal_form

#: Length of one part of a name in the courts' format.
PART = 35
_SALUTATIONS = {"Herr": "1", "Frau": "2"}
#: What the statutory representative of a legal form is called.
_FUNCTIONS = (
    ("GMBH", "Geschäftsführer"),
    ("UG", "Geschäftsführer"),
    ("AG", "Vorstand"),
    ("EG", "Vorstand"),
    ("E.V.", "Vorstand"),
)


def applicant_of(creditor: Creditor) -> dict[str, Any]:
    """The creditor; its legal form is read from its name where nobody has entered it."""
    form = creditor.legal_form or legal_form_in(creditor.name)
    return _without_blanks(
        {
            "rechtsform": form,
            **name_parts(creditor.name),
            "street": creditor.street,
            "plz": creditor.postcode,
            "place": creditor.city,
            "country": _country(creditor.country),
            "representatives": _representatives(creditor.representative, form),
        }
    )


def defendant_of(party: DebtorInCase, trial_court: TrialCourt | None) -> dict[str, Any]:
    """A debtor with the court for litigation, if it is known."""
    found = {**name_of(party.debtor), **address_of(party.address)}
    form = str(found.get("rechtsform", ""))
    if form:
        found["representatives"] = _representatives(party.debtor.representative, form)
    if trial_court is not None:
        found["prozessgericht"] = {
            "pgm": trial_court.kind,
            "plz": trial_court.postcode,
            "place": trial_court.place,
        }
    return _without_blanks(found)


def name_of(debtor: Debtor) -> dict[str, Any]:
    """Salutation or legal form, and the parts of the name."""
    if debtor.kind is DebtorKind.NATURAL_PERSON:
        salutation = _SALUTATIONS.get(debtor.salutation or "", "0")
        return {"anrede": salutation, "n1": debtor.given_name or "", "n2": debtor.name}
    form = debtor.legal_form or legal_form_in(debtor.name)
    return {"rechtsform": form, **name_parts(debtor.full_name)}


def address_of(address: DebtorAddress | None) -> dict[str, str]:
    """Where the court serves."""
    if address is None:
        return {}
    return {
        "street": address.street,
        "plz": address.postcode,
        "place": address.city,
        "country": _country(address.country),
    }


def name_parts(name: str) -> dict[str, str]:
    """A long name over two parts, broken between words; what does not fit is found by the check."""
    if len(name) <= PART:
        return {"n1": name}
    cut = name.rfind(" ", 0, PART + 1)
    return {"n1": name[:cut], "n2": name[cut + 1 :]} if cut > 0 else {"n1": name}


def legal_form_in(name: str) -> str:
    """The legal form as the end of a company's name states it, or nothing."""
    words = name.split()
    for count in (4, 3, 2, 1):
        form = " ".join(words[-count:])
        if len(words) > count and find_legal_form(form) is not None:
            return form
    return ""


def _representatives(name: str | None, form: str) -> list[dict[str, str]]:
    if not name:
        return []
    normal = form.upper()
    if "&" in normal:  # A company stands between; a person enters both.
        return []
    function = next((word for mark, word in _FUNCTIONS if normal.endswith(mark)), "")
    return [_without_blanks({"function": function, "name": name})]


def _country(code: str) -> str:
    return "" if code == "DE" else code


def _without_blanks(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None, [])}
