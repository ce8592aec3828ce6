"""What has failed, with a button to try it again; the runs of the last nights."""

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.mails import TRIAL
from agency.operations.conditions import look
from agency.operations.tasks import shown_conditions, tasks_of
from agency.operations.words import effect_words, error_words, mail_words, run_words
from cases.claims.queries import list_cases_by_id
from cases.core import failed_effects, run_queries
from cases.core.database import transaction
from cases.core.mail import services as mails
from cases.core.mail import transport
from cases.core.runs import RUN_KINDS
from cases.letters.inbox.fetching import find_mailbox
from cases.letters.inbox.imap import address_of
from cases.letters.inbox.models import PostMailbox
from cases.worklist.drills import find_last_drill
from portal.access import may
from portal.login import require_user
from portal.shell.locale import page_locale
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("operations", __name__)


@blueprint.get("/operations")
@may("settings.edit")
def show() -> ResponseReturnValue:
    """What somebody has to look at, and how the last nights went."""
    failures = run_queries.list_open_failures()
    of_cases = {each.key for each in failures if _is_of_case(each.kind)}
    return page(
        "agency/operations/show.html",
        tasks=tasks_of(require_user()),
        conditions=shown_conditions(look(current_app.config["RECOUP"])),
        drill=find_last_drill(),
        failed=[(each, effect_words(each.kind), error_words(each.last_error))
                for each in failed_effects.list_failed()],
        failed_count=failed_effects.count_failed(),
        runs=[(each, run_words(each.kind)) for each in run_queries.list_runs()],
        failures=[(each, run_words(each.kind), error_words(each.reason)) for each in failures],
        cases=list_cases_by_id(of_cases),
        mailbox=_mailbox(),
        mail_server=transport.get_server() if transport.is_set_up() else None,
        refused_mails=[(each, mail_words(each)) for each in mails.list_refused()],
    )  # fmt: skip


def _mailbox() -> tuple[str, PostMailbox | None] | None:
    """The mailbox of the house, and what is known of it."""
    url = current_app.config["RECOUP"].mailbox_url
    if url is None:
        return None
    name = address_of(url).name
    return name, find_mailbox(name)


@blueprint.post("/operations/effects/<effect_public_id>/retry")
@may("settings.edit")
def retry(effect_public_id: str) -> ResponseReturnValue:
    """Let one failed effect be tried again."""
    with transaction():
        failed_effects.retry_effect(effect_public_id)
    done(gettext("It is tried again now."))
    return see_other("operations.show")


@blueprint.post("/operations/effects/retry")
@may("settings.edit")
def retry_all() -> ResponseReturnValue:
    """Let everything that has failed be tried again."""
    with transaction():
        count = failed_effects.retry_all()
    done(gettext("Tried again now: %(num)d", num=count))
    return see_other("operations.show")


@blueprint.post("/operations/mail/trial")
@may("settings.edit")
def send_trial_mail() -> ResponseReturnValue:
    """Send the person at the screen a mail, to see whether it arrives."""
    user = require_user()
    if not transport.is_set_up():
        return see_other("operations.show")
    with transaction():
        mails.send_mail(TRIAL, user.email, user.locale or page_locale())
    done(gettext("The mail is on its way to %(address)s.", address=user.email))
    return see_other("operations.show")


@blueprint.post("/operations/mails/<mail_public_id>/seen")
@may("settings.edit")
def note_mail_seen(mail_public_id: str) -> ResponseReturnValue:
    """Take a refused mail off the list: somebody has looked."""
    with transaction():
        mails.note_seen(mail_public_id)
    done(gettext("Noted."))
    return see_other("operations.show")


def _is_of_case(kind: str) -> bool:
    return kind in RUN_KINDS and RUN_KINDS[kind].keys_are_cases
