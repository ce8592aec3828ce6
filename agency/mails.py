"""Mails of the program: every kind with what it says, and the house's own mail server."""

from flask_babel import force_locale, gettext

from agency.settings import Settings
from cases.contacts.client_orders import TEXTS as ORDERS
from cases.contacts.status_mail import TEXTS as STATUS
from cases.core.mail import services, transport
from cases.core.mail.services import MailText
from cases.people.access.links import MAIL_KINDS
from cases.people.access.models import LinkPurpose
from cases.recoveries.mailing.services import TEXTS as REPORTS
from legal.findings import N_

TRIAL = "operations.trial"

#: Kind -> what it says.
TEXTS = {
    **STATUS,
    **REPORTS,
    **ORDERS,
    TRIAL: MailText(
        N_("Mail leaves the house"),
        (N_("This mail was asked for under Operations. That it arrived shows that mail works."),),
    ),
    MAIL_KINDS[LinkPurpose.INVITATION]: MailText(
        N_("Your access"),
        (
            N_("An account was set up for you, {name}. The link below opens a page on which you"
               " choose your password; it works once and for seven days."),
            N_("If you did not expect this mail, leave it: without the link nothing happens."),
        ),
        N_("Choose a password"),
    ),
    MAIL_KINDS[LinkPurpose.RESET]: MailText(
        N_("A new password"),
        (
            N_("Somebody asked for a new password for your account, {name}. The link below opens a"
               " page on which you choose it; it works once and for one hour."),
            N_("If that was not you, leave this mail: your password stays as it is."),
        ),
        N_("Choose a new password"),
    ),
}  # fmt: skip


def configure(settings: Settings) -> None:
    """Let mails be written and sent as this installation wants it."""
    server = None
    if settings.smtp_url and settings.mail_from:
        server = transport.server_of(settings.smtp_url, settings.mail_from)
    transport.configure(server)
    services.configure(settings.base_url, settings.secret_key, _translate)
    services.TEXTS.clear()
    services.TEXTS.update(TEXTS)


def _translate(language: str, sentence: str) -> str:
    with force_locale(language):
        return str(gettext(sentence))
