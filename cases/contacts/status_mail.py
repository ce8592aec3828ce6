"""A client asks on the phone how his case stands: one click answers him by mail.

The mail names the case by its number, the stage and the sums, and leads to the portal; it names
neither the debtor nor anything said about him.
"""

from cases.claims import timeline
from cases.claims.models import Phase
from cases.claims.queries import lock_case
from cases.core import clock
from cases.core.errors import Invalid
from cases.core.mail.services import MailText, send_mail
from cases.ledger.services import owed_on
from cases.letters.money_words import money
from cases.parties.clients import list_contacts
from cases.parties.models import ContactRole, Creditor
from cases.parties.queries import get_creditor
from legal.findings import N_

KIND = "case.status"
_SUMS = N_("Received so far: {received}. Open today, with interest and costs: {open}.")
_SUBJECT, _LINK = N_("How case {number} stands"), N_("Look at the case")
#: Phase -> what the mail says of it.
STAGES = {
    Phase.NEW: N_("Case {number} was handed in and is being examined."),
    Phase.AMICABLE: N_("Case {number} is being worked out of court."),
    Phase.COURT: N_("Case {number} is in court."),
    Phase.ENFORCEMENT: N_("In case {number} there is a title; it is being enforced."),
    Phase.CLOSED: N_("Case {number} is closed."),
}
#: Kind of mail -> its words; the assembly takes them over.
TEXTS = {
    f"{KIND}.{phase.value}": MailText(_SUBJECT, (sentence, _SUMS), _LINK)
    for phase, sentence in STAGES.items()
}


class NoAddress(Invalid):
    """No e-mail address of this client is known; enter one in the client's data."""


def tell_status(case_id: int) -> str:
    """Write the mail; answers to whom it goes. Raises NoAddress."""
    case = lock_case(case_id)
    creditor = get_creditor(case.creditor_id)
    address, language = address_of(creditor), language_of(creditor)
    if not address:
        raise NoAddress
    owed = owed_on(case, clock.today())
    send_mail(
        f"{KIND}.{case.phase.value}",
        address,
        language,
        {
            "number": case.number,
            "received": money(case.received_cents, case.currency, language),
            "open": money(owed.open_cents, case.currency, language),
        },
        path=f"/my-cases/{case.public_id}",
    )
    timeline.record(case, "status.told")
    return address


def address_of(creditor: Creditor) -> str | None:
    """Where mails about a client's cases go: to the bookkeeping, if it has an address."""
    people = sorted(
        (one for one in list_contacts(creditor.id) if one.email),
        key=lambda one: one.role is not ContactRole.BOOKKEEPING,
    )
    return people[0].email if people else creditor.email


def language_of(creditor: Creditor) -> str:
    """In which of our languages he is written to."""
    return creditor.language if creditor.language in {"de", "en"} else "de"
