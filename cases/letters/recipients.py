"""How a letter addresses a debtor: the lines in the window and the salutation."""

from cases.claims.queries import DebtorInCase
from cases.letters.demand import Recipient
from cases.letters.qr_bill import NAME, Party
from cases.parties.models import DebtorKind

COUNTRIES = {"AT": "ÖSTERREICH", "CH": "SCHWEIZ", "FR": "FRANKREICH", "LI": "LIECHTENSTEIN"}


def recipient_of(party: DebtorInCase, language: str) -> Recipient:
    """The debtor as the addressee of a letter."""
    debtor, address = party.debtor, party.address
    assert address is not None
    natural = debtor.kind in {DebtorKind.NATURAL_PERSON, DebtorKind.SOLE_TRADER}
    lines = [
        debtor.salutation if natural else None,
        debtor.full_name,
        address.street,
        f"{address.postcode} {address.city}",
        # A letter abroad names the country in capitals, in the sender's language (UPU).
        COUNTRIES.get(address.country, address.country) if address.country != "DE" else None,
    ]
    return Recipient(
        name=debtor.full_name,
        salutation=_salutation(party, natural, language),
        address=tuple(line for line in lines if line),
        natural_person=natural,
        payer=Party(
            debtor.full_name[:NAME], address.street, address.postcode, address.city, address.country
        ),
    )


def _salutation(party: DebtorInCase, natural: bool, language: str) -> str:
    debtor = party.debtor
    if natural and debtor.salutation in {"Frau", "Herr"}:
        if language == "en":
            return f"Dear {'Ms' if debtor.salutation == 'Frau' else 'Mr'} {debtor.name}"
        ending = "" if debtor.salutation == "Frau" else "r"
        return f"Sehr geehrte{ending} {debtor.salutation} {debtor.name}"
    if natural:
        # The sex of a person is not guessed from a name.
        return f"{'Dear' if language == 'en' else 'Guten Tag'} {debtor.full_name}"
    return "Dear Sir or Madam" if language == "en" else "Sehr geehrte Damen und Herren"
