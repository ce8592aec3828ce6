"""What stands around every screen: the menu by role, the person, where the layouts link to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy.exc import SQLAlchemyError

from cases.care.services import is_ordered
from cases.claims.asking.services import count_waiting
from cases.core import failed_effects
from cases.core.database import portal_creditor_id, transaction
from cases.core.errors import NotFound
from cases.filings import queries as filings
from cases.ledger import rates
from cases.letters.inbox import services as inbox
from cases.letters.printing import services as printing
from cases.objections.evidence import count_open_pieces
from cases.parties.queries import get_agency, get_creditor
from cases.payments import queries as payment_queries
from cases.people import approvals
from cases.people.policy import CREDITOR_ROLES, Permission
from cases.people.services import set_locale
from cases.people.sign_in import SignedIn
from cases.people.words import ROLES
from cases.remittances.transfers.bills import list_open_bills
from cases.remittances.transfers.preparing import CURRENCY
from cases.remittances.transfers.refunds_due import list_refunds_due
from cases.worklist.house_tasks import list_house_tasks
from cases.worklist.listing import count_by_queue
from cases.worklist.models import WorkQueue
from portal.login import require_user, signed_in
from portal.shell.locale import locale_chosen
from portal.shell.navigation import NavEntry, NavGroup, Person, Urls, capped


def work_by_queue() -> Mapping[WorkQueue, int]:
    """What waits for everybody, counted once per request: the menu and the tabs both say it."""
    if "work_by_queue" not in g:
        g.work_by_queue = count_by_queue()
    counted: Mapping[WorkQueue, int] = g.work_by_queue
    return counted


def _count_operations() -> int | None:
    """What the house and the program wait for; nothing is no number."""
    return (failed_effects.count_failed() + len(list_house_tasks())) or None


def _count_transfers() -> int | None:
    """Refunds and bills that nobody has ordered yet; nothing is no number."""
    return (len(list_refunds_due(CURRENCY)) + len(list_open_bills())) or None


@dataclass(frozen=True, slots=True)
class Place:
    """A screen that the menu leads to, for those who may see it."""

    endpoint: str
    label: Any
    icon: str
    count: Callable[[], int | None] | None = None
    late: bool = False
    key: str | None = None
    #: For clients: whether theirs has what the screen is about.
    when: Callable[[int], bool] | None = None


#: The staff's menu: group -> screens.
STAFF_MENU: tuple[tuple[Any, tuple[Place, ...]], ...] = (
    (
        None,
        (
            Place(
                "worklist.show",
                lazy_gettext("Worklist"),
                "list",
                lambda: sum(work_by_queue().values()),
                key="g a",
            ),
            Place(
                "objections.index",
                lazy_gettext("Objections"),
                "scale",
                lambda: work_by_queue()[WorkQueue.OBJECTION],
                key="g e",
            ),
            Place("board.show", lazy_gettext("Team"), "users"),
            Place("cases.index", lazy_gettext("Cases"), "folder"),
            Place(
                "post_inbox.index", lazy_gettext("Post inbox"), "inbox", inbox.count_waiting_post
            ),
            Place(
                "print_runs.index", lazy_gettext("Print runs"), "printer", printing.count_waiting
            ),
            Place("dialer.show", lazy_gettext("Dialer"), "phone"),
            Place("routes.show", lazy_gettext("Visits"), "map-pin"),
            Place("many_letters.show", lazy_gettext("First letters"), "mail"),
            Place("plans.index", lazy_gettext("Instalment plans"), "calendar-clock"),
        ),
    ),
    (
        lazy_gettext("Check"),
        (
            Place("staff_intake.index", lazy_gettext("Intake"), "inbox"),
            Place("bank.show", lazy_gettext("Bank statements"), "landmark"),
            Place(
                "suspense.index",
                lazy_gettext("Unmatched payments"),
                "help",
                payment_queries.count_suspense,
            ),
            Place("cash.index", lazy_gettext("Cash"), "hand-coins"),
            Place("payouts.index", lazy_gettext("Pay-outs"), "wallet"),
            Place("transfers.index", lazy_gettext("Transfers"), "send", _count_transfers),
        ),
    ),
    (
        lazy_gettext("Court"),
        (
            Place("filings.index", lazy_gettext("Filings"), "gavel", key="g g"),
            Place(
                "court_mail.index",
                lazy_gettext("Court mail"),
                "landmark",
                filings.count_open_messages,
            ),
            Place(
                "deadlines.index",
                lazy_gettext("Deadlines"),
                "clock",
                filings.count_urgent_deadlines,
                late=True,
            ),
        ),
    ),
    (
        lazy_gettext("House"),
        (
            Place("reporting.index", lazy_gettext("Reports"), "list-checks"),
            Place("ledger.trial_balance", lazy_gettext("Trust accounts"), "book"),
            Place("calculators.show", lazy_gettext("Calculators"), "calculator"),
            Place("rates.index", lazy_gettext("Rates"), "percent", rates.count_missing, late=True),
            Place(
                "approvals.index",
                lazy_gettext("Approvals"),
                "users",
                approvals.count_open,
                late=True,
            ),
            Place("strategies.index", lazy_gettext("Strategies"), "split"),
            Place("letter_texts.index", lazy_gettext("Templates"), "pen-line"),
            Place("clients.index", lazy_gettext("Clients"), "building-2"),
            Place("users.index", lazy_gettext("Users"), "users"),
            Place("accesses.index", lazy_gettext("Accesses"), "eye"),
            Place("house.show", lazy_gettext("Agency"), "settings"),
            Place("arrangement.show", lazy_gettext("Work and rules of contact"), "list-checks"),
            Place(
                "operations.show",
                lazy_gettext("Operations"),
                "list-checks",
                _count_operations,
                late=True,
            ),
        ),
    ),
)
PORTAL_MENU = (
    Place("overview.show", lazy_gettext("Overview"), "home"),
    Place("submissions.index", lazy_gettext("Hand in claims"), "upload"),
    Place("own_cases.index", lazy_gettext("My cases"), "folder"),
    Place(
        "evidence_requests.index",
        lazy_gettext("Evidence we need"),
        "shield-question",
        lambda: count_open_pieces() or None,
        late=True,
    ),
    Place(
        "own_approvals.index",
        lazy_gettext("Your decisions"),
        "check",
        lambda: count_waiting() or None,
        late=True,
    ),
    Place("care_customers.index", lazy_gettext("Customers"), "user", when=is_ordered),
    Place("own_customers.index", lazy_gettext("Whom to deliver to"), "user-check"),
    Place("own_payouts.index", lazy_gettext("Settlements"), "wallet"),
    Place("own_reports.index", lazy_gettext("Reports"), "list-checks"),
    Place("first_steps.show", lazy_gettext("First steps"), "list-checks"),
    Place("own_relationship.show", lazy_gettext("Dealing with debtors"), "hand-coins"),
    Place("colleagues.index", lazy_gettext("People"), "users"),
)


def init_app(app: Flask) -> None:
    """Give every template the menu, the person and the addresses."""
    app.context_processor(_surroundings)
    app.jinja_env.filters["capped"] = capped
    app.jinja_env.globals["house_name"] = _house_name
    locale_chosen.connect(_keep_locale, app)


def _house_name() -> str:
    """The agency's name, asked once per request; an error page must not fail for it."""
    if "house_name" not in g:
        try:
            g.house_name = get_agency().name
            current_app.config["HOUSE_NAME"] = g.house_name  # For pages that may not ask.
        except (NotFound, SQLAlchemyError):
            g.house_name = "Recoup"
    return str(g.house_name)


