"""What a list says about the state of an invoice: open, paid, cancelled, a draft, credited.

Programs export all invoices with a column that says which of them are still owed. Only an open one
is a claim; a word that nobody here knows is asked about.
"""

import re
import unicodedata
from enum import StrEnum
from functools import cache

from legal.findings import N_


class InvoiceStatus(StrEnum):
    """What became of an invoice."""

    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"
    DRAFT = "draft"
    CREDITED = "credited"


MESSAGES = {
    "status_paid": N_("The list says “{value}”: the invoice is paid. The row was left out."),
    "status_cancelled": N_("The list says “{value}”: the invoice is cancelled. It was left out."),
    "status_draft": N_("The list says “{value}”: the invoice is a draft. The row was left out."),
    "status_credited": N_("The list says “{value}”: the invoice was credited. It was left out."),
    "status_unknown": N_("What does the status “{value}” mean? Confirm the row if it is open."),
}
#: German, English, French and Italian, as `_folded` writes them.
_WORDS = {
    InvoiceStatus.OPEN: """
        offen unbezahlt nichtbezahlt nochnichtbezahlt faellig ueberfaellig zahlungueberfaellig
        verzug inverzug teilbezahlt teilweisebezahlt teilzahlung versendet versandt verschickt
        gesendet gestellt ausgestellt fakturiert gebucht verbucht festgeschrieben finalisiert
        erstellt gueltig aktiv inkasso open unpaid notpaid due overdue pastdue outstanding
        partiallypaid partlypaid partial partiallypaidoverdue sent issued posted finalized
        final approved authorised authorized awaitingpayment invoiced late active ouvert ouverte
        ouvertes impaye impayee nonpaye nonpayee apayer enretard echu echue envoye envoyee emise
        partiellementpayee partiellementreglee partiellementregle payeepartiellement
        aperta aperto scaduta scaduto inviata inviato nonpagata emessa""",
    InvoiceStatus.PAID: """
        bezahlt vollbezahlt vollstaendigbezahlt beglichen ausgeglichen erledigt abgeschlossen
        geschlossen gezahlt zahlungerhalten paid fullypaid paidinfull settled closed cleared
        complete completed inpayment paye payee regle reglee solde soldee acquittee cloture
        pagato pagata saldato saldata chiusa""",
    InvoiceStatus.CANCELLED: """
        storniert storno annulliert abgebrochen geloescht verworfen ungueltig abgeschrieben
        ausgebucht cancelled canceled cancel void voided deleted writtenoff writeoff
        uncollectible rejected annule annulee supprimee annullata annullato stornata""",
    InvoiceStatus.DRAFT: """
        entwurf vorlage vorlaeufig angebot offerte proforma inbearbeitung vorschau draft quote
        estimate brouillon devis bozza provvisoria""",
    InvoiceStatus.CREDITED: """
        gutgeschrieben gutschrift erstattet credited creditnote refunded avoir rembourse
        remboursee accreditata notadicredito""",
}
_YES = frozenset(
    ("ja", "j", "yes", "y", "oui", "o", "si", "s", "x", "xx", "wahr", "true", "1", "vrai", "vero",
     "✓", "✔", "☑")
)  # fmt: skip
_NO = frozenset(
    ("nein", "n", "no", "non", "falsch", "false", "0", "faux", "falso", "-", "–", "—", "☐", "offen")
)
_KNOWN = {word: status for status, words in _WORDS.items() for word in words.split()}
#: Any stage of reminding says that the invoice is open: “2. Mahnung”, “1° sollecito”.
#: “bezahlt am 3.4.2026”.
_DATED = re.compile(r"^([a-z]{4,40}?)(?:am|vom|den|on|le|il)$")
_DAY = re.compile(r"^[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}")
_REMINDED = re.compile(r"mahn|erinner|remind|dunning|rappel|sollecit|relance")


@cache
def status_of(text: str) -> InvoiceStatus | None:
    """What a cell of a status column says; None: nobody here knows the word."""
    folded = _folded(text)
    known = _KNOWN.get(folded)
    if known is None and (dated := _DATED.match(folded)):
        known = _KNOWN.get(dated[1])
    return InvoiceStatus.OPEN if known is None and _REMINDED.search(folded) else known


def answer_of(text: str) -> bool | None:
    """What a cell of a column of yes and no says; a day says yes. None: neither of them."""
    word = text.strip().casefold()
    if not word or word in _NO:
        return False
    return True if word in _YES or _DAY.match(word) else None


def _folded(text: str) -> str:
    umlauts = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    plain = unicodedata.normalize("NFKD", text.casefold().translate(umlauts))
    return re.sub(r"[^a-z]", "", plain)
