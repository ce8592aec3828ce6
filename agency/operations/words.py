"""Effects and errors in plain words: what was to be done, and why it was not."""

from flask_babel import gettext

from agency.mails import TEXTS
from cases.core.mail.models import Mail
from cases.worklist.words import RUNS
from legal.findings import N_

EFFECTS = {
    "bank.import": N_("Read and book a bank file"),
    "bank.take_back": N_("Take a bank statement back"),
    "cash.receipt": N_("Make the receipt for cash"),
    "client.decided": N_("Carry out what a client decided"),
    "case.report_arrived": N_("Tell case workers of a creditor's report"),
    "complaint.answered": N_("Tell case workers of a complaint's answer"),
    "costs.review": N_("Review the collection fee after a payment"),
    "demo.letter": N_("Set and send a letter of the demo"),
    "filing.hand_over": N_("Hand a file over to the court"),
    "filing.make_file": N_("Make a file for the court"),
    "intake.document_added": N_("Tell case workers of a creditor's document"),
    "intake.open": N_("Open cases for an upload"),
    "intake.read": N_("Read and check an upload"),
    "mail.send": N_("Send a mail"),
    "own_name.list": N_("Read a client's list for reminders in his name"),
    "own_name.mail": N_("Send a reminder in a client's name"),
    "people.reset_asked": N_("Send a link for a new password"),
    "letter.mail": N_("Send a letter by mail"),
    "letter.send": N_("Set and send a letter"),
    "letters.release_many": N_("Release many first letters"),
    "objection.evidence_arrived": N_("Tell case workers of evidence for an objection"),
    "open_items.compare": N_("Compare a list of open items with the cases"),
    "post.read": N_("Read a letter that came in"),
    "relationship.changed": N_("Follow a changed rule for a client's debtors"),
    "remittance.statement": N_("Make the settlement of a client"),
    "reports.mail": N_("Make a client's report and mail it"),
    "run.batch": N_("A part of the nightly work"),
    "strategies.letter": N_("Send the letter of a strategy's step"),
}
MEMORY = N_("The worker was gone each time: not enough memory, or the machine was switched off.")
DATABASE = N_("The database did not answer.")
DISK = N_("The disk or the store of files did not answer.")
MISSING_FILE = N_("A stored file is missing or damaged; restore it from the backup first.")
TOO_MUCH = N_("It needed more time or memory than one upload may take.")
BUSY = N_("Too many changed the same records at the same moment.")
MAIL_SERVER = N_("The mail server did not answer.")
MAIL_SETTINGS = N_("The mail server does not take our sender or password: correct SMTP_URL.")
NO_MAIL_SERVER = N_("No mail server is set up (SMTP_URL).")
NOT_ENCRYPTED = N_("The mail server offers no encryption; SMTP_URL asks for it.")
OTHER = N_("The program made an error ({name}); the log of the worker says more.")
ERRORS: dict[str, str] = {
    "WorkerDied": MEMORY,
    "MemoryError": MEMORY,
    "OperationalError": DATABASE,
    "InterfaceError": DATABASE,
    "OSError": DISK,
    "PermissionError": DISK,
    "StoreAway": DISK,
    "FileMissing": MISSING_FILE,
    "FileDamaged": MISSING_FILE,
    "RecordBusy": BUSY,
    "TookTooMuch": TOO_MUCH,
    **dict.fromkeys(
        (
            "SMTPServerDisconnected",
            "SMTPConnectError",
            "SMTPHeloError",
            "SMTPRecipientsRefused",
            "SMTPDataError",
            "ConnectionRefusedError",
            "TimeoutError",
            "gaierror",
        ),
        MAIL_SERVER,
    ),
    **dict.fromkeys(
        ("SMTPAuthenticationError", "SMTPSenderRefused", "SMTPNotSupportedError"), MAIL_SETTINGS
    ),
    "MailNotSetUp": NO_MAIL_SERVER,
    "ServerDoesNotEncrypt": NOT_ENCRYPTED,
    "SSLCertVerificationError": N_("The mail server's certificate is not trusted."),
}


def effect_words(kind: str) -> str:
    """What an effect does; one of another version of the program is named as it is."""
    return gettext(EFFECTS[kind]) if kind in EFFECTS else kind


def error_words(name: str | None) -> str:
    """Why an effect or a case failed, from the name of its error."""
    sentence = ERRORS.get(name or "", OTHER)
    return str(gettext(sentence)).format(name=name or "?")


def run_words(kind: str) -> str:
    """What a run does."""
    return gettext(RUNS[kind]) if kind in RUNS else kind


def mail_words(mail: Mail) -> str:
    """What a mail was about: its subject."""
    return str(gettext(TEXTS[mail.kind].subject)).format_map(mail.params)