def _keep_locale(_: Flask, locale: str) -> None:
    """A signed-in person's language follows the switch."""
    user = signed_in()
    if user is not None:
        with transaction():
            set_locale(user.user_id, locale)


def _surroundings() -> dict[str, Any]:
    user = signed_in()
    if user is None or user.awaits_factor:
        return {"nav": [], "person": None, "urls": Urls()}
    role = gettext(ROLES[user.role])
    return {
        "nav": [] if user.must_set_factor else _menu(user),
        "person": Person(user.name, role, _creditor_name(user)),
        "user": user,
        "urls": Urls(
            home=url_for("sign_in.home"),
            logout=url_for("sign_in.leave"),
            search=_address_if_open(user, "cases.index"),
            profile=_address_if_open(user, "profile.show"),
        ),
    }


def _creditor_name(user: SignedIn) -> str | None:
    return get_creditor(user.creditor_id).name if user.creditor_id else None


def _menu(user: SignedIn) -> list[NavGroup]:
    if user.role in CREDITOR_ROLES:
        return [NavGroup(None, tuple(_entry(place) for place in PORTAL_MENU if _open(user, place)))]
    groups = [
        NavGroup(
            str(label) if label else None,
            tuple(_entry(place) for place in places if _open(user, place)),
        )
        for label, places in STAFF_MENU
    ]
    return [group for group in groups if group.entries]


def _entry(place: Place) -> NavEntry:
    # On pages about the own account nothing is counted: there the database shows all creditors.
    counts = portal_creditor_id() is not None or require_user().role not in CREDITOR_ROLES
    count = place.count() if place.count and counts else None
    late = place.late and bool(count)
    return NavEntry(place.endpoint, str(place.label), place.icon, count, late, key=place.key)


def _open(user: SignedIn, place: Place) -> bool:
    if place.when is not None and (user.creditor_id is None or not place.when(user.creditor_id)):
        return False
    return _address_if_open(user, place.endpoint) is not None


def _address_if_open(user: SignedIn, endpoint: str) -> str | None:
    """The address of a screen, if there is one and the user may see it."""
    view = current_app.view_functions.get(endpoint)
    permission: Permission | None = getattr(view, "permission", None)
    if permission is None or not user.may(permission):
        return None
    return url_for(endpoint)
